package io.github.camelaiflow.lint;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.AiflowComponent;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** LINT-24; what it spares records is shown by DeliverErrorHandlerTest. */
class DeliveredRoutesLintTest {

    private final DefaultCamelContext context = new DefaultCamelContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void aDeliveredRouteLeavesFailuresToItsConsumer() throws Exception {
        String deliver = "aiflow:deliver:claims?topic=in&out=o&dead=d&brokers=localhost:1&groupId=";
        context.getComponent("kafka", KafkaComponent.class).getConfiguration().setBrokers("localhost:1");
        context.getComponent("aiflow", AiflowComponent.class).setLint(LintMode.OFF);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(deliver + "1")
                        .routeId("channel")
                        .errorHandler(deadLetterChannel("kafka:dead").deadLetterHandleNewException(false))
                        .to("log:x");
                from(deliver + "2")
                        .routeId("handler")
                        .onException(IllegalStateException.class)
                        .handled(true)
                        .to("direct:dead")
                        .end()
                        .to("log:x");
                from("direct:dead").to("kafka:dead");
                from(deliver + "3").routeId("caller").to("direct:called");
                from("direct:called")
                        .routeId("called")
                        .errorHandler(deadLetterChannel("direct:dead").deadLetterHandleNewException(false))
                        .to("log:x");
                from(deliver + "4")
                        .routeId("stand-in")
                        .onException(IllegalStateException.class)
                        .handled(true)
                        .to("direct:rules")
                        .end()
                        .to("direct:rules");
                from("direct:rules").to("aiflow:infer:claims");
                from(deliver + "5")
                        .routeId("told")
                        .onException(IllegalStateException.class)
                        .to("direct:dead")
                        .end()
                        .to("log:x");
                from("timer:x")
                        .errorHandler(deadLetterChannel("direct:dead").deadLetterHandleNewException(false))
                        .to("log:x");
            }
        });
        assertThatThrownBy(context::init)
                .isInstanceOf(LintException.class)
                .hasMessageContaining(
                        "not started: LINT-24 in route channel, LINT-24 in route handler, LINT-24 in route called;");
    }
}
