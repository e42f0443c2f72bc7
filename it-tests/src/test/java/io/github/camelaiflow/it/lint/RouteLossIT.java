package io.github.camelaiflow.it.lint;

import static io.github.camelaiflow.it.lint.Lab.PATIENCE;
import static io.github.camelaiflow.it.lint.Lab.SAFE;
import static io.github.camelaiflow.it.lint.Lab.records;
import static io.github.camelaiflow.it.lint.Lab.routes;
import static io.github.camelaiflow.it.lint.Lab.send;
import static io.github.camelaiflow.it.lint.Lab.untilCommitted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.processor.idempotent.kafka.KafkaIdempotentRepository;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What stands behind a Kafka consumer: idempotent consumers, error handlers, redeliveries. */
@ExtendWith(Lab.class)
class RouteLossIT {

    private static final Processor FAILS = exchange -> {
        throw new IllegalStateException("planted fault");
    };

    @TempDir
    private Path folder;

    private static RouteDefinition safe(RouteBuilder builder, String topic) {
        return builder.from("kafka:" + topic + "?groupId=" + topic + SAFE);
    }

    private IdempotentRepository file() throws Exception {
        Path file = Files.createTempFile(folder, "keys", ".txt");
        return FileIdempotentRepository.fileIdempotentRepository(file.toFile());
    }

    /** LINT-08: one failure that would pass at the next try. */
    @Test
    void aFailureThatIsRememberedIsSkipped() throws Exception {
        assertThat(remembering(false).all()).hasSize(9).doesNotContain("r3");
        assertThat(remembering(true).all()).containsExactlyElementsOf(records(1, 10));
    }

    private Seen remembering(boolean removeOnFailure) throws Exception {
        String in = Lab.topic(1);
        Seen seen = new Seen();
        send(in, 1, 10);
        Fault fault = Fault.once("r3");
        IdempotentRepository keys =
                org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository.memoryIdempotentRepository();
        try (LabContext context = Lab.context(routes(builder -> safe(builder, in)
                .idempotentConsumer(builder.body(), keys)
                .removeOnFailure(removeOnFailure)
                .process(fault)
                .process(seen)))) {
            context.start();
            assertThat(Lab.broken(context).contains("LINT-08")).isEqualTo(!removeOnFailure);
            untilCommitted(in, 10);
        }
        return seen;
    }

    /** LINT-09: a copy that comes after more other keys than it remembers. */
    @Test
    void anOldCopyPassesTheKafkaRepository() throws Exception {
        String keys = Lab.topic(1);
        KafkaIdempotentRepository kafka = new KafkaIdempotentRepository(keys, Lab.servers(), 10, 100);
        kafka.setStartupOnly(true); // else its thread puts back what is long gone
        assertThat(copies(kafka, true)).isEqualTo(2);
        assertThat(copies(file(), false)).isEqualTo(1);
    }

    private static long copies(IdempotentRepository keys, boolean flagged) throws Exception {
        String in = Lab.topic(1);
        Seen seen = new Seen();
        send(in, 1, 21);
        send(in, 1, 1);
        try (LabContext context = Lab.context(routes(builder -> safe(builder, in)
                .idempotentConsumer(builder.body(), keys)
                .eager(false)
                .process(seen)))) {
            context.start();
            assertThat(Lab.broken(context).contains("LINT-09")).isEqualTo(flagged);
            untilCommitted(in, 22);
        }
        return seen.all().stream().filter("r1"::equals).count();
    }

    /** LINT-10: the dead letters' place is away for a while. */
    @Test
    void deadLettersThatCannotBeDeliveredAreDropped() throws Exception {
        assertThat(deadLetters(true).all()).isEmpty();
        assertThat(deadLetters(false).all()).containsExactly("r3");
    }

    private static Seen deadLetters(boolean handleNew) throws Exception {
        String in = Lab.topic(1);
        Seen dead = new Seen();
        Seen seen = new Seen();
        AtomicBoolean away = new AtomicBoolean(true);
        Seen tried = new Seen();
        send(in, 1, 10);
        try (LabContext context = Lab.context(routes(builder -> {
            builder.errorHandler(builder.deadLetterChannel("direct:dead").deadLetterHandleNewException(handleNew));
            builder.from("direct:dead")
                    .errorHandler(builder.noErrorHandler())
                    .process(tried)
                    .process(exchange -> {
                        if (away.get()) {
                            throw new IllegalStateException("away");
                        }
                    })
                    .process(dead);
            safe(builder, in).process(Fault.always("r3")).process(seen);
        }))) {
            context.start();
            assertThat(Lab.broken(context).contains("LINT-10")).isEqualTo(handleNew);
            await().atMost(PATIENCE).until(() -> tried.size() > 0);
            if (!handleNew) {
                away.set(false);
            }
            untilCommitted(in, 10);
        }
        assertThat(seen.all()).hasSize(9).doesNotHaveDuplicates();
        return dead;
    }

    /** LINT-10: whoever sends by another way than Kafka is told that all is well. */
    @Test
    void aCallerIsNotToldThatItsDeadLetterIsGone() throws Exception {
        assertThat(failsFor(true)).isFalse();
        assertThat(failsFor(false)).isTrue();
    }

    private static boolean failsFor(boolean handleNew) throws Exception {
        RouteBuilder routes = routes(builder -> {
            builder.errorHandler(builder.deadLetterChannel("direct:dead").deadLetterHandleNewException(handleNew));
            builder.from("direct:dead").errorHandler(builder.noErrorHandler()).process(FAILS);
            builder.from("direct:in").process(FAILS);
        });
        try (LabContext context = Lab.context(routes)) {
            context.start();
            assertThat(Lab.broken(context).contains("LINT-10")).isEqualTo(handleNew);
            return context.createProducerTemplate()
                    .send("direct:in", exchange -> exchange.getMessage().setBody("r1"))
                    .isFailed();
        }
    }

    /** LINT-11: the dead letters' place is away, and the channel says so. */
    @Test
    void aDeadLetterThatFailsIsSkippedUnlessTheConsumerBreaks() throws Exception {
        assertThat(undelivered("&autoOffsetReset=earliest&autoCommitIntervalMs=200&pollOnError=RECONNECT", true))
                .isEmpty();
        assertThat(undelivered(SAFE, false)).containsExactly("r3");
    }

    private static List<String> undelivered(String options, boolean flagged) throws Exception {
        String in = Lab.topic(1);
        Seen dead = new Seen();
        send(in, 1, 10);
        Fault away = Fault.once("r3");
        RouteBuilder routes = routes(builder -> {
            builder.errorHandler(builder.deadLetterChannel("direct:dead").deadLetterHandleNewException(false));
            builder.from("direct:dead")
                    .errorHandler(builder.noErrorHandler())
                    .process(away)
                    .process(dead);
            builder.from("kafka:" + in + "?groupId=" + in + options).process(Fault.always("r3"));
        });
        try (LabContext context = Lab.context(routes)) {
            context.start();
            assertThat(Lab.broken(context)).containsExactlyElementsOf(flagged ? List.of("LINT-11") : List.of());
            untilCommitted(in, 10);
        }
        return dead.all();
    }

    /** LINT-19: the last step fails for one record. */
    @Test
    void swallowedErrorsEndNowhere() throws Exception {
        assertThat(swallowed(true, (builder, in) -> {
                    builder.onException(Exception.class).handled(true).log("failed");
                    safe(builder, in).process(Fault.always("r3")).to("direct:seen");
                }))
                .hasSize(9);
        assertThat(swallowed(true, (builder, in) -> {
                    builder.onException(Exception.class).continued(true);
                    safe(builder, in).to("direct:failing");
                }))
                .hasSize(9);
        assertThat(swallowed(true, (builder, in) -> safe(builder, in)
                        .doTry()
                        .to("direct:failing")
                        .doCatch(Exception.class)
                        .log("failed")
                        .end()))
                .hasSize(9);
        assertThat(swallowed(true, (builder, in) -> {
                    builder.errorHandler(builder.deadLetterChannel("log:dead").deadLetterHandleNewException(false));
                    safe(builder, in).to("direct:failing");
                }))
                .hasSize(9);
        assertThat(swallowed(false, (builder, in) -> {
                    builder.onException(Exception.class).handled(true).to("direct:seen");
                    safe(builder, in).to("direct:failing");
                }))
                .containsExactlyElementsOf(records(1, 10));
    }

    private static List<String> swallowed(boolean flagged, BiConsumer<RouteBuilder, String> recipe) throws Exception {
        String in = Lab.topic(1);
        Seen seen = new Seen();
        send(in, 1, 10);
        RouteBuilder sinks = routes(builder -> {
            builder.from("direct:seen").errorHandler(builder.noErrorHandler()).process(seen);
            builder.from("direct:failing")
                    .errorHandler(builder.noErrorHandler())
                    .process(Fault.always("r3"))
                    .process(seen);
        });
        try (LabContext context = Lab.context(sinks, routes(builder -> recipe.accept(builder, in)))) {
            context.start();
            assertThat(Lab.broken(context).contains("LINT-19")).isEqualTo(flagged);
            untilCommitted(in, 10);
        }
        return seen.all();
    }

    /** No rule: what fails is not the record's own way. */
    @Test
    void afterTheRecordWasSentNothingIsSwallowed() throws Exception {
        String out = Lab.topic(1);
        assertThat(swallowed(false, (builder, in) -> safe(builder, in)
                        .to("kafka:" + out)
                        .doTry()
                        .to("direct:failing")
                        .doCatch(Exception.class)
                        .log("not audited")
                        .end()))
                .hasSize(9);
        assertThat(Lab.read(out)).containsExactlyElementsOf(records(1, 10));
    }

    /** LINT-20: each record is tried again for longer than the group waits. */
    @Test
    void redeliveriesLongerThanThePollIntervalDouble() throws Exception {
        assertThat(redelivered(1500, true, RouteLossIT::channel)).isGreaterThan(4);
        assertThat(redelivered(1500, true, RouteLossIT::onException)).isGreaterThan(4);
        assertThat(redelivered(10, false, RouteLossIT::channel)).isEqualTo(4);
    }

    private static void channel(RouteBuilder builder, int delay) {
        builder.errorHandler(builder.deadLetterChannel("direct:dead")
                .deadLetterHandleNewException(false)
                .maximumRedeliveries(1)
                .redeliveryDelay(delay));
    }

    private static void onException(RouteBuilder builder, int delay) {
        builder.errorHandler(builder.deadLetterChannel("direct:dead").deadLetterHandleNewException(false));
        builder.onException(IllegalStateException.class)
                .maximumRedeliveries(1)
                .redeliveryDelay(delay)
                .handled(true)
                .to("direct:dead");
    }

    private static int redelivered(int delay, boolean flagged, ObjIntConsumer<RouteBuilder> handler) throws Exception {
        String in = Lab.topic(1);
        Seen dead = new Seen();
        send(in, 1, 4);
        RouteBuilder sink = routes(builder -> builder.from("direct:dead")
                .errorHandler(builder.noErrorHandler())
                .process(dead));
        RouteBuilder routes = routes(builder -> {
            handler.accept(builder, delay);
            builder.from("kafka:" + in + "?groupId=" + in + SAFE + "&maxPollIntervalMs=4000")
                    .process(FAILS);
        });
        try (LabContext context = Lab.context(sink, routes)) {
            context.start();
            assertThat(Lab.broken(context).contains("LINT-20")).isEqualTo(flagged);
            await().atMost(PATIENCE).until(() -> flagged ? dead.size() > 4 : Lab.committed(in) == 4);
        }
        assertThat(IntStream.rangeClosed(1, 4)).allMatch(i -> dead.has("r" + i));
        return dead.size();
    }
}
