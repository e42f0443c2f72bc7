package io.github.camelaiflow.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/**
 * A broker in a container of {@link ContainerImage#KAFKA}. {@link #restart()} kills it (SIGKILL) and starts the same container
 * again: for that its host port is chosen here, since Docker deals out a new one at every start.
 */
final class ContainerBroker implements KafkaBroker {

    private static final int KAFKA_PORT = 9092;
    private static final Duration BACK_AFTER = Duration.ofSeconds(60);

    private KafkaContainer container;

    @Override
    public void start() {
        container = new KafkaContainer(ContainerImage.KAFKA.image());
        container.withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
        container.setPortBindings(List.of(freePort() + ":" + KAFKA_PORT));
        container.start();
    }

    @Override
    public String bootstrapServers() {
        return container.getBootstrapServers();
    }

    @Override
    public void restart() {
        var docker = DockerClientFactory.instance().client();
        docker.killContainerCmd(container.getContainerId()).exec();
        docker.startContainerCmd(container.getContainerId()).exec();
        await("Kafka answers again").atMost(BACK_AFTER).until(this::answers);
    }

    private boolean answers() {
        try (var client = new KafkaTestClient(bootstrapServers())) {
            return client.answersWithin(Duration.ofSeconds(2));
        }
    }

    @Override
    public void close() {
        if (container != null) {
            container.stop();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No free port for the Kafka container", e);
        }
    }
}
