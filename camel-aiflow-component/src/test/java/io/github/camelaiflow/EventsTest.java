package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.drift.DriftReport;
import io.github.camelaiflow.drift.DriftStatus;
import io.github.camelaiflow.validation.ValidationResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.management.ObjectName;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What routes get that start with {@code aiflow:events}. */
class EventsTest extends WithFlowFolder {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch entered = new CountDownLatch(1);

    @FunctionalInterface
    private interface Routes {
        void add(RouteBuilder to) throws Exception;
    }

    private static RouteBuilder builder(Routes routes) {
        return new RouteBuilder() {
            @Override
            public void configure() throws Exception {
                routes.add(this);
            }
        };
    }

    private AiflowComponent component() {
        return context.getComponent("aiflow", AiflowComponent.class);
    }

    private void start(Routes routes) throws Exception {
        context = folder.context(builder(routes));
        component().inject(() -> NOW, () -> "run");
        context.start();
    }

    /** A route that waits at its first event until the gate opens. */
    private RouteDefinition gated(RouteBuilder to, String uri) {
        return to.from(uri).routeId("events").process(exchange -> {
            entered.countDown();
            gate.await(1, TimeUnit.MINUTES);
        });
    }

    @AfterEach
    void open() {
        gate.countDown();
    }

    private static void steps(RouteBuilder to) {
        to.from("direct:drift").routeId("drift").to("aiflow:drift:claims");
        to.from("direct:validate").routeId("validate").to("aiflow:validate:claims?onInvalid=mark");
    }

    /** As if a window of so many records had been validated. */
    private void validated(int records) {
        ValidationResult result = send("direct:validate", TinyModels.claims(records, 1))
                .getMessage()
                .getHeader("CamelAiflowValidation", ValidationResult.class);
        component().flow("claims").verdicts().validated(result);
    }

    private static int records(Exchange event) {
        return event.getMessage().getBody(ValidationResult.class).records();
    }

    private List<Exchange> events(String mock) {
        return context.getEndpoint(mock, MockEndpoint.class).getReceivedExchanges();
    }

    private List<Exchange> await(String mock, int count) {
        Awaitility.await().untilAsserted(() -> assertThat(events(mock)).hasSizeGreaterThanOrEqualTo(count));
        return events(mock);
    }

    private long counted(String attribute) throws Exception {
        var agent = context.getManagementStrategy().getManagementAgent();
        String name = "org.apache.camel:context=" + context.getManagementName() + ",type=aiflow,name=\"claims\"";
        return (long) agent.getMBeanServer().getAttribute(new ObjectName(name), attribute);
    }

    private void halved(int count, long seed) {
        for (Map<String, Object> claim : TinyModels.claims(count, seed)) {
            send("direct:drift", TinyModels.claim("x", (double) claim.get("amount") / 2, (String) claim.get("type")));
        }
    }

    @Test
    void everyEvaluatedWindowIsAnEventWithTheHeadersOfTheStep() throws Exception {
        start(to -> {
            steps(to);
            to.from("aiflow:events:claims").to("mock:events");
        });

        send("direct:drift", TinyModels.claims(200, 3));
        await("mock:events", 1);
        halved(200, 4);
        List<Exchange> events = await("mock:events", 2);

        assertThat(events)
                .extracting(event -> event.getMessage().getHeader("CamelAiflowDrift"))
                .containsExactly("STABLE", "DRIFTED");
        Message second = events.get(1).getMessage();
        DriftReport report = second.getBody(DriftReport.class);
        assertThat(report.window()).isEqualTo(2);
        assertThat(report.driftedFields()).containsExactly("amount");
        assertThat(second.getHeader("CamelAiflowDriftReport")).isSameAs(report);
        assertThat(second.getHeader("CamelAiflowEvent")).isEqualTo("drift");
        assertThat(second.getHeader("CamelAiflowFlow")).isEqualTo("claims");
        assertThat(second.getHeader("CamelAiflowDefinitionDigest"))
                .isEqualTo(component().flow("claims").status().definitionDigest());
        assertThat(second.getMessageTimestamp()).isEqualTo(NOW.toEpochMilli());
        assertThat(second.getBody(String.class)).isEqualTo(report.toJson());
        assertThat(counted("EventsPublished")).isEqualTo(2);
        assertThat(counted("DriftEvaluations")).isEqualTo(2);
        assertThat(counted("EventsDropped")).isZero();
    }

    @Test
    void aVerdictThatHoldsIsTheHeaderOfAWindowThatKnowsNothing() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        context = folder.context(builder(to -> {
            to.from("direct:drift").to("aiflow:drift:claims?window=60s");
            to.from("aiflow:events:claims").to("mock:events");
        }));
        component().inject(now::get, () -> "run");
        context.start();

        halved(200, 4);
        for (int window = 1; window <= 2; window++) {
            now.updateAndGet(time -> time.plusSeconds(60));
            halved(1, 5);
            await("mock:events", window);
        }

        assertThat(events("mock:events"))
                .extracting(
                        event -> event.getMessage().getBody(DriftReport.class).status())
                .containsExactly(DriftStatus.DRIFTED, DriftStatus.INSUFFICIENT_DATA);
        assertThat(events("mock:events"))
                .extracting(event -> event.getMessage().getHeader("CamelAiflowDrift"))
                .containsExactly("DRIFTED", "DRIFTED");
    }

    @Test
    void eventsComeInOrderOnAnotherThreadAndShowNoValueAsText() throws Exception {
        List<Thread> threads = new ArrayList<>();
        start(to -> {
            steps(to);
            to.from("aiflow:events:claims")
                    .process(event -> threads.add(Thread.currentThread()))
                    .to("mock:events");
        });

        for (int records = 1; records <= 50; records++) {
            validated(records);
        }
        component()
                .flow("claims")
                .verdicts()
                .validated(send("direct:validate", TinyModels.claim("C-4711", 4711.5, "fire"))
                        .getMessage()
                        .getHeader("CamelAiflowValidation", ValidationResult.class));
        List<Exchange> events = await("mock:events", 51);

        assertThat(events.subList(0, 50))
                .extracting(EventsTest::records)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 50).boxed().toList());
        assertThat(threads).doesNotContain(Thread.currentThread()).containsOnly(threads.get(0));
        Message good = events.get(0).getMessage();
        assertThat(good.getHeader("CamelAiflowEvent")).isEqualTo("validation");
        assertThat(good.getHeader("CamelAiflowValid")).isEqualTo(true);
        assertThat(good.getHeader("CamelAiflowValidation")).isSameAs(good.getBody());
        Message bad = events.get(50).getMessage();
        assertThat(bad.getHeader("CamelAiflowValid")).isEqualTo(false);
        assertThat(bad.getBody(String.class)).contains("amount").doesNotContain("4711");
    }

    @Test
    void aConsumerTakesOnlyTheKindsItNames() throws Exception {
        start(to -> {
            steps(to);
            to.from("aiflow:events:claims?events=drift").to("mock:drift");
            to.from("aiflow:events:claims?events=validation, drift").to("mock:all");
        });

        validated(3);
        send("direct:drift", TinyModels.claims(200, 3));

        assertThat(await("mock:all", 2)).hasSize(2);
        assertThat(await("mock:drift", 1))
                .extracting(event -> event.getMessage().getHeader("CamelAiflowEvent"))
                .containsExactly("drift");
    }

    @Test
    void eachConsumerOfAFlowGetsEveryEvent() throws Exception {
        start(to -> {
            steps(to);
            to.from("aiflow:events:claims").to("mock:one");
            to.from("aiflow:events:claims").to("mock:two");
            to.from("aiflow:events:claims?queueSize=5").to("mock:three");
            to.from("aiflow:events:others").to("mock:others");
        });

        validated(1);
        validated(2);

        for (String mock : List.of("mock:one", "mock:two", "mock:three")) {
            assertThat(await(mock, 2)).extracting(EventsTest::records).containsExactly(1, 2);
        }
        assertThat(events("mock:others")).isEmpty();
    }

    @Test
    void aSlowRouteLosesTheOldestEventsCountedAndHoldsUpNoExchange() throws Exception {
        start(to -> {
            steps(to);
            gated(to, "aiflow:events:claims?queueSize=2").to("mock:events");
        });

        validated(1);
        assertThat(entered.await(1, TimeUnit.MINUTES)).isTrue();
        for (int records = 2; records <= 6; records++) {
            validated(records);
        }

        assertThat(counted("EventsPublished")).isEqualTo(6);
        assertThat(counted("EventsDropped")).isEqualTo(3);
        gate.countDown();
        assertThat(await("mock:events", 3)).extracting(EventsTest::records).containsExactly(1, 5, 6);
    }

    @Test
    void aConsumerMayComeBeforeItsFlowWhichNeedsNoDefinitionForIt() throws Exception {
        start(to -> to.from("aiflow:events:bare").to("mock:events"));
        Flow flow = component().flow("bare");
        assertThatThrownBy(() ->
                        context.addRoutes(builder(to -> to.from("direct:bad").to("aiflow:drift:bare"))))
                .satisfies(error -> assertThat(stack(error)).contains("needs option reference"));
        assertThat(flow.closed()).isFalse();
        assertThat(org.apache.camel.health.HealthCheckHelper.invokeReadiness(context))
                .noneMatch(result -> result.getCheck().getId().equals("aiflow-bare"));

        context.addRoutes(builder(to -> to.from("direct:bare")
                .to("aiflow:drift:bare?window=100&reference=file:" + temp.resolve("reference.csv"))));
        send("direct:bare", TinyModels.claims(100, 8));

        Message event = await("mock:events", 1).get(0).getMessage();
        assertThat(event.getHeader("CamelAiflowDrift")).isEqualTo("STABLE");
        assertThat(event.getHeader("CamelAiflowDefinitionDigest")).isNull();
    }

    @Test
    void aFlowThatOnlyHadAConsumerLeavesNoTrace() throws Exception {
        start(to -> to.from("aiflow:events:bare").routeId("events").to("mock:events"));

        context.getRouteController().stopRoute("events");

        assertThat(component().flow("bare")).isNull();
    }

    @Test
    void consumersSurviveTheReloadOfOtherRoutesAndTheirOwn() throws Exception {
        start(to -> {
            steps(to);
            to.from("aiflow:events:claims").routeId("events").to("mock:events");
        });
        for (String route : List.of("drift", "validate")) {
            context.getRouteController().stopRoute(route);
            context.removeRoute(route);
        }
        context.addRoutes(builder(EventsTest::steps));
        validated(1);
        await("mock:events", 1);
        component().reloadDefinitions();
        validated(2);
        await("mock:events", 2);

        context.getRouteController().stopRoute("events");
        validated(3);
        context.getRouteController().startRoute("events");
        validated(4);

        assertThat(await("mock:events", 3)).extracting(EventsTest::records).containsExactly(1, 2, 4);
        assertThat(counted("EventsDropped")).isZero();
    }

    @Test
    void aReportOfAMonitorThatHasBeenReplacedIsNoEvent() throws Exception {
        start(to -> {
            steps(to);
            to.from("aiflow:events:claims").to("mock:events");
        });
        send("direct:drift", TinyModels.claims(200, 3));
        DriftReport late = await("mock:events", 1).get(0).getMessage().getBody(DriftReport.class);

        folder.write("claims.yaml", FlowFolder.DEFINITION.replace("window: 200", "window: 300"));
        component().reloadDefinitions();
        component().flow("claims").verdicts().evaluated(late);

        assertThat(counted("EventsPublished")).isEqualTo(1);
    }

    @Test
    void shutdownDeliversWhatWaits() throws Exception {
        start(to -> {
            steps(to);
            gated(to, "aiflow:events:claims").to("mock:events");
        });
        for (int records = 1; records <= 5; records++) {
            validated(records);
        }
        assertThat(entered.await(1, TimeUnit.MINUTES)).isTrue();
        List<Exchange> received = events("mock:events");
        AiflowConsumer consumer = (AiflowConsumer) context.getRoute("events").getConsumer();
        assertThat(consumer.getPendingExchangesSize()).isEqualTo(5);

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(context::stop);
        Awaitility.await().until(context::isStopping);
        assertThat(consumer.getStatus()).isEqualTo(ServiceStatus.Started);
        gate.countDown();
        stopped.get(1, TimeUnit.MINUTES);

        assertThat(received).extracting(EventsTest::records).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void whatARouteThatHangsLeavesBehindIsCounted() throws Exception {
        start(to -> {
            steps(to);
            gated(to, "aiflow:events:claims").to("mock:events");
        });
        for (int records = 1; records <= 5; records++) {
            validated(records);
        }
        assertThat(entered.await(1, TimeUnit.MINUTES)).isTrue();

        context.getRouteController().stopRoute("events", 50, TimeUnit.MILLISECONDS);
        assertThat(counted("EventsDropped")).isEqualTo(4);
        gate.countDown();

        context.getRouteController().startRoute("events");
        validated(6);
        assertThat(await("mock:events", 1)).extracting(EventsTest::records).containsExactly(6);
    }

    @Test
    void aSuspendedRouteGetsItsEventsOnResumeAndWhatWaitsWhenItIsStoppedIsCounted() throws Exception {
        start(to -> {
            steps(to);
            to.from("aiflow:events:claims").routeId("events").to("mock:events");
        });
        context.getRouteController().suspendRoute("events");
        validated(1);
        validated(2);
        assertThat(events("mock:events")).isEmpty();
        context.getRouteController().resumeRoute("events");
        assertThat(await("mock:events", 2)).extracting(EventsTest::records).containsExactly(1, 2);

        context.getRouteController().suspendRoute("events");
        validated(3);
        context.getRouteController().stopRoute("events");
        assertThat(counted("EventsDropped")).isEqualTo(1);

        context.getRouteController().startRoute("events");
        validated(4);
        assertThat(await("mock:events", 3)).extracting(EventsTest::records).containsExactly(1, 2, 4);
    }

    private static void failing(Exchange event) {
        if (records(event) == 1) {
            throw new IllegalStateException("on purpose");
        }
    }

    @Test
    void anErrorGoesToTheRoutesErrorHandlerAndTheNextEventComes() throws Exception {
        start(to -> {
            to.errorHandler(to.deadLetterChannel("mock:dead").deadLetterHandleNewException(false));
            steps(to);
            to.from("aiflow:events:claims").process(EventsTest::failing).to("mock:events");
        });

        validated(1);
        validated(2);

        assertThat(await("mock:events", 1)).extracting(EventsTest::records).containsExactly(2);
        assertThat(events("mock:dead")).extracting(EventsTest::records).containsExactly(1);
    }

    @Test
    void whatNoErrorHandlerTakesGoesToTheConsumersExceptionHandler() throws Exception {
        List<Throwable> handled = new ArrayList<>();
        start(to -> {
            to.bindToRegistry("collecting", new ExceptionHandler() {
                @Override
                public void handleException(Throwable exception) {
                    handled.add(exception);
                }

                @Override
                public void handleException(String message, Throwable exception) {
                    handled.add(exception);
                }

                @Override
                public void handleException(String message, Exchange exchange, Throwable exception) {
                    handled.add(exception);
                }
            });
            steps(to);
            to.from("aiflow:events:claims?exceptionHandler=#collecting")
                    .errorHandler(to.noErrorHandler())
                    .process(EventsTest::failing)
                    .to("mock:events");
        });

        validated(1);
        validated(2);
        await("mock:events", 1);

        assertThat(handled).hasSize(1).allSatisfy(error -> assertThat(error).hasMessage("on purpose"));
    }

    /** What fails before the route begins is the consumer's own failure, which the bridge brings to the route. */
    @Test
    void theErrorHandlerCanBeBridged() throws Exception {
        Processor failBefore = exchange -> {
            throw new IllegalStateException("before the route");
        };
        start(to -> {
            to.onException(IllegalStateException.class).handled(true).to("mock:bridged");
            steps(to);
            to.from("aiflow:events:claims?bridgeErrorHandler=true")
                    .routeId("events")
                    .to("mock:events");
        });
        AiflowEndpoint endpoint =
                context.getEndpoint("aiflow:events:claims?bridgeErrorHandler=true", AiflowEndpoint.class);
        DefaultConsumer bare = (DefaultConsumer) endpoint.createConsumer(failBefore);
        bare.setExceptionHandler(((DefaultConsumer) context.getRoute("events").getConsumer()).getExceptionHandler());
        bare.start();

        validated(1);

        await("mock:events", 1);
        assertThat(await("mock:bridged", 1)).hasSize(1).allSatisfy(exchange -> assertThat(
                        exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))
                .hasMessage("before the route"));
        bare.stop();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aiflow:validate:claims|aiflow:validate cannot start a route; use it in a to",
                "aiflow:drift:claims|aiflow:drift cannot start a route; use it in a to",
                "aiflow:events:claims?events=rain|events must be a comma-separated list of drift, validation, rollout, quality, was rain",
                "aiflow:events:claims?events=|events must be a comma-separated list",
                "aiflow:events:claims?queueSize=0|queueSize must be above 0, was 0",
                "aiflow:events:claims?timeout=5|option timeout belongs to steps, not to aiflow:events",
                "aiflow:events:claims?window=5|option window belongs to aiflow:validate and aiflow:drift and aiflow:suggest, not to aiflow:events"
            })
    void mistakesFailAtStartUp(String uri, String message) {
        assertThatThrownBy(() -> start(to -> to.from(uri).to("mock:events")))
                .satisfies(error -> assertThat(stack(error)).contains(message));
    }

    /** The route of docs/events.md, with a mock for what it posts to. */
    @Test
    void theDocumentedRouteTellsOnlyChanges() throws Exception {
        Matcher block =
                Pattern.compile("(?s)```yaml\n(.*?)```").matcher(Files.readString(Path.of("../docs/events.md")));
        assertThat(block.find()).isTrue();
        String yaml = block.group(1).replaceAll("https:[^\\s\"]+", "mock:posted");
        start(to -> {
            steps(to);
            to.from("aiflow:events:claims").to("mock:events");
        });
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("changes.yaml", yaml));

        send("direct:drift", TinyModels.claims(200, 3));
        await("mock:events", 1);
        send("direct:drift", TinyModels.claims(200, 5));
        await("mock:events", 2);
        for (int window = 3; window <= 4; window++) {
            halved(200, window);
            await("mock:events", window);
        }
        send("direct:drift", TinyModels.claims(200, 6));
        await("mock:events", 5);

        List<Exchange> posted = await("mock:posted", 3);
        assertThat(posted)
                .extracting(event -> event.getMessage().getHeader("CamelAiflowDrift"))
                .containsExactly("STABLE", "DRIFTED", "STABLE");
        assertThat(posted.get(1).getMessage().getBody(String.class)).contains("\"amount\"");
    }
}
