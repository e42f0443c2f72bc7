package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.data.Prediction;
import io.github.camelaiflow.data.Predictions;
import io.github.camelaiflow.delivery.Origin;
import io.github.camelaiflow.delivery.Outcome;
import io.github.camelaiflow.delivery.Outcome.DeadLetter;
import io.github.camelaiflow.delivery.Outcome.Decision;
import io.github.camelaiflow.delivery.OutcomesException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes that move, drop and divide the records of a delivered batch: no record gets what was decided about another. */
class DeliverOrderTest {

    /** Ids of predictions, in the order they were made. */
    private final Queue<Prediction> predicted = new ConcurrentLinkedQueue<>();

    private CamelContext context;

    @BeforeEach
    void start(@TempDir Path temp) throws Exception {
        context = new FlowFolder(temp).context(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:plain").to("aiflow:infer:claims").process(DeliverOrderTest::decide);
                from("direct:reversed")
                        .process(DeliverOrderTest::reverse)
                        .to("aiflow:validate:claims?onInvalid=split")
                        .to("aiflow:infer:claims")
                        .process(DeliverOrderTest::decide);
                from("direct:reversed-late")
                        .to("aiflow:infer:claims")
                        .process(DeliverOrderTest::reverse)
                        .to("aiflow:validate:claims?onInvalid=mark")
                        .process(DeliverOrderTest::decide);
                from("direct:swapped")
                        .process(exchange -> {
                            List<Object> bodies = bodies(exchange);
                            Collections.swap(bodies, 0, 1);
                            bodies.set(2, DeliveredRoute.claim(2));
                            exchange.getMessage().setBody(bodies);
                        })
                        .to("aiflow:infer:claims")
                        .process(DeliverOrderTest::decide);
                from("direct:shortened")
                        .process(exchange -> {
                            List<Object> bodies = bodies(exchange);
                            bodies.remove(1);
                            exchange.getMessage().setBody(bodies);
                        })
                        .to("aiflow:infer:claims")
                        .process(DeliverOrderTest::decide);
                from("direct:doubled")
                        .process(exchange -> {
                            List<Object> bodies = bodies(exchange);
                            bodies.set(1, bodies.get(0));
                            exchange.getMessage().setBody(bodies);
                        })
                        .to("aiflow:infer:claims")
                        .process(DeliverOrderTest::decide);
                from("direct:dropped-later")
                        .to("aiflow:infer:claims")
                        .process(DeliverOrderTest::decide)
                        .process(exchange -> exchange.getMessage()
                                .setBody(bodies(exchange)
                                        .subList(1, bodies(exchange).size())));
                from("direct:filtered")
                        .filter(exchange -> false)
                        .to("aiflow:infer:claims")
                        .process(DeliverOrderTest::decide)
                        .end();
                from("direct:divided")
                        .split(body(), new GroupedBodyAggregationStrategy())
                        .to("aiflow:infer:claims")
                        .process(DeliverOrderTest.this::note)
                        .setBody(simple("${header.CamelAiflowPredictionId}"))
                        .end();
                from("direct:divided-before")
                        .split(body(), new GroupedBodyAggregationStrategy())
                        .setHeader("looked", constant(true))
                        .end()
                        .to("aiflow:infer:claims")
                        .process(DeliverOrderTest.this::note)
                        .process(DeliverOrderTest::decide);
                from("direct:twice")
                        .to("aiflow:infer:claims")
                        .process(DeliverOrderTest.this::note)
                        .to("aiflow:infer:claims")
                        .process(DeliverOrderTest.this::note)
                        .process(DeliverOrderTest::decide);
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private static List<Object> bodies(Exchange exchange) {
        return new ArrayList<>((List<?>) exchange.getMessage().getBody());
    }

    private static void reverse(Exchange exchange) {
        List<Object> bodies = bodies(exchange);
        Collections.reverse(bodies);
        exchange.getMessage().setBody(bodies);
    }

    /** The decision names the record it is about. */
    private static void decide(Exchange exchange) {
        Predictions predictions = exchange.getMessage().getHeader(AiflowConstants.PREDICTION, Predictions.class);
        exchange.getMessage()
                .setBody(predictions.stream()
                        .map(one -> one.key() + " " + one.id())
                        .toList());
    }

    private void note(Exchange exchange) {
        Object found = exchange.getMessage().getHeader(AiflowConstants.PREDICTION);
        predicted.addAll(found instanceof Predictions list ? list : List.of((Prediction) found));
    }

    private List<Outcome> process(String route, int records) throws Exception {
        return DeliveredRoute.batches(context, route, 3).process(DeliveredRoute.claims(records));
    }

    private static String id(long offset) {
        return new Origin("claims", 0, offset).decisionId("claims");
    }

    /** It is about the record that it is told of, under its id. */
    private static void assertItsOwn(Outcome outcome) {
        long offset = outcome.origin().offset();
        assertThat(outcome).isInstanceOf(Decision.class);
        assertThat(DeliveredRoute.value(outcome)).isEqualTo("c" + offset + " " + id(offset));
        assertThat(((Decision) outcome).id()).isEqualTo(id(offset));
    }

    @Test
    void recordsInAnotherOrderKeepTheirOwnDecisions() throws Exception {
        assertThat(process("direct:reversed", 5)).hasSize(5).allSatisfy(DeliverOrderTest::assertItsOwn);
    }

    @Test
    void anOrderThatChangesBehindThePredictionsIsRefused() {
        assertThatThrownBy(() -> process("direct:reversed-late", 4))
                .isInstanceOf(OutcomesException.class)
                .hasMessageContaining("route-1")
                .hasMessageContaining("order in which aiflow:infer was given them");
    }

    @Test
    void anOrderThatCannotBeFollowedIsRefused() {
        assertThatThrownBy(() -> process("direct:swapped", 4))
                .isInstanceOf(OutcomesException.class)
                .hasMessageContaining("must stay in its order")
                .hasMessageContaining("batch=false");
    }

    @Test
    void aRecordThatIsDroppedIsADeadLetterAndTakesNoneAlong() throws Exception {
        List<Outcome> outcomes = process("direct:shortened", 4);

        assertThat(outcomes.get(1)).isInstanceOf(DeadLetter.class);
        assertThat(DeliveredRoute.reason(outcomes.get(1))).isEqualTo("UNDECIDED");
        assertThat(List.of(outcomes.get(0), outcomes.get(2), outcomes.get(3)))
                .allSatisfy(DeliverOrderTest::assertItsOwn);
    }

    @Test
    void aRecordThatStandsTwiceIsRefused() {
        assertThatThrownBy(() -> process("direct:doubled", 4))
                .isInstanceOf(OutcomesException.class)
                .hasMessageContaining("no record twice");
    }

    @Test
    void aDecisionThatIsDroppedIsMissed() {
        assertThatThrownBy(() -> process("direct:dropped-later", 4))
                .isInstanceOf(OutcomesException.class)
                .hasMessageContaining("route-1")
                .hasMessageContaining("left 3 bodies");
    }

    @Test
    void aFilterLeavesWhatItHoldsBackUndecided() throws Exception {
        assertThat(process("direct:filtered", 3)).hasSize(3).allSatisfy(outcome -> assertThat(
                        DeliveredRoute.reason(outcome))
                .isEqualTo("UNDECIDED"));
    }

    @Test
    void withinASplitOfABatchIdsAreThoseOfTheRecords() throws Exception {
        List<Outcome> outcomes = process("direct:divided", 4);

        assertThat(predicted).extracting(Prediction::id).containsExactly(id(0), id(1), id(2), id(3));
        assertThat(outcomes).hasSize(4).allSatisfy(outcome -> assertThat(DeliveredRoute.value(outcome))
                .isEqualTo(((Decision) outcome).id()));
    }

    @Test
    void afterASplitOfABatchIdsAreThoseOfTheRecords() throws Exception {
        assertThat(process("direct:divided-before", 4)).hasSize(4).allSatisfy(DeliverOrderTest::assertItsOwn);
    }

    @Test
    void aSecondStepOfTheFlowHasIdsOfItsOwnTheSameEachTime() throws Exception {
        process("direct:twice", 3);
        List<String> first = predicted.stream().map(Prediction::id).toList();
        predicted.clear();
        List<Outcome> outcomes = process("direct:twice", 3);

        assertThat(first)
                .startsWith(id(0), id(1), id(2))
                .doesNotHaveDuplicates()
                .hasSize(6);
        assertThat(new HashSet<>(first))
                .containsExactlyInAnyOrderElementsOf(
                        predicted.stream().map(Prediction::id).toList());
        assertThat(outcomes)
                .extracting(outcome -> ((Decision) outcome).id())
                .as("the decision is the record's")
                .containsExactly(id(0), id(1), id(2));
    }
}
