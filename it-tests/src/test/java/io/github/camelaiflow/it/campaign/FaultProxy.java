package io.github.camelaiflow.it.campaign;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Passes TCP connections on, on the loopback, and does to them what networks do: the eight toxics of Toxiproxy. What is set holds for open
 * connections too. Its port stays the same while it is down. Thread-safe.
 */
final class FaultProxy implements AutoCloseable {

    /**
     * What is done to the bytes of either direction.
     *
     * @param latencyMillis added to each piece
     * @param bytesPerSecond 0 for no limit
     * @param slice at most so many bytes a write; 0 for no limit
     * @param limit a connection is closed after so many bytes; 0 for none
     * @param swallow bytes go nowhere and nothing is answered
     * @param slowCloseMillis how much later than its peer the other side is closed
     */
    record Toxic(int latencyMillis, int bytesPerSecond, int slice, long limit, boolean swallow, int slowCloseMillis) {

        static final Toxic NONE = new Toxic(0, 0, 0, 0, false, 0);

        static Toxic latency(int millis) {
            return new Toxic(millis, 0, 0, 0, false, 0);
        }

        static Toxic bandwidth(int bytesPerSecond) {
            return new Toxic(0, bytesPerSecond, 0, 0, false, 0);
        }

        static Toxic slicer(int bytes) {
            return new Toxic(0, 0, bytes, 0, false, 0);
        }

        static Toxic limitData(long bytes) {
            return new Toxic(0, 0, 0, bytes, false, 0);
        }

        static Toxic timeout() {
            return new Toxic(0, 0, 0, 0, true, 0);
        }

        static Toxic slowClose(int millis) {
            return new Toxic(0, 0, 0, 0, false, millis);
        }
    }

    private static final int BUFFER = 16 * 1024;

    private final int port;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Toxic toxic = Toxic.NONE;
    private volatile ServerSocket server;

    /** Passes on to that port of the loopback; what listens there may come later. */
    FaultProxy(int target) {
        this.target = target;
        port = BrokerProcess.freePort();
        up();
    }

    int port() {
        return port;
    }

    void set(Toxic now) {
        toxic = now;
    }

    /** RST on every open connection. */
    void resetPeers() {
        open.forEach(FaultProxy::reset);
    }

    /** Nothing listens, and every open connection is reset. */
    synchronized void down() {
        close(server);
        server = null;
        resetPeers();
    }

    /** Listens (again). */
    synchronized void up() {
        if (server != null) {
            return;
        }
        try {
            ServerSocket listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            server = listener;
            run("proxy " + port, () -> accept(listener));
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " is taken", e);
        }
    }

    private void accept(ServerSocket listener) {
        while (server == listener) {
            try {
                Socket client = listener.accept();
                try {
                    connect(client);
                } catch (IOException e) {
                    reset(client); // nobody is there
                }
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        upstream.setTcpNoDelay(true);
        open.add(client);
        open.add(upstream);
        if (server == null) { // went down in between
            reset(client);
            reset(upstream);
            return;
        }
        AtomicLong passed = new AtomicLong();
        run("proxy in", () -> pump(client, upstream, passed));
        run("proxy out", () -> pump(upstream, client, passed));
    }

    private void pump(Socket from, Socket to, AtomicLong passed) {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                Toxic now = toxic;
                if (!now.swallow() && !pass(buffer, read, out, passed, now)) {
                    break;
                }
            }
            Thread.sleep(toxic.slowCloseMillis());
        } catch (IOException e) {
            // either side is gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(from);
            open.remove(to);
            close(from);
            close(to);
        }
    }

    /** Whether the connection may go on. */
    private static boolean pass(byte[] buffer, int length, OutputStream out, AtomicLong passed, Toxic now)
            throws IOException, InterruptedException {
        Thread.sleep(now.latencyMillis());
        int step = now.slice() > 0 ? now.slice() : length;
        for (int at = 0; at < length; at += step) {
            int bytes = Math.min(step, length - at);
            if (now.limit() > 0 && passed.get() + bytes > now.limit()) {
                return false;
            }
            if (now.bytesPerSecond() > 0) {
                Thread.sleep(1000L * bytes / now.bytesPerSecond());
            }
            out.write(buffer, at, bytes);
            out.flush();
            passed.addAndGet(bytes);
        }
        return true;
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            // closed already
        }
        close(socket);
    }

    private static void close(java.io.Closeable socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // it is of no more use
        }
    }

    private static void run(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        down();
    }
}
