package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.DeliverCalls.Item;
import io.github.camelaiflow.data.Prediction;
import io.github.camelaiflow.data.Predictions;
import io.github.camelaiflow.delivery.Incoming;
import io.github.camelaiflow.delivery.Origin;
import io.github.camelaiflow.delivery.Outcome;
import io.github.camelaiflow.delivery.Outcome.DeadLetter;
import io.github.camelaiflow.delivery.Outcome.Decision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Camel's own error handler tries steps again behind a delivered batch: it brings back the message, but no property. */
class DeliverRedeliveryTest {

    private static final String WRONG = "{\"id\": \"c1\", \"amount\": -5, \"type\": \"fire\"}";

    /** Ids of predictions, a list each time. */
    private final Queue<List<String>> predicted = new ConcurrentLinkedQueue<>();

    private final AtomicInteger tries = new AtomicInteger();

    private CamelContext context;

    @BeforeEach
    void start(@TempDir Path temp) throws Exception {
        context = new FlowFolder(temp).context(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                again("direct:validated", "direct:validate-score");
                from("direct:validate-score")
                        .to("aiflow:validate:claims?onInvalid=split")
                        .to("direct:score");
                again("direct:shortened", "direct:shorten-score");
                from("direct:shorten-score")
                        .process(DeliverRedeliveryTest::dropLast)
                        .to("direct:score");
                again("direct:validated-shortened", "direct:validate-shorten");
                from("direct:validate-shorten")
                        .to("aiflow:validate:claims?onInvalid=split")
                        .to("direct:again-shorten")
                        .to("log:done?level=OFF");
                again("direct:again-shorten", "direct:shorten-score");
                from("direct:score")
                        .to("aiflow:infer:claims")
                        .process(DeliverRedeliveryTest.this::note)
                        .to("aiflow:infer:claims")
                        .process(DeliverRedeliveryTest.this::note)
                        .process(exchange -> {
                            if (tries.incrementAndGet() < 3) {
                                throw new IllegalStateException("a sink is away");
                            }
                        })
                        .process(DeliverRedeliveryTest::decide);
            }

            private void again(String from, String to) {
                from(from)
                        .errorHandler(defaultErrorHandler()
                                .maximumRedeliveries(5)
                                .redeliveryDelay(0)
                                .logExhausted(false))
                        .to(to);
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private static void dropLast(Exchange exchange) {
        List<?> bodies = (List<?>) exchange.getMessage().getBody();
        exchange.getMessage().setBody(new ArrayList<>(bodies.subList(0, bodies.size() - 1)));
    }

    private void note(Exchange exchange) {
        predicted.add(exchange.getMessage().getHeader(AiflowConstants.PREDICTION, Predictions.class).stream()
                .map(Prediction::id)
                .toList());
    }

    private static void decide(Exchange exchange) {
        exchange.getMessage()
                .setBody(exchange.getMessage().getHeader(AiflowConstants.PREDICTION, Predictions.class).stream()
                        .map(Prediction::key)
                        .toList());
    }

    private List<Outcome> process(String route) throws Exception {
        List<Incoming> records = List.of(
                DeliveredRoute.record(0, DeliveredRoute.claim(0)),
                DeliveredRoute.record(1, WRONG),
                DeliveredRoute.record(2, DeliveredRoute.claim(2)),
                DeliveredRoute.record(3, DeliveredRoute.claim(3)));
        List<Outcome> outcomes = DeliveredRoute.batches(context, route, 0).process(records);
        assertThat(tries).as("of one exchange").hasValue(3);
        return outcomes;
    }

    private static String told(Outcome outcome) {
        return outcome instanceof DeadLetter ? DeliveredRoute.reason(outcome) : DeliveredRoute.value(outcome);
    }

    @Test
    void whatWasRejectedIsValidatedAgain() throws Exception {
        assertThat(process("direct:validated"))
                .extracting(DeliverRedeliveryTest::told)
                .containsExactly("c0", "INVALID", "c2", "c3");
    }

    @Test
    void whatWasDroppedComesBack() throws Exception {
        List<Outcome> outcomes = process("direct:shortened");

        assertThat(outcomes.get(3)).isInstanceOf(DeadLetter.class);
        assertThat(DeliveredRoute.reason(outcomes.get(3))).isEqualTo("UNDECIDED");
        assertThat(outcomes.subList(0, 3))
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Decision.class));
    }

    @Test
    void whatWasRejectedBeforeTheStepThatIsTriedAgainStaysSo() throws Exception {
        assertThat(process("direct:validated-shortened"))
                .extracting(DeliverRedeliveryTest::told)
                .containsExactly("c0", "INVALID", "c2", "UNDECIDED");
    }

    @Test
    void idsArePerStepAndTheSameEachTime() throws Exception {
        process("direct:validated");

        List<List<String>> ids = List.copyOf(predicted);
        assertThat(ids).hasSize(6);
        assertThat(ids.get(0))
                .containsExactly(
                        new Origin("claims", 0, 0).decisionId("claims"),
                        new Origin("claims", 0, 2).decisionId("claims"),
                        new Origin("claims", 0, 3).decisionId("claims"));
        assertThat(ids.get(1)).doesNotContainAnyElementsOf(ids.get(0));
        assertThat(List.of(ids.get(2), ids.get(4))).containsOnly(ids.get(0));
        assertThat(List.of(ids.get(3), ids.get(5))).containsOnly(ids.get(1));
    }

    @Test
    void noBodyIsNobodys() {
        DeliveredBodies bodies = DeliveredBodies.of(List.of(new Item(DeliveredRoute.record(0, ""), "")));

        assertThat(bodies.whose(null)).isEmpty();
        assertThat(bodies.whose("")).containsExactly(new Origin("claims", 0, 0));
    }
}
