package io.github.camelaiflow.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.TinyModels;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Each record that enters a plain route is decided, a dead letter, given back, or missed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeliveryPolicyTest {

    private static final String YAML = """
            - beans:
                - name: delivery
                  type: io.github.camelaiflow.wire.DeliveryPolicy
                  properties: {flow: claims}
                - name: letter
                  type: io.github.camelaiflow.wire.DeadLetterHeaders
            - routeConfiguration:
                id: kept
                errorHandler:
                  deadLetterChannel: {deadLetterUri: "mock:dead", deadLetterHandleNewException: false}
            - routeConfiguration:
                id: loses
                errorHandler:
                  deadLetterChannel: {deadLetterUri: "direct:refuses"}
            - route:
                id: refuses
                errorHandler: {noErrorHandler: {}}
                from:
                  uri: direct:refuses
                  steps:
                    - throwException: {exceptionType: java.lang.IllegalStateException, message: away}
            - route:
                id: plain
                routePolicy: delivery
                routeConfigurationId: kept
                from:
                  uri: direct:plain
                  steps:
                    - to: aiflow:validate:claims
                    - to: aiflow:infer:claims
                    - to: direct:out
            - route:
                id: out
                errorHandler: {noErrorHandler: {}}
                from:
                  uri: direct:out
                  steps:
                    - choice:
                        when:
                          - simple: "${header.away} == true"
                            steps:
                              - throwException: {exceptionType: java.lang.IllegalStateException, message: away}
            - route:
                id: lossy
                routePolicy: delivery
                note: "aiflow.lint.off=LINT-10: what then is lost is what the account shows"
                routeConfigurationId: loses
                from:
                  uri: direct:lossy
                  steps:
                    - to: aiflow:infer:claims
            - route:
                id: filtering
                routePolicy: delivery
                from:
                  uri: direct:filtering
                  steps:
                    - filter:
                        simple: "${header.wanted} == true"
                        steps:
                          - to: aiflow:infer:claims
            - route:
                id: split
                routePolicy: delivery
                from:
                  uri: direct:split
                  steps:
                    - to: aiflow:validate:claims?onInvalid=split
                    - to: aiflow:infer:claims
                    - filter:
                        simple: "${header.aside} == true"
                        steps:
                          - setProperty: {name: CamelAiflowSetAside, simple: "${header.CamelAiflowRejected.size}"}
                    - removeHeaders: {pattern: "*"}
            """;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch leave = new CountDownLatch(1);
    private CamelContext context;

    @BeforeAll
    void start(@TempDir Path temp) throws Exception {
        TinyModels.write(temp, "v1.tribuo", 1);
        Files.writeString(temp.resolve("claims.yaml"), """
                record: {fields: {amount: {type: number, min: 0}, type: {type: category}}}
                models: {v1: {model: v1.tribuo}}
                """);
        context = new DefaultCamelContext();
        context.getCamelContextExtension().setName("delivering");
        context.getRegistry().bind("metricsRegistry", meters);
        context.getComponent("aiflow", AiflowComponent.class).setDefinitions("file:" + temp);
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("routes.camel.yaml", YAML));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:ignoring")
                        .routeId("ignoring")
                        .routePolicyRef("delivery")
                        .onException(Exception.class)
                        .handled(true)
                        .end()
                        .to("aiflow:infer:claims")
                        .to("direct:out");
                from("direct:answering")
                        .routeId("answering")
                        .routePolicyRef("delivery")
                        .onException(Exception.class)
                        .handled(true)
                        .process(new ProblemDocument())
                        .end()
                        .to("aiflow:infer:claims");
                from("direct:saying")
                        .routeId("saying")
                        .routePolicyRef("delivery")
                        .onException(Exception.class)
                        .handled(true)
                        .process(new DeadLetterHeaders())
                        .to("mock:dead")
                        .end()
                        .to("aiflow:infer:claims");
                from("direct:failing")
                        .routeId("failing")
                        .routePolicyRef("delivery")
                        .errorHandler(noErrorHandler())
                        .to("aiflow:infer:claims")
                        .to("direct:out");
                from("seda:queue")
                        .routeId("queue")
                        .routePolicyRef("delivery")
                        .errorHandler(noErrorHandler())
                        .to("aiflow:infer:claims");
                from("direct:caught")
                        .routeId("caught")
                        .routePolicyRef("delivery")
                        .doTry()
                        .throwException(new IllegalStateException("first"))
                        .doCatch(IllegalStateException.class)
                        .to("aiflow:infer:claims")
                        .end();
                from("seda:slow")
                        .routeId("slow")
                        .routePolicyRef("delivery")
                        .process(exchange -> {
                            entered.countDown();
                            leave.await();
                        })
                        .to("aiflow:infer:claims");
            }
        });
        context.start();
    }

    @AfterAll
    void stop() {
        leave.countDown();
        context.stop();
    }

    private Exchange send(String to, Object body, Map<String, Object> headers) {
        return context.createProducerTemplate().send(to, exchange -> {
            exchange.getMessage().setBody(body);
            headers.forEach(exchange.getMessage()::setHeader);
        });
    }

    private static Map<String, Object> good() {
        return TinyModels.claim("c-1", 0.5, "theft");
    }

    private static Map<String, Object> wrong() {
        return Map.of("type", "theft");
    }

    private double gauge(String name, String route) {
        return meters.get("aiflow.delivery." + name).tag("route", route).gauge().value();
    }

    private double records(String outcome, String route) {
        return meters.get("aiflow.delivery.records")
                .tags("route", route, "outcome", outcome, "flow", "claims", "mode", "camel")
                .functionCounter()
                .count();
    }

    @Test
    void aRecordIsDecidedOrADeadLetterAndNothingIsMissed() throws Exception {
        send("direct:plain", good(), Map.of());
        send("direct:plain", wrong(), Map.of());
        send("direct:plain", good(), Map.of("away", true));
        send("direct:plain", TinyModels.claims(7, 1), Map.of());
        send("direct:plain", List.of(good(), wrong(), good()), Map.of());
        send("direct:plain", List.of(), Map.of());

        assertThat(records("decision", "plain")).isEqualTo(8);
        assertThat(records("dead-letter", "plain")).isEqualTo(5);
        assertThat(gauge("gap", "plain")).isZero();
        assertThat(gauge("pending", "plain")).isZero();
        assertThat(gauge("commit.age", "plain")).isGreaterThanOrEqualTo(0);
        MBeanServer server =
                context.getManagementStrategy().getManagementAgent().getMBeanServer();
        ObjectName name = new ObjectName("org.apache.camel:context=delivering,type=aiflow-delivery,name=\"plain\"");
        assertThat(server.getAttribute(name, "TakenRecords")).isEqualTo(13L);
        assertThat(server.getAttribute(name, "ConservationGap")).isEqualTo(0L);
        assertThat(server.getAttribute(name, "Flow")).isEqualTo("claims");
        assertThat((double) server.getAttribute(name, "SecondsSinceLastCommit")).isGreaterThanOrEqualTo(0);
    }

    @Test
    void deadLettersThatCannotBeDeliveredAreMissed() {
        Exchange exchange = send("direct:lossy", wrong(), Map.of());

        assertThat(exchange.getException()).as("nobody was told").isNull();
        assertThat(records("dead-letter", "lossy")).isZero();
        assertThat(gauge("gap", "lossy")).isEqualTo(1);
    }

    @Test
    void whatIsFilteredOrHandledWithoutDeliveryIsMissed() {
        send("direct:filtering", good(), Map.of("wanted", true));
        send("direct:filtering", good(), Map.of());
        send("direct:ignoring", good(), Map.of());
        send("direct:ignoring", good(), Map.of("away", true));
        send("direct:ignoring", wrong(), Map.of());

        assertThat(gauge("gap", "filtering")).isEqualTo(1);
        assertThat(records("decision", "filtering")).isEqualTo(1);
        assertThat(gauge("gap", "ignoring")).isEqualTo(2);
        assertThat(records("decision", "ignoring")).isEqualTo(1);
    }

    @Test
    void aHandlerThatSaysWhatItMakesADeadLetterIsBelieved() {
        send("direct:saying", wrong(), Map.of());

        assertThat(records("dead-letter", "saying")).isEqualTo(1);
        assertThat(gauge("gap", "saying")).isZero();
    }

    @Test
    void whoWasToldHasTheRecordBack() {
        Exchange answer = context.createProducerTemplate()
                .request("direct:answering", exchange -> exchange.getMessage().setBody(wrong()));
        send("direct:failing", wrong(), Map.of());
        send("direct:failing", good(), Map.of());

        assertThat(answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(422);
        assertThat(records("returned", "answering")).isEqualTo(1);
        assertThat(records("returned", "failing")).isEqualTo(1);
        assertThat(gauge("gap", "answering")).isZero();
        assertThat(gauge("gap", "failing")).isZero();
        assertThat(meters.get("aiflow.delivery.failures")
                        .tags("route", "failing", "stage", "route")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("aiflow.delivery.recovery")
                        .tag("route", "failing")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aQueueGivesNothingBack() {
        send("seda:queue", wrong(), Map.of());

        await().untilAsserted(() -> assertThat(gauge("gap", "queue")).isEqualTo(1));
        assertThat(records("returned", "queue")).isZero();
    }

    @Test
    void whatARouteMendsItselfIsDecided() {
        send("direct:caught", good(), Map.of());

        assertThat(records("decision", "caught")).isEqualTo(1);
        assertThat(gauge("gap", "caught")).isZero();
    }

    @Test
    void rejectedRecordsOfABatchAreMissedUnlessSetAside() {
        send("direct:split", List.of(good(), wrong(), good()), Map.of());
        assertThat(gauge("gap", "split")).isEqualTo(1);

        send("direct:split", List.of(good(), wrong(), wrong()), Map.of("aside", true));
        assertThat(gauge("gap", "split")).isEqualTo(1);
        send("direct:split", "[{\"amount\": 1, \"type\": \"fire\"}, {\"amount\": 2, \"type\": \"fire\"}]", Map.of());
        assertThat(gauge("gap", "split")).isEqualTo(1);
        assertThat(records("decision", "split")).isEqualTo(5);
        assertThat(records("dead-letter", "split")).isEqualTo(2);
    }

    @Test
    void whatHasNotEndedIsPending() throws Exception {
        send("seda:slow", good(), Map.of());
        entered.await();
        assertThat(gauge("pending", "slow")).isEqualTo(1);
        assertThat(gauge("gap", "slow")).isZero();

        leave.countDown();
        await().untilAsserted(() -> assertThat(gauge("pending", "slow")).isZero());
        assertThat(records("decision", "slow")).isEqualTo(1);
    }

    @Test
    void whatEndsAfterItsRouteWasStoppedIsSettledToo() throws Exception {
        DeliveryPolicy policy = context.getRegistry().lookupByNameAndType("delivery", DeliveryPolicy.class);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:late").routeId("late").routePolicyRef("delivery").to("aiflow:infer:claims");
            }
        });
        Route route = context.getRoute("late");
        Exchange exchange = new DefaultExchange(context);

        policy.onExchangeBegin(route, exchange);
        context.getRouteController().stopRoute("late");
        policy.onExchangeDone(route, exchange);

        context.getRouteController().startRoute("late");
        assertThat(gauge("pending", "late")).isZero();
        assertThat(gauge("gap", "late")).isEqualTo(1);
    }

    @Test
    void countsOutliveAStopAndMetersDoNot() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:stopped")
                        .routeId("stopped")
                        .routePolicyRef("delivery")
                        .to("aiflow:infer:claims");
            }
        });
        send("direct:stopped", good(), Map.of());

        context.getRouteController().stopRoute("stopped");
        assertThat(meters.find("aiflow.delivery.gap").tag("route", "stopped").gauge())
                .isNull();
        context.getRouteController().startRoute("stopped");
        send("direct:stopped", good(), Map.of());
        assertThat(records("decision", "stopped")).isEqualTo(2);
    }
}
