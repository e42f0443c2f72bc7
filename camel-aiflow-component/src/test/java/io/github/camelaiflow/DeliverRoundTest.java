package io.github.camelaiflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.DeliverExchanges.RedeliverException;
import io.github.camelaiflow.delivery.Incoming;
import io.github.camelaiflow.delivery.Outcome;
import io.github.camelaiflow.delivery.Outcome.DeadLetter;
import io.github.camelaiflow.delivery.Outcome.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records at which a step breaks down by no fault of the data that it could name, and their neighbours. */
class DeliverRoundTest {

    private final AtomicInteger calls = new AtomicInteger();
    /** Bodies at which the step breaks down. */
    private volatile Set<String> poison = Set.of();
    /** Calls from this one on find nothing that answers. */
    private volatile int downFrom = Integer.MAX_VALUE;

    private CamelContext context;

    @BeforeEach
    void start() throws Exception {
        context = new DefaultCamelContext();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:decide").process(DeliverRoundTest.this::decide);
                from("direct:mended")
                        .doTry()
                        .to("direct:failing")
                        .doCatch(Exception.class)
                        .process(exchange -> exchange.getMessage().setBody(decisions(exchange)))
                        .end();
                from("direct:failing").errorHandler(defaultErrorHandler()).process(exchange -> {
                    throw new IllegalStateException("away");
                });
                from("direct:handled")
                        .errorHandler(deadLetterChannel("direct:taken"))
                        .process(exchange -> {
                            throw new IllegalStateException("away");
                        });
                from("direct:taken").process(exchange -> exchange.getMessage().setBody(decisions(exchange)));
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private void decide(Exchange exchange) {
        if (calls.incrementAndGet() >= downFrom) {
            throw new IllegalStateException("away");
        }
        List<String> decisions = decisions(exchange);
        if (decisions.stream().anyMatch(poison::contains)) {
            throw new IllegalStateException("breaks down");
        }
        exchange.getMessage()
                .setBody(exchange.getMessage().getBody() instanceof List<?> ? decisions : decisions.get(0));
    }

    private static List<String> decisions(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        List<?> bodies = body instanceof List<?> list ? list : List.of(body);
        return bodies.stream()
                .map(value -> "decided " + new String((byte[]) value, UTF_8))
                .toList();
    }

    private static List<Incoming> records(int count) {
        return IntStream.range(0, count)
                .mapToObj(offset -> DeliveredRoute.record(offset, "r" + offset))
                .toList();
    }

    /** Asks until all is decided; gives how often that failed before. */
    private static int redelivered(DeliverExchanges exchanges, List<Incoming> records, List<Outcome> outcomes)
            throws Exception {
        for (int times = 0; times < 1_000; times++) {
            try {
                outcomes.addAll(exchanges.process(records));
                return times;
            } catch (RedeliverException e) {
                // again
            }
        }
        throw new AssertionError("never decided");
    }

    @Test
    void triesOfAPoisonAreItsOwn() throws Exception {
        poison = Set.of("decided r17");
        DeliverExchanges exchanges = DeliveredRoute.batches(context, "direct:decide", 5);
        List<Incoming> records = records(32);

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> exchanges.process(records)).isInstanceOf(RedeliverException.class);
        }
        // The poison is given up now, and in this very moment what all need goes away
        downFrom = calls.get() + 2;
        assertThatThrownBy(() -> exchanges.process(records))
                .as("its neighbours have not failed before")
                .isInstanceOf(RedeliverException.class);
        downFrom = Integer.MAX_VALUE;
        List<Outcome> outcomes = exchanges.process(records);

        assertThat(outcomes).filteredOn(DeadLetter.class::isInstance).containsExactly(outcomes.get(17));
        assertThat(DeliveredRoute.reason(outcomes.get(17))).isEqualTo("IllegalStateException");
    }

    @Test
    void itsNeighboursAreNotAskedAboutAgainBeforeItIsGivenUp() throws Exception {
        poison = Set.of("decided r3");
        DeliverExchanges exchanges = DeliveredRoute.batches(context, "direct:decide", 20);
        List<Incoming> records = records(64);

        assertThatThrownBy(() -> exchanges.process(records)).isInstanceOf(RedeliverException.class);
        int first = calls.get();
        List<Outcome> outcomes = new ArrayList<>();
        assertThat(redelivered(exchanges, records, outcomes)).isEqualTo(19);

        assertThat(first).as("the batch, a witness, halves").isLessThanOrEqualTo(2 + 2 * 6);
        assertThat(calls.get() - first).as("it alone, then once the others").isEqualTo(20 + 1);
        assertThat(outcomes).filteredOn(DeadLetter.class::isInstance).hasSize(1);
    }

    @Test
    void severalPoisonsAreGivenUpTogether() throws Exception {
        poison = Set.of("decided r0", "decided r1", "decided r9", "decided r15");
        DeliverExchanges exchanges = DeliveredRoute.batches(context, "direct:decide", 4);
        List<Outcome> outcomes = new ArrayList<>();

        int times = redelivered(exchanges, records(16), outcomes);

        assertThat(times).isLessThanOrEqualTo(2 * 4);
        assertThat(outcomes)
                .filteredOn(DeadLetter.class::isInstance)
                .extracting(outcome -> outcome.origin().offset())
                .containsExactly(0L, 1L, 9L, 15L);
    }

    @Test
    void ofTwoRecordsTheInnocentOneIsNeverTakenAlong() throws Exception {
        for (int bad = 0; bad < 2; bad++) {
            poison = Set.of("decided r" + bad);
            List<Outcome> outcomes = new ArrayList<>();
            redelivered(DeliveredRoute.batches(context, "direct:decide", 3), records(2), outcomes);

            assertThat(outcomes.get(bad)).isInstanceOf(DeadLetter.class);
            assertThat(outcomes.get(1 - bad)).isInstanceOf(Decision.class);
        }
    }

    @Test
    void whileNothingAnswersABatchCostsTwoCallsATry() throws Exception {
        downFrom = 0;
        DeliverExchanges exchanges = DeliveredRoute.batches(context, "direct:decide", 6);
        List<Incoming> records = records(50);

        for (int i = 0; i < 6; i++) {
            assertThatThrownBy(() -> exchanges.process(records)).isInstanceOf(RedeliverException.class);
        }
        assertThat(calls).hasValue(12);
        assertThat(exchanges.process(records)).hasSize(50).allMatch(DeadLetter.class::isInstance);
    }

    @Test
    void whatAnswersAgainGivesAllTheirTriesBack() throws Exception {
        DeliverExchanges exchanges = DeliveredRoute.batches(context, "direct:decide", 2);
        for (int i = 0; i < 5; i++) {
            downFrom = 0;
            for (int j = 0; j < 2; j++) {
                assertThatThrownBy(() -> exchanges.process(records(8))).isInstanceOf(RedeliverException.class);
            }
            downFrom = Integer.MAX_VALUE;
            assertThat(exchanges.process(records(8))).allMatch(Decision.class::isInstance);
        }
    }

    @Test
    void recordsWithExchangesOfTheirOwnHaveTriesOfTheirOwn() throws Exception {
        poison = Set.of("decided r0");
        DeliverExchanges exchanges = DeliveredRoute.singles(context, "direct:decide", 3);
        List<Outcome> outcomes = new ArrayList<>();

        int times = redelivered(exchanges, records(10), outcomes);

        assertThat(times).isEqualTo(3);
        assertThat(outcomes).filteredOn(DeadLetter.class::isInstance).containsExactly(outcomes.get(0));
    }

    @Test
    void whileNothingAnswersRecordsWithExchangesOfTheirOwnAreTriedNoLongerThanABatch() throws Exception {
        downFrom = 0;
        List<Outcome> outcomes = new ArrayList<>();

        int times = redelivered(DeliveredRoute.singles(context, "direct:decide", 3), records(40), outcomes);

        assertThat(times).isEqualTo(3);
        assertThat(outcomes).hasSize(40).allMatch(DeadLetter.class::isInstance);
    }

    @Test
    void whatDoCatchHasMendedIsDecided() throws Exception {
        List<Outcome> outcomes =
                DeliveredRoute.batches(context, "direct:mended", 0).process(records(4));

        assertThat(outcomes).allMatch(Decision.class::isInstance);
        assertThat(DeliveredRoute.value(outcomes.get(3))).isEqualTo("decided r3");
    }

    @Test
    void whatAnErrorHandlerHasTakenIsNoDecision() throws Exception {
        List<Outcome> outcomes =
                DeliveredRoute.batches(context, "direct:handled", 0).process(records(4));

        assertThat(outcomes).allMatch(DeadLetter.class::isInstance);
    }
}
