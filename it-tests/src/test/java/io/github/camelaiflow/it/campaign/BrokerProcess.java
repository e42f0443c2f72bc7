package io.github.camelaiflow.it.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/**
 * Kafka as a process: one broker that is its own controller. It has two listeners, one for those who watch and one, behind a
 * {@link FaultProxy}, for the apps.
 */
final class BrokerProcess implements AutoCloseable {

    /** After a transaction's timeout it is looked for, and aborted, so often. */
    static final Duration ABORT_INTERVAL = Duration.ofSeconds(1);

    private static final int FIRST_EPHEMERAL = 32_000;
    private static final AtomicInteger PORTS =
            new AtomicInteger(12_000 + (int) (ProcessHandle.current().pid() % 190 * 100));

    private final Path folder;
    private final int direct = freePort();
    private final int behindProxy = freePort();
    private final FaultProxy proxy = new FaultProxy(behindProxy);
    private Child child;
    private long readyAt;

    /** Formats the storage in that folder and starts. */
    BrokerProcess(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("broker.properties"), settings(freePort()));
        } catch (IOException e) {
            throw new UncheckedIOException("the broker's folder must be writable", e);
        }
        format();
        start();
    }

    private String settings(int controller) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                listeners=CONTROLLER://127.0.0.1:%1$d,DIRECT://127.0.0.1:%2$d,APPS://127.0.0.1:%3$d
                advertised.listeners=DIRECT://127.0.0.1:%2$d,APPS://127.0.0.1:%4$d
                listener.security.protocol.map=CONTROLLER:PLAINTEXT,DIRECT:PLAINTEXT,APPS:PLAINTEXT
                inter.broker.listener.name=DIRECT
                log.dirs=%5$s
                auto.create.topics.enable=false
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=2
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=2
                transaction.abort.timed.out.transaction.cleanup.interval.ms=%6$d
                group.initial.rebalance.delay.ms=0
                broker.session.timeout.ms=6000
                broker.heartbeat.interval.ms=500
                """.formatted(
                controller, direct, behindProxy, proxy.port(), folder.resolve("log"), ABORT_INTERVAL.toMillis());
    }

    private void format() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = StorageTool.execute(
                new String[] {
                    "format",
                    "-t",
                    Uuid.randomUuid().toString(),
                    "-c",
                    folder.resolve("broker.properties").toString()
                },
                new PrintStream(said, true, UTF_8));
        if (code != 0) {
            throw new IllegalStateException("The broker's storage could not be formatted: " + said.toString(UTF_8));
        }
    }

    /** Starts on what is there, and returns when it says that it has started. */
    void start() {
        child = new Child(
                "broker",
                folder,
                List.of(),
                List.of("-Xmx384m"),
                Map.of(),
                List.of(
                        Watched.class.getName(),
                        "kafka.Kafka",
                        folder.resolve("broker.properties").toString()));
        readyAt = child.await("Kafka Server started");
    }

    /** When it last said that it had started. */
    long readyAt() {
        return readyAt;
    }

    /** Where those who watch connect. */
    String servers() {
        return "127.0.0.1:" + direct;
    }

    /** Where apps connect. */
    String serversOfApps() {
        return "127.0.0.1:" + proxy.port();
    }

    FaultProxy proxy() {
        return proxy;
    }

    /** Undoes what a fault that was broken off has left. */
    void recover() {
        proxy.set(FaultProxy.Toxic.NONE);
        proxy.up();
        if (!child.isAlive()) {
            start();
        }
    }

    /** kill -9. */
    void kill() {
        child.close();
    }

    void freeze(Duration time) {
        child.freeze(time);
    }

    /**
     * A port that can be had again after its server was killed: none of those that outgoing connections are given, else one of them, even
     * a client's that waits for the server, may have it by then.
     */
    static int freePort() {
        while (true) {
            int port = PORTS.getAndIncrement();
            if (port >= FIRST_EPHEMERAL) {
                throw new IllegalStateException("no port is free");
            }
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // somebody has it
            }
        }
    }

    @Override
    public void close() {
        child.close();
        proxy.close();
    }
}
