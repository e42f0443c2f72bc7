package io.github.camelaiflow.it.lint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.it.InProcessBroker;
import io.github.camelaiflow.it.KafkaTestClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One broker for all loss tests of a JVM, and Camel contexts on it. */
final class Lab implements BeforeAllCallback, AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What a consumer needs to lose nothing: recipe A of the linter's mends. */
    static final String SAFE =
            "&autoOffsetReset=earliest&autoCommitEnable=false&allowManualCommit=true&breakOnFirstError=true"
                    + "&pollOnError=RECONNECT&maxPollRecords=10&pollTimeoutMs=200"
                    + "&kafkaManualCommitFactory=#class:org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommitFactory";

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static InProcessBroker broker;
    private static KafkaTestClient client;

    @Override
    public void beforeAll(ExtensionContext extension) {
        extension.getRoot().getStore(Namespace.create(Lab.class)).getOrComputeIfAbsent("broker", key -> {
            broker = new InProcessBroker();
            broker.start();
            client = new KafkaTestClient(broker.bootstrapServers());
            return this;
        });
    }

    @Override
    public void close() {
        client.close();
        broker.close();
    }

    static String servers() {
        return broker.bootstrapServers();
    }

    static KafkaTestClient client() {
        return client;
    }

    /** A consumer of a group of that name. */
    static String from(String topic, String options) {
        return "kafka:" + topic + "?groupId=" + topic + options;
    }

    /** A new topic that nobody has used; its name is a group's name too. */
    static String topic(int partitions) {
        String topic = "t" + NAMES.incrementAndGet();
        client.createTopics(partitions, topic);
        return topic;
    }

    static String topic(Map<String, String> configuration) {
        String topic = "t" + NAMES.incrementAndGet();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(configuration)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("topic " + topic, e);
        }
        return topic;
    }

    /** Records from r{@code first} to r{@code last}, by turns into the partitions. */
    static void send(String topic, int first, int last) {
        int partitions = client.partitions(topic);
        client.send(IntStream.rangeClosed(first, last)
                .mapToObj(i -> new ProducerRecord<>(topic, i % partitions, "k" + i, ("r" + i).getBytes(UTF_8)))
                .toList());
    }

    static List<String> records(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> "r" + i).toList();
    }

    static List<String> read(String topic) {
        return client.readAll(topic).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    static long committed(String group) {
        return client.committed(group).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    static void untilCommitted(String group, long offset) {
        await("offset " + offset + " of " + group).atMost(PATIENCE).until(() -> committed(group) >= offset);
    }

    /** Until the group has so many members, each with its partitions. */
    static void untilMembers(String group, int members) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers()))) {
            await(members + " members of " + group).atMost(PATIENCE).until(() -> {
                try {
                    ConsumerGroupDescription described = admin.describeConsumerGroups(List.of(group))
                            .describedGroups()
                            .get(group)
                            .get();
                    return described.groupState() == GroupState.STABLE
                            && described.members().size() == members;
                } catch (ExecutionException e) {
                    return false; // there is no such group yet
                }
            });
        }
    }

    /** A context with these routes, not started; its linter only reports. */
    static LabContext context(RouteBuilder... routes) {
        return context(servers(), routes);
    }

    static LabContext context(String servers, RouteBuilder... routes) {
        LabContext context = new LabContext();
        context.getComponent("kafka", KafkaComponent.class).getConfiguration().setBrokers(servers);
        context.getShutdownStrategy().setTimeout(2);
        try {
            for (RouteBuilder route : routes) {
                context.addRoutes(route);
            }
        } catch (Exception e) {
            throw new IllegalStateException("routes of a loss test", e);
        }
        return context;
    }

    /** The ids of the rules that the started context's routes break. */
    static Set<String> broken(CamelContext context) {
        return context.getComponent("aiflow", AiflowComponent.class)
                .lintReport()
                .counts()
                .keySet();
    }

    static RouteBuilder routes(Recipe recipe) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                recipe.write(this);
            }
        };
    }

    @FunctionalInterface
    interface Recipe {
        void write(RouteBuilder builder);
    }
}
