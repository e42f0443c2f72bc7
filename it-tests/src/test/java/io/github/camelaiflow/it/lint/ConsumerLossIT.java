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
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.camel.component.kafka.consumer.errorhandler.KafkaConsumerListener;
import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Options of Kafka consumers, and what pauses them. */
@ExtendWith(Lab.class)
class ConsumerLossIT {

    private final Seen seen = new Seen();

    /** LINT-05: a restart. */
    @Test
    void withoutAGroupWhatCameMeanwhileIsLostAndThreadsDouble() throws Exception {
        String in = Lab.topic(1);
        restarted(in, "kafka:" + in + "?pollTimeoutMs=200&consumersCount=2", "LINT-05", 2);
        assertThat(seen.all()).doesNotContain("r1");
        assertThat(seen.all().stream().filter("r2"::equals)).hasSize(2);
    }

    @Test
    void withAGroupNothingIsLost() throws Exception {
        String in = Lab.topic(1);
        restarted(in, from(in, SAFE), null, 1);
        assertThat(seen.all()).contains("r1", "r2").doesNotHaveDuplicates();
    }

    /** Probes until it listens, then sends r1 while it is down and r2 after it listens again. */
    private void restarted(String in, String uri, String rule, int threads) throws Exception {
        AtomicInteger probe = new AtomicInteger(1000);
        try (LabContext context =
                Lab.context(routes(builder -> builder.from(uri).process(seen)))) {
            context.start();
            assertThat(Lab.broken(context).contains(String.valueOf(rule))).isEqualTo(rule != null);
            probe(in, probe, threads);
        }
        send(in, 1, 1);
        try (LabContext context =
                Lab.context(routes(builder -> builder.from(uri).process(seen)))) {
            context.start();
            probe(in, probe, threads);
            send(in, 2, 2);
            await().atMost(PATIENCE)
                    .until(() -> seen.all().stream().filter("r2"::equals).count() == threads);
        }
    }

    /** Sends records until one of them was seen by so many threads. */
    private void probe(String in, AtomicInteger probe, int threads) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(300)).until(() -> {
            int next = probe.incrementAndGet();
            send(in, next, next);
            return seen.all().stream().filter(("r" + (next - 1))::equals).count() == threads;
        });
    }

    /** LINT-06: one failure. */
    @Test
    void pausableReplaysTheTopic() throws Exception {
        String in = Lab.topic(1);
        KafkaConsumerListener listener = new KafkaConsumerListener();
        try (LabContext context =
                pausable(from(in, "&autoOffsetReset=earliest&pollTimeoutMs=200"), listener, () -> true)) {
            context.start();
            assertThat(Lab.broken(context)).contains("LINT-06");
            await().atMost(PATIENCE).until(() -> seen.size() >= 16);
        }
        assertThat(seen.all())
                .startsWith("r1", "r2", "r3", "r4", "r5", "r6")
                .endsWith(records(1, 10).toArray(new String[0]));
    }

    /** LINT-06: one failure, then a check that says no while the next records are polled. No safe option helps: it counts as paused for ever. */
    @Test
    void pausableThrowsAwayWhatComesWhileItsCheckSaysNo() throws Exception {
        String in = Lab.topic(1);
        KafkaConsumerListener listener = new KafkaConsumerListener();
        AtomicInteger polls = new AtomicInteger();
        try (LabContext context =
                pausable(from(in, SAFE), listener, () -> atEnd(listener) && polls.incrementAndGet() > 1)) {
            context.start();
            assertThat(Lab.broken(context)).containsExactly("LINT-06");
            await().atMost(PATIENCE).until(() -> polls.get() > 1);
            send(in, 11, 11);
            untilCommitted(in, 11);
        }
        assertThat(seen.all()).containsExactly("r1", "r2", "r3", "r4", "r5", "r6", "r11");
    }

    private static boolean atEnd(KafkaConsumerListener listener) {
        Consumer<?, ?> consumer = listener.getConsumer();
        return consumer.assignment().stream()
                .anyMatch(partition -> consumer.currentLag(partition).orElse(1) == 0);
    }

    private LabContext pausable(String uri, KafkaConsumerListener listener, BooleanSupplier ready) {
        send(uri.substring("kafka:".length(), uri.indexOf('?')), 1, 10);
        Fault fault = Fault.once("r7");
        return Lab.context(routes(builder -> builder.from(uri)
                .pausable(listener, ignored -> ready.getAsBoolean())
                .process(fault)
                .process(seen)));
    }

    /** LINT-23: a restart. */
    @Test
    void seekToReplaysOrSkipsAtEachStart() throws Exception {
        assertThat(seenAfterRestart(SAFE + "&seekTo=BEGINNING", "LINT-23", true))
                .hasSize(20);
        String in = Lab.topic(1);
        restarted(in, from(in, SAFE + "&seekTo=END"), "LINT-23", 1);
        assertThat(seen.all()).contains("r2").doesNotContain("r1");
    }

    /** LINT-11: one failure that would pass at the next try. */
    @Test
    void aFailedRecordIsSkippedUnlessItBreaks() throws Exception {
        assertThat(transientFault("&autoOffsetReset=earliest&autoCommitIntervalMs=200", true))
                .hasSize(9)
                .doesNotContain("r3");
        assertThat(transientFault(SAFE, false)).containsExactlyInAnyOrderElementsOf(records(1, 10));
    }

    /** No rule: what of the poll came before the failing record comes again, as with any commit after the work. */
    @Test
    void breakingWithAutomaticCommitsLosesNothing() throws Exception {
        String options = "&autoOffsetReset=earliest&breakOnFirstError=true&autoCommitIntervalMs=200";
        for (String size : List.of("", "&maxPollRecords=2")) {
            assertThat(transientFault(options + size, false)).as(size).containsAll(records(1, 10));
        }
    }

    private static List<String> transientFault(String options, boolean flagged) throws Exception {
        String in = Lab.topic(1);
        Seen came = new Seen();
        send(in, 1, 10);
        Fault fault = Fault.once("r3");
        try (LabContext context = Lab.context(
                routes(builder -> builder.from(from(in, options)).process(fault).process(came)))) {
            context.start();
            assertThat(Lab.broken(context).contains("LINT-11")).isEqualTo(flagged);
            untilCommitted(in, 10);
        }
        return came.all();
    }

    /** LINT-12: a restart. */
    @Test
    void whatNobodyCommitsComesAgain() throws Exception {
        String options = "&autoOffsetReset=earliest&autoCommitEnable=false&breakOnFirstError=true";
        assertThat(seenAfterRestart(options, "LINT-12", true)).hasSize(20);
        assertThat(seenAfterRestart(SAFE, "LINT-12", false)).hasSize(11);
        assertThat(sentAfterRestart(options + "&allowManualCommit=true")).hasSize(20);
        assertThat(sentAfterRestart("&autoOffsetReset=earliest&autoCommitEnable=false&pollTimeoutMs=200"
                        + "&batching=true&maxPollRecords=10"))
                .hasSize(20);
        assertThat(sentAfterRestart(SAFE + "&batching=true")).hasSize(20);
    }

    /** Without any code in the route, which could commit. */
    private static List<String> sentAfterRestart(String options) throws Exception {
        String in = Lab.topic(1);
        String out = Lab.topic(1);
        send(in, 1, 10);
        for (int start = 1; start <= 2; start++) {
            int least = start * 10;
            try (LabContext context = Lab.context(routes(builder ->
                    builder.from(from(in, options)).split(builder.body()).to("kafka:" + out)))) {
                context.start();
                assertThat(Lab.broken(context)).contains("LINT-12").doesNotContain("LINT-02");
                await().atMost(PATIENCE).until(() -> Lab.read(out).size() >= least);
            }
        }
        return Lab.read(out);
    }

    private static List<String> seenAfterRestart(String options, String rule, boolean flagged) throws Exception {
        String in = Lab.topic(1);
        Seen came = new Seen();
        send(in, 1, 10);
        for (int start = 0; start < 2; start++) {
            int least = start == 0 ? 10 : flagged ? 20 : 11;
            try (LabContext context = Lab.context(
                    routes(builder -> builder.from(from(in, options)).process(came)))) {
                context.start();
                assertThat(Lab.broken(context).contains(rule)).isEqualTo(flagged);
                if (start == 1 && !flagged) {
                    send(in, 11, 11);
                }
                await().atMost(PATIENCE).until(() -> came.size() >= least);
            }
        }
        return came.all();
    }

    /** LINT-13: a commit fails once. */
    @Test
    void aFailedCommitSkipsUnlessTheConsumerReconnects() throws Exception {
        for (String other : List.of("", "&pollOnError=DISCARD")) {
            List<String> skipped = failingCommit(SAFE.replace("&pollOnError=RECONNECT", other), true);
            assertThat(skipped).as(other).doesNotContainSequence(records(1, 30)).hasSizeLessThan(30);
        }
        List<String> all = failingCommit(SAFE, false);
        assertThat(all).containsAll(records(1, 30));
    }

    private static List<String> failingCommit(String options, boolean flagged) throws Exception {
        String in = Lab.topic(2);
        Seen came = new Seen();
        send(in, 1, 30);
        try (LabContext context = Lab.context(routes(builder ->
                builder.from(from(in, options + "&kafkaClientFactory=#factory")).process(came)))) {
            context.getRegistry().bind("factory", new CommitFault());
            context.start();
            assertThat(Lab.broken(context).contains("LINT-13")).isEqualTo(flagged);
            await().atMost(PATIENCE).until(() -> Lab.committed(in) >= 30 || flagged && came.size() >= 30);
        }
        return came.all();
    }

    /** LINT-18: records that were there first. */
    @Test
    void whatWasSentFirstIsNeverRead() throws Exception {
        String in = Lab.topic(1);
        send(in, 1, 5);
        try (LabContext context = Lab.context(
                routes(builder -> builder.from(from(in, "&pollTimeoutMs=200")).process(seen)))) {
            context.start();
            assertThat(Lab.broken(context)).contains("LINT-18");
            probe(in, new AtomicInteger(1000), 1);
        }
        assertThat(seen.all()).doesNotContainAnyElementsOf(records(1, 5));
        String mended = Lab.topic(1);
        Seen came = new Seen();
        send(mended, 1, 5);
        try (LabContext context =
                Lab.context(routes(builder -> builder.from(from(mended, SAFE)).process(came)))) {
            context.start();
            assertThat(Lab.broken(context)).isEmpty();
            untilCommitted(mended, 5);
        }
        assertThat(came.all()).isEqualTo(records(1, 5));
    }
}
