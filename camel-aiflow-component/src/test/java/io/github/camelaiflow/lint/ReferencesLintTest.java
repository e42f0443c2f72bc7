package io.github.camelaiflow.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.AiflowComponent;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.consumer.errorhandler.KafkaConsumerListener;
import org.apache.camel.component.seda.SedaComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.processor.idempotent.kafka.KafkaIdempotentRepository;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every configuration that was measured or reported to lose, double or stop on Camel 4.17, and the rule that finds it. T numbers are those
 * of the measurements this project began with; CAMEL- numbers are upstream issues.
 */
class ReferencesLintTest {

    private static final String PLAIN = "kafka:in?groupId=g&autoOffsetReset=earliest";
    private static final String FACTORY =
            "&kafkaManualCommitFactory=#class:org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommitFactory";
    private static final String SAFE = PLAIN
            + "&autoCommitEnable=false&allowManualCommit=true&breakOnFirstError=true&pollOnError=RECONNECT&maxPollRecords=50"
            + FACTORY;

    /** What is wrong with Camel's defaults for a consumer, whatever stands behind it. */
    private static final String DEFAULTS = "LINT-11 LINT-13";

    static Stream<Arguments> losing() {
        return Stream.of(
                losing(
                        "T1b, CAMEL-23994, CAMEL-22150: batching, killed",
                        DEFAULTS + " LINT-02",
                        from(PLAIN + "&batching=true&maxPollRecords=10")),
                losing(
                        "T2, CAMEL-22432: batching that breaks, a poison record",
                        "LINT-02 LINT-03 LINT-13",
                        from(PLAIN + "&batching=true&maxPollRecords=10&breakOnFirstError=true")),
                losing(
                        "T2s: the same with manual commits, which replays",
                        "LINT-03 LINT-12",
                        from(SAFE + "&batching=true")),
                losing(
                        "CAMEL-24778: batching without a size",
                        DEFAULTS + " LINT-02 LINT-04",
                        from(PLAIN + "&batching=true")),
                losing(
                        "batching that never commits",
                        DEFAULTS + " LINT-12",
                        from(PLAIN + "&batching=true&maxPollRecords=10&autoCommitEnable=false")),
                losing(
                        "T3a, T3b, T6, T8, CAMEL-24781, CAMEL-24780, CAMEL-21791: transacted",
                        DEFAULTS + " LINT-01",
                        to(PLAIN, "kafka:out?transacted=true")),
                losing(
                        "T3s, T8s: transacted behind safe options, which wedges",
                        "LINT-01",
                        to(SAFE, "kafka:out?transacted=true")),
                losing("2.4 D: a transactional id", "LINT-01", to(SAFE, "kafka:out?transactionalId=one")),
                losing("CAMEL-22261, CAMEL-22259: split in a transaction", "LINT-01", routes -> routes.from(SAFE)
                        .split(routes.body().tokenize("\n"))
                        .to("kafka:out?transacted=true")),
                losing("T4, CAMEL-17051: pausable", DEFAULTS + " LINT-06", routes -> routes.from(PLAIN)
                        .pausable(new KafkaConsumerListener(), ready -> true)
                        .to("log:x")),
                losing("T5: no handler, a poison record", DEFAULTS, from(PLAIN)),
                losing("T9 without pollOnError", "LINT-13", from(SAFE.replace("&pollOnError=RECONNECT", ""))),
                losing("T10: eager and durable", "LINT-07", routes -> routes.from(SAFE)
                        .idempotentConsumer(routes.body(), new FileIdempotentRepository())
                        .to("log:x")),
                losing("T11: dead letters' topic down", "LINT-10", routes -> {
                    routes.errorHandler(routes.deadLetterChannel("kafka:dead"));
                    routes.from(SAFE).to("log:x");
                }),
                losing(
                        "F11, CAMEL-23997: no group",
                        DEFAULTS + " LINT-05",
                        from("kafka:in?autoOffsetReset=earliest&consumersCount=2")),
                losing("2.2: manual commits without a factory", "LINT-12", from(SAFE.replace(FACTORY, ""))),
                losing(
                        "2.2, CAMEL-20218, CAMEL-20682, CAMEL-16914: idempotent repository in Kafka",
                        "LINT-09",
                        routes -> routes.from(SAFE)
                                .idempotentConsumer(routes.body(), new KafkaIdempotentRepository("keys", "localhost:1"))
                                .eager(false)
                                .to("log:x")),
                losing(
                        "2.2: acks=1, which that repository's producer sets",
                        "LINT-21",
                        to(SAFE, "kafka:out?requestRequiredAcks=1")),
                losing("F8, F9: redeliveries longer than the poll interval", "LINT-20", routes -> {
                    routes.errorHandler(routes.deadLetterChannel("kafka:dead")
                            .deadLetterHandleNewException(false)
                            .maximumRedeliveries(5)
                            .redeliveryDelay(2_000));
                    routes.from(SAFE).to("log:x");
                }),
                losing("F21, CVE-2026-49098: headers from outside", "LINT-22", to("servlet:in", "kafka:out")),
                losing(
                        "camel 2.9: a breaker that ignores",
                        "LINT-14",
                        routes -> breaker(routes, breaker -> breaker.resilience4jConfiguration()
                                .ignoreException(IllegalStateException.class))),
                losing(
                        "camel 2.9: a breaker that records some",
                        "LINT-14",
                        routes -> breaker(routes, breaker -> breaker.resilience4jConfiguration()
                                .recordException(java.io.IOException.class))),
                losing(
                        "camel 2.9, CAMEL-24134: a breaker's timeout",
                        "LINT-15",
                        routes -> breaker(routes, breaker -> breaker.resilience4jConfiguration()
                                .timeoutEnabled(true))),
                losing(
                        "camel 2.9, CAMEL-24134: the other breaker's timeout",
                        "LINT-15",
                        routes -> breaker(routes, breaker -> breaker.faultToleranceConfiguration()
                                .timeoutEnabled(true))),
                losing("camel 2.7: aggregated in memory", "LINT-17", routes -> routes.from(SAFE)
                        .aggregate(routes.constant(true), (old, now) -> now)
                        .completionSize(10)
                        .to("log:x")),
                losing(
                        "2.4 A without autoOffsetReset",
                        "LINT-18",
                        from(SAFE.replace("&autoOffsetReset=earliest", ""))));
    }

    static Stream<Arguments> sound() {
        return Stream.of(
                sound("2.4 A", to(SAFE, "kafka:out")),
                sound("T9 with pollOnError; T11b", routes -> {
                    routes.errorHandler(routes.deadLetterChannel("kafka:dead")
                            .deadLetterHandleNewException(false)
                            .useOriginalMessage());
                    routes.from(SAFE).to("kafka:out");
                }),
                sound("T10 with eager=false", routes -> routes.from(SAFE)
                        .idempotentConsumer(routes.body(), new FileIdempotentRepository())
                        .eager(false)
                        .to("log:x")),
                sound("F21 with headers removed", routes -> routes.from("servlet:in")
                        .removeHeaders("kafka.*")
                        .to("kafka:out")),
                sound("camel 2.9: a breaker with its defaults", routes -> breaker(routes, breaker -> {})));
    }

    private static Arguments losing(String what, String rules, Consumer<RouteBuilder> routes) {
        return Arguments.of(
                what,
                Arrays.stream(rules.split(" "))
                        .filter(rule -> !rule.isEmpty())
                        .sorted()
                        .toList(),
                routes);
    }

    private static Arguments sound(String what, Consumer<RouteBuilder> routes) {
        return losing(what, "", routes);
    }

    private static Consumer<RouteBuilder> from(String uri) {
        return to(uri, "log:x");
    }

    private static Consumer<RouteBuilder> to(String from, String to) {
        return routes -> routes.from(from).to(to);
    }

    private static void breaker(RouteBuilder routes, Consumer<CircuitBreakerDefinition> options) {
        CircuitBreakerDefinition breaker = routes.from(SAFE).circuitBreaker();
        options.accept(breaker);
        breaker.to("log:x").end();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource({"losing", "sound"})
    void isFound(String what, List<String> rules, Consumer<RouteBuilder> recipe) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addComponent("servlet", new SedaComponent());
            context.getComponent("kafka", KafkaComponent.class)
                    .getConfiguration()
                    .setBrokers("localhost:1");
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    recipe.accept(this);
                }
            });
            context.getComponent("aiflow", AiflowComponent.class)
                    .setLint(LintMode.OFF); // it would log what is found here
            context.init();
            assertThat(new RouteLinter(context)
                            .lint(new RouteReader(context).definitions())
                            .report()
                            .counts()
                            .keySet())
                    .as(what)
                    .containsExactlyElementsOf(rules);
        }
    }
}
