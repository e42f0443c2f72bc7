package io.github.camelaiflow.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.wire.InboundEdge;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is read of routes. */
class LintedRoutesTest {

    /** The consumer of docs/delivery.md, which loses nothing. */
    private static final String SOUND =
            "kafka:in?groupId=g&maxPollRecords=50&autoOffsetReset=earliest&autoCommitEnable=false"
                    + "&allowManualCommit=true&breakOnFirstError=true&pollOnError=RECONNECT&kafkaManualCommitFactory=#class:"
                    + "org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommitFactory";

    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void brokers() {
        context.getComponent("kafka", KafkaComponent.class).getConfiguration().setBrokers("localhost:1");
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private LintReport report() {
        return context.getComponent("aiflow", AiflowComponent.class).lintReport();
    }

    private void add(String yaml) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("routes.yaml", yaml));
    }

    @Test
    void readsPlaceholdersTemplatesAndTheComponentsOptions() throws Exception {
        context.getPropertiesComponent().addInitialProperty("my.acks", "1");
        context.getComponent("kafka", KafkaComponent.class).getConfiguration().setTransacted(true);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                routeTemplate("out")
                        .templateParameter("topic")
                        .from("direct:{{topic}}")
                        .to("kafka:{{topic}}?requestRequiredAcks={{my.acks}}&enableIdempotence=false");
                from("direct:dynamic").routeId("dynamic").toD("kafka:${header.topic}?requestRequiredAcks=0");
            }
        });
        TemplatedRouteBuilder.builder(context, "out")
                .parameter("topic", "claims")
                .routeId("made")
                .add();
        context.init();
        assertThat(report().violations())
                .extracting(
                        violation -> violation.route() + " " + violation.rule().id())
                .containsExactlyInAnyOrder("made LINT-01", "made LINT-21", "dynamic LINT-01", "dynamic LINT-21");
    }

    @Test
    void routeConfigurationsAndTheContextsErrorHandlerCount() throws Exception {
        add("""
            - routeConfiguration:
                id: errors
                errorHandler:
                  deadLetterChannel:
                    deadLetterUri: direct:dead
            - route:
                id: configured
                routeConfigurationId: errors
                from:
                  uri: seda:in
                  steps:
                    - to: log:ok
            - route:
                id: plain
                from:
                  uri: direct:dead
                  steps:
                    - to: log:dead
            """);
        context.start();
        assertThat(report().violations())
                .extracting(
                        violation -> violation.route() + " " + violation.rule().id())
                .containsExactly("configured LINT-10");
    }

    @Test
    void aKafkaConsumerWithDefaultsBreaksWhatTheDocumentsSay() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kafka:in").to("log:ok");
            }
        });
        context.init();
        assertThat(report().counts().keySet()).containsExactly("LINT-05", "LINT-11", "LINT-13", "LINT-18");
    }

    @Test
    void aBeanCanSayThatItStripsHeaders() throws Exception {
        class Edge implements Processor, StripsHeaders {
            @Override
            public void process(Exchange exchange) {
                exchange.getMessage().removeHeaders("*");
            }
        }
        // stands in for an HTTP server
        context.addComponent("servlet", new DirectComponent());
        context.getRegistry().bind("edge", new Edge());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("servlet:stripped").routeId("stripped").process("edge").to("kafka:out");
                from("servlet:open").routeId("open").to("kafka:out");
            }
        });
        context.init();
        assertThat(report().violations())
                .extracting(
                        violation -> violation.route() + " " + violation.rule().id())
                .containsExactly("open LINT-22");
    }

    @Test
    void beansInABeanStepOrEndpointSaySoToo() throws Exception {
        context.addComponent("servlet", new DirectComponent());
        context.getRegistry().bind("edge", new InboundEdge());
        context.getRegistry().bind("other", new StringBuilder());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("servlet:ref").bean("edge").to("kafka:out");
                from("servlet:given").bean(new InboundEdge()).to("kafka:out");
                from("servlet:type").bean(InboundEdge.class).to("kafka:out");
                from("servlet:endpoint").to("bean:edge").to("kafka:out");
                from("servlet:class").to("class:" + InboundEdge.class.getName()).to("kafka:out");
                from("servlet:other").routeId("other").bean("other", "length").to("kafka:out");
                from("servlet:others")
                        .routeId("others")
                        .to("bean:other?method=length")
                        .to("kafka:out");
            }
        });
        context.init();
        assertThat(report().violations())
                .extracting(
                        violation -> violation.route() + " " + violation.rule().id())
                .containsExactly("other LINT-22", "others LINT-22");
    }

    @Test
    void aBreakerAroundStepsOfARouteThatItCallsIsSeen() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .routeId("in")
                        .circuitBreaker()
                        .resilience4jConfiguration()
                        .ignoreException(IllegalStateException.class)
                        .end()
                        .to("direct:between")
                        .end();
                from("direct:between").choice().when(body().isNotNull()).to("direct:ask");
                from("direct:ask").to("aiflow:infer:claims").to("direct:between");
                from("direct:plain")
                        .circuitBreaker()
                        .resilience4jConfiguration()
                        .ignoreException(IllegalStateException.class)
                        .end()
                        .to("direct:nothing")
                        .end();
                from("direct:nothing").to("log:x");
            }
        });
        context.init();
        assertThat(report().violations())
                .extracting(
                        violation -> violation.route() + " " + violation.rule().id())
                .containsExactly("in LINT-14");
    }

    @Test
    void aRedeliveryPolicyOfTheRegistryCountsAndStaysUsable() throws Exception {
        RedeliveryPolicy slow = new RedeliveryPolicy();
        slow.setMaximumRedeliveries(10);
        slow.setRedeliveryDelay(40_000);
        context.getRegistry().bind("slow", slow);
        RedeliveryPolicy quick = new RedeliveryPolicy();
        quick.setMaximumRedeliveries(10);
        quick.setRedeliveryDelay(10);
        context.getRegistry().bind("quick", quick);
        context.getRegistry()
                .bind(
                        "defined",
                        new RedeliveryPolicyDefinition().maximumRedeliveries(10).redeliveryDelay(40_000));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                channel("slow");
                channel("quick");
                channel("defined");
                from(SOUND)
                        .autoStartup(false)
                        .routeId("handler")
                        .onException(IllegalStateException.class)
                        .redeliveryPolicyRef("slow")
                        .to("log:failed")
                        .end()
                        .to("log:x");
                from("direct:default")
                        .errorHandler(defaultErrorHandler().redeliveryPolicyRef("quick"))
                        .to("log:x");
            }

            private void channel(String policy) {
                from(SOUND)
                        .autoStartup(false)
                        .routeId(policy)
                        .errorHandler(deadLetterChannel("direct:dead")
                                .deadLetterHandleNewException(false)
                                .redeliveryPolicyRef(policy))
                        .to("log:x");
            }
        });
        context.start();
        assertThat(report().violations())
                .extracting(
                        violation -> violation.route() + " " + violation.rule().id())
                .containsExactlyInAnyOrder("slow LINT-20", "defined LINT-20", "handler LINT-20");
    }

    @Test
    void ordinaryRoutesThatLoseNothingAreNotToldOf() throws Exception {
        context.addComponent("servlet", new DirectComponent());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(IllegalStateException.class).handled(true).recipientList(header("dead"));
                onException(IllegalArgumentException.class).handled(true).routingSlip(header("dead"));
                interceptFrom("servlet:intercepted").removeHeaders("kafka.*");
                from("servlet:edge").process(new InboundEdge()).to("kafka:out");
                from("servlet:intercepted").to("kafka:out");
                from(SOUND)
                        .to(ExchangePattern.InOut, "seda:worked")
                        .enrich("seda:worked")
                        .doTry()
                        .to("direct:last")
                        .doCatch(Exception.class)
                        .recipientList(header("dead"))
                        .end();
                from("seda:worked").to("direct:last");
                from("direct:last").to("log:ok");
            }
        });
        context.init();
        assertThat(report().violations()).isEmpty();
    }

    @Test
    void aQueueThatDoesNotWaitForAnAnswerEither() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(SOUND).to(ExchangePattern.InOut, "seda:worked?waitForTaskToComplete=Never");
            }
        });
        context.init();
        assertThat(report().counts().keySet()).containsExactly("LINT-16");
    }

    /** Two ways from each route to the next are a billion ways through thirty. */
    @Test
    @Timeout(30)
    void routesThatCallEachOtherOftenAreLintedSoon() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (int i = 0; i < 30; i++) {
                    from("direct:" + i).to("direct:" + (i + 1)).to("direct:" + (i + 1));
                }
                from("direct:30").to("log:ok");
            }
        });
        context.init();
        assertThat(report().violations()).isEmpty();
    }
}
