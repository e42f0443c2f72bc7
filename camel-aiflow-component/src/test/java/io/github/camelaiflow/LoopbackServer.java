package io.github.camelaiflow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** An HTTP server on loopback that answers as it is told, also as no good server would. One request a connection. */
final class LoopbackServer implements AutoCloseable {

    final List<Request> requests = new CopyOnWriteArrayList<>();
    /** Connections whose other end has gone while they were held. */
    final AtomicInteger gone = new AtomicInteger();

    final CountDownLatch closed = new CountDownLatch(1);
    private final ServerSocket socket;
    private volatile Answer answer;

    /** @param line such as {@code POST /v2/models/m/infer HTTP/1.1} */
    record Request(String line, Map<String, String> headers, byte[] body) {

        String path() {
            return line.split(" ")[1];
        }

        String text() {
            return new String(body, UTF_8);
        }
    }

    /** Writes the reply to a request; the connection is closed then. */
    interface Answer {
        void write(Request request, Socket socket) throws Exception;
    }

    LoopbackServer(Answer answer) {
        this(ServerSocketFactory.getDefault(), answer);
    }

    LoopbackServer(ServerSocketFactory factory, Answer answer) {
        this.answer = answer;
        try {
            socket = factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        daemon(this::accept);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "loopback-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    void answers(Answer other) {
        answer = other;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                daemon(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            Request request = read(connection.getInputStream());
            if (request != null) {
                requests.add(request);
                answer.write(request, connection);
                connection.getOutputStream().flush();
            }
        } catch (IOException e) {
            gone.incrementAndGet();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Request read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.write(next);
        }
        String[] lines = head.toString(ISO_8859_1).split("\r\n");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
        return new Request(lines[0], headers, in.readNBytes(length));
    }

    static void reply(Socket socket, int status, byte[] body, String... headers) throws IOException {
        OutputStream out = socket.getOutputStream();
        head(out, status, body.length, headers);
        out.write(body);
    }

    static void reply(Socket socket, int status, String body) throws IOException {
        reply(socket, status, body.replace('\'', '"').getBytes(UTF_8), "Content-Type: application/json");
    }

    static void head(OutputStream out, int status, long length, String... headers) throws IOException {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        out.write(String.format(
                        Locale.ROOT,
                        "HTTP/1.1 %d Status\r\nConnection: close\r\nContent-Length: %d\r\n%s\r\n",
                        status,
                        length,
                        more)
                .getBytes(ISO_8859_1));
    }

    /** Says nothing until the other end goes or the server is closed. */
    void hang(Socket connection) throws IOException {
        if (connection.getInputStream().read() < 0) {
            gone.incrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        socket.close();
    }
}
