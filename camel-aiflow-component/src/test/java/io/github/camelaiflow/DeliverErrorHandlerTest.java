package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.delivery.Incoming;
import io.github.camelaiflow.delivery.Outcome;
import io.github.camelaiflow.delivery.Outcome.Decision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a route's own error handling does behind a delivered batch of ten with one poison record, LINT-24. */
class DeliverErrorHandlerTest {

    private static final int POISON = 3;

    @TempDir
    private Path temp;

    /** How it ended: what was sent beside the outcomes, and the outcomes. */
    private record Ended(List<Object> sent, List<Outcome> outcomes) {

        long decided() {
            return outcomes.stream().filter(Decision.class::isInstance).count();
        }
    }

    private static void decide(Exchange exchange) {
        List<Object> decisions = new ArrayList<>();
        for (Object body : (List<?>) exchange.getMessage().getBody()) {
            String text = exchange.getContext().getTypeConverter().convertTo(String.class, body);
            if (text.contains("\"c" + POISON + "\"")) {
                throw new IllegalArgumentException("poison");
            }
            decisions.add("decided " + text);
        }
        exchange.getMessage().setBody(decisions);
    }

    private Ended run(RouteBuilder routes) throws Exception {
        CamelContext context = new FlowFolder(temp).context(routes);
        context.start();
        try {
            List<Incoming> records = DeliveredRoute.claims(10);
            List<Outcome> outcomes =
                    DeliveredRoute.batches(context, "direct:in", 0).process(records);
            List<Object> sent = context.getEndpoint("mock:dead", MockEndpoint.class).getReceivedExchanges().stream()
                    .map(exchange -> exchange.getMessage().getBody())
                    .toList();
            return new Ended(sent, outcomes);
        } finally {
            context.stop();
        }
    }

    @Test
    void withoutOneThePoisonRecordAloneIsADeadLetter() throws Exception {
        Ended ended = run(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:in").process(DeliverErrorHandlerTest::decide);
            }
        });
        assertThat(ended.sent()).isEmpty();
        assertThat(ended.decided()).isEqualTo(9);
    }

    @Test
    void aDeadLetterChannelSendsRecordsThatAreDecidedToo() throws Exception {
        Ended ended = run(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .errorHandler(deadLetterChannel("mock:dead").deadLetterHandleNewException(false))
                        .process(DeliverErrorHandlerTest::decide);
            }
        });
        decidedAndDead(ended);
    }

    @Test
    void soDoesAnOnExceptionThatIsHandledAndSends() throws Exception {
        Ended ended = run(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .onException(IllegalArgumentException.class)
                        .handled(true)
                        .to("mock:dead")
                        .end()
                        .process(DeliverErrorHandlerTest::decide);
            }
        });
        decidedAndDead(ended);
    }

    /** It is asked about by halves all the same, and each time that fails its list is sent, outside of what is committed: records that are decided, too. */
    private static void decidedAndDead(Ended ended) {
        assertThat(ended.decided()).isEqualTo(9);
        List<Object> dead =
                ended.sent().stream().flatMap(list -> ((List<?>) list).stream()).collect(Collectors.toList());
        assertThat(ended.sent()).hasSize(5);
        assertThat(dead).hasSize(21);
        assertThat(ended.sent().get(0))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(10);
    }
}
