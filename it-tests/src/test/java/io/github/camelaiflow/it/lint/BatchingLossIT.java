package io.github.camelaiflow.it.lint;

import static io.github.camelaiflow.it.lint.Lab.PATIENCE;
import static io.github.camelaiflow.it.lint.Lab.SAFE;
import static io.github.camelaiflow.it.lint.Lab.from;
import static io.github.camelaiflow.it.lint.Lab.records;
import static io.github.camelaiflow.it.lint.Lab.routes;
import static io.github.camelaiflow.it.lint.Lab.send;
import static io.github.camelaiflow.it.lint.Lab.untilCommitted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Kafka consumers that hand on batches. */
@ExtendWith(Lab.class)
class BatchingLossIT {

    private final Seen seen = new Seen();

    /** LINT-02: more is committed than was processed; a process that is killed then never processes it. */
    @Test
    void batchingCommitsWhatWaitsForItsBatch() throws Exception {
        String options =
                "&autoOffsetReset=earliest&batching=true&maxPollRecords=10&pollTimeoutMs=60000&autoCommitIntervalMs=200";
        assertThat(mostAhead(options, true, 70)).isPositive();
        assertThat(mostAhead(SAFE, false, 21)).isZero();
    }

    /** How many records at most are committed and not processed, of some that come seven at a time. */
    private static long mostAhead(String options, boolean flagged, int records) throws Exception {
        String in = Lab.topic(1);
        AtomicInteger processed = new AtomicInteger();
        AtomicLong ahead = new AtomicLong();
        try (LabContext context =
                Lab.context(routes(builder -> builder.from(from(in, options)).process(exchange -> {
                    Object body = exchange.getMessage().getBody();
                    processed.addAndGet(body instanceof List<?> batch ? batch.size() : 1);
                })))) {
            context.start();
            assertThat(Lab.broken(context).contains("LINT-02")).isEqualTo(flagged);
            AtomicInteger sent = new AtomicInteger();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(400)).until(() -> {
                if (sent.get() < records) {
                    send(in, sent.get() + 1, sent.addAndGet(7));
                }
                long committed = Lab.committed(in);
                ahead.accumulateAndGet(committed - processed.get(), Math::max);
                return flagged ? ahead.get() > 0 : committed == records;
            });
        }
        return ahead.get();
    }

    /** LINT-03: one poison record. */
    @Test
    void aFailingBatchIsSkippedAsAWhole() throws Exception {
        String in = Lab.topic(1);
        send(in, 1, 10);
        try (LabContext context = Lab.context(routes(builder -> builder.from(
                        from(
                                in,
                                "&autoOffsetReset=earliest&batching=true&maxPollRecords=10&pollTimeoutMs=500&breakOnFirstError=true"))
                .process(exchange -> {
                    List<String> batch = bodies(exchange);
                    if (batch.contains("r3")) {
                        throw new IllegalStateException("planted fault");
                    }
                    batch.forEach(body -> seen.process(exchange));
                })))) {
            context.start();
            assertThat(Lab.broken(context)).contains("LINT-02", "LINT-03");
            untilCommitted(in, 10);
        }
        assertThat(seen.all()).isEmpty();
    }

    /** LINT-03 with manual commits: what the batch has sent before its poison record is sent again each time. */
    @Test
    void aFailingBatchComesAgainForEver() throws Exception {
        String in = Lab.topic(1);
        send(in, 1, 10);
        try (LabContext context = Lab.context(routes(builder -> builder.from(from(in, SAFE + "&batching=true"))
                .split(builder.body())
                .stopOnException()
                .process(BatchingLossIT::unwrap)
                .process(Fault.always("r3"))
                .process(seen)))) {
            context.start();
            assertThat(Lab.broken(context)).contains("LINT-03");
            await().atMost(PATIENCE)
                    .until(() -> seen.all().stream().filter("r1"::equals).count() >= 3);
            assertThat(Lab.committed(in)).isZero();
        }
        assertThat(seen.all()).doesNotContain("r3", "r4");
    }

    /** LINT-11: one poison record, and a good batch after it. */
    @Test
    void aBatchThatFailsIsSkippedEvenIfItDoesNotBreak() throws Exception {
        String in = Lab.topic(1);
        Fault fault = Fault.always("r3");
        send(in, 1, 10);
        try (LabContext context = Lab.context(routes(builder -> builder.from(
                        from(in, "&autoOffsetReset=earliest&batching=true&maxPollRecords=10&pollTimeoutMs=500"))
                .split(builder.body())
                .stopOnException()
                .process(BatchingLossIT::unwrap)
                .process(fault)
                .process(seen)))) {
            context.start();
            assertThat(Lab.broken(context)).contains("LINT-11").doesNotContain("LINT-03");
            await().atMost(PATIENCE).until(() -> seen.size() > 0);
            send(in, 11, 20);
            untilCommitted(in, 20);
        }
        assertThat(seen.all()).containsAll(records(11, 20)).doesNotContainAnyElementsOf(records(3, 10));
    }

    /** A record of a batch is an exchange of its own. */
    private static void unwrap(Exchange exchange) {
        Exchange record = exchange.getMessage().getBody(Exchange.class);
        exchange.getMessage().setBody(record.getMessage().getBody(String.class));
    }

    private static List<String> bodies(Exchange exchange) {
        List<String> bodies = new ArrayList<>();
        for (Object one : exchange.getMessage().getBody(List.class)) {
            bodies.add(((Exchange) one).getMessage().getBody(String.class));
        }
        return bodies;
    }

    @Test
    void recordByRecordOnlyThePoisonGoesToTheDeadLetters() throws Exception {
        String in = Lab.topic(1);
        Seen dead = new Seen();
        send(in, 1, 10);
        try (LabContext context = Lab.context(routes(builder -> {
            builder.errorHandler(builder.deadLetterChannel("direct:dead").deadLetterHandleNewException(false));
            builder.from("direct:dead").errorHandler(builder.noErrorHandler()).process(dead);
            builder.from(from(in, SAFE)).process(Fault.always("r3")).process(seen);
        }))) {
            context.start();
            assertThat(Lab.broken(context)).isEmpty();
            untilCommitted(in, 10);
        }
        assertThat(dead.all()).containsExactly("r3");
        assertThat(seen.all()).hasSize(9).doesNotHaveDuplicates();
    }

    /** LINT-04. */
    @Test
    void batchingWithoutASizeDeliversNothing() throws Exception {
        assertThat(batched("")).isFalse();
        assertThat(batched("&maxPollRecords=10")).isTrue();
    }

    private static boolean batched(String size) throws Exception {
        String in = Lab.topic(1);
        Seen batches = new Seen();
        send(in, 1, 10);
        try (LabContext context = Lab.context(routes(
                builder -> builder.from(from(in, "&autoOffsetReset=earliest&batching=true&pollTimeoutMs=200" + size))
                        .process(batches)))) {
            context.start();
            assertThat(Lab.broken(context).contains("LINT-04")).isEqualTo(size.isEmpty());
            try {
                await().atMost(Duration.ofSeconds(size.isEmpty() ? 5 : 60)).until(() -> batches.size() > 0);
                return true;
            } catch (org.awaitility.core.ConditionTimeoutException e) {
                return false;
            }
        }
    }
}
