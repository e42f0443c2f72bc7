package io.github.camelaiflow.it.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.it.campaign.FaultProxy.Toxic;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The proxy in front of a server that sends everything back. */
final class FaultProxyTest {

    private static final byte[] SAID = "nothing lost, nothing doubled".getBytes(UTF_8);

    private ServerSocket server;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread echo = new Thread(this::echo);
        echo.setDaemon(true);
        echo.start();
        proxy = new FaultProxy(server.getLocalPort());
    }

    private void echo() {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread one = new Thread(() -> {
                    try (socket) {
                        socket.getInputStream().transferTo(socket.getOutputStream());
                    } catch (IOException e) {
                        // the test has what it wanted
                    }
                });
                one.setDaemon(true);
                one.start();
            }
        } catch (IOException e) {
            // closed
        }
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static byte[] ask(Socket socket) throws IOException {
        socket.getOutputStream().write(SAID);
        return socket.getInputStream().readNBytes(SAID.length);
    }

    @Test
    void itPassesOn() throws IOException {
        try (Socket socket = connect()) {
            assertThat(ask(socket)).isEqualTo(SAID);
        }
    }

    @Test
    void slicesAndLatencyAndALittleBandwidthChangeNothingButTime() throws IOException {
        try (Socket socket = connect()) {
            for (Toxic toxic : new Toxic[] {Toxic.slicer(3), Toxic.latency(20), Toxic.bandwidth(1_000)}) {
                proxy.set(toxic);
                long start = System.nanoTime();
                assertThat(ask(socket)).isEqualTo(SAID);
                if (toxic.slice() == 0) {
                    assertThat(System.nanoTime() - start).as("%s", toxic).isGreaterThan(35_000_000L);
                }
            }
        }
    }

    @Test
    void aConnectionEndsWithItsLimit() throws IOException {
        proxy.set(Toxic.limitData(SAID.length + 5));
        try (Socket socket = connect()) {
            socket.getOutputStream().write(SAID);
            assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(SAID.length);
        }
    }

    @Test
    void whatIsSwallowedIsNotAnswered() throws IOException {
        proxy.set(Toxic.timeout());
        try (Socket socket = connect()) {
            socket.setSoTimeout(200);
            assertThatThrownBy(() -> ask(socket)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void peersAreReset() throws IOException {
        try (Socket socket = connect()) {
            ask(socket);
            proxy.resetPeers();
            assertThat(answers(socket)).isFalse();
        }
        try (Socket socket = connect()) {
            assertThat(ask(socket)).isEqualTo(SAID);
        }
    }

    /** A reset is an error to who writes or reads after it, and may be the end of the stream to who reads meanwhile. */
    private static boolean answers(Socket socket) throws IOException {
        try {
            return ask(socket).length == SAID.length;
        } catch (SocketException reset) {
            return false;
        }
    }

    @Test
    void downNobodyIsThereAndUpItIsTheSamePort() throws IOException {
        proxy.down();
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);

        proxy.up();
        try (Socket socket = connect()) {
            assertThat(ask(socket)).isEqualTo(SAID);
        }
    }
}
