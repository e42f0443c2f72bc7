package io.github.camelaiflow.it;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import kafka.server.BrokerServer;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.common.TransactionVersion;

/** Kafka's own test kit in this JVM: one broker and one controller. {@link #restart()} shuts the broker down in order. */
public final class InProcessBroker implements KafkaBroker {

    private final short transactions;
    private KafkaClusterTestKit cluster;

    public InProcessBroker() {
        this(TransactionVersion.LATEST_PRODUCTION.featureLevel());
    }

    /** @param transactions version of Kafka's transaction protocol: 2 since Kafka 4.0, less on clusters that came from before */
    public InProcessBroker(short transactions) {
        this.transactions = transactions;
    }

    @Override
    public void start() {
        orThrow("start", () -> {
            cluster = new KafkaClusterTestKit.Builder(new TestKitNodes.Builder()
                            .setBootstrapMetadata(BootstrapMetadata.fromVersions(
                                    MetadataVersion.LATEST_PRODUCTION,
                                    Map.of(TransactionVersion.FEATURE_NAME, transactions),
                                    "test"))
                            .setNumControllerNodes(1)
                            .setNumBrokerNodes(1)
                            .build())
                    .setConfigProp("auto.create.topics.enable", "false")
                    .setConfigProp("offsets.topic.replication.factor", "1")
                    .setConfigProp("offsets.topic.num.partitions", "1")
                    .setConfigProp("transaction.state.log.replication.factor", "1")
                    .setConfigProp("transaction.state.log.min.isr", "1")
                    .setConfigProp("transaction.state.log.num.partitions", "1")
                    .setConfigProp("group.initial.rebalance.delay.ms", "0")
                    .build();
            cluster.format();
            cluster.startup();
            cluster.waitForReadyBrokers();
        });
    }

    @Override
    public String bootstrapServers() {
        return cluster.bootstrapServers();
    }

    @Override
    public void restart() {
        orThrow("restart", () -> {
            for (BrokerServer broker : cluster.brokers().values()) {
                broker.shutdown();
                broker.awaitShutdown();
                broker.startup();
            }
            cluster.waitForReadyBrokers();
        });
    }

    @Override
    public void close() {
        if (cluster != null) {
            orThrow("stop", cluster::close);
        }
    }

    private static void orThrow(String what, Action action) {
        try {
            action.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted: in-process Kafka broker, " + what, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("In-process Kafka broker could not " + what, e.getCause());
        } catch (Exception e) {
            throw new IllegalStateException("In-process Kafka broker could not " + what, e);
        }
    }

    @FunctionalInterface
    private interface Action {
        void run() throws Exception;
    }
}
