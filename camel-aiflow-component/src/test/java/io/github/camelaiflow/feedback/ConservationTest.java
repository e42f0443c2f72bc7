package io.github.camelaiflow.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.feedback.FeedbackCounts.ByVersion;
import io.github.camelaiflow.feedback.Nodes.Node;
import io.github.camelaiflow.feedback.outcome.Loss;
import io.github.camelaiflow.feedback.outcome.Outcome;
import io.github.camelaiflow.store.JoinTable;
import io.github.camelaiflow.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tracked = waiting + joined + never labelled, and each of them is what really happened: over two nodes, in random orders, with labels that
 * repeat and contradict, clocks that go forth and back, restarts, and a store that breaks before or after it has done what was asked.
 */
class ConservationTest {

    private static final int RUNS = Integer.getInteger("aiflow.feedback.runs", 150);
    private static final int STEPS = 400;

    private static final FeedbackConfig CONFIG =
            new FeedbackConfig(Nodes.LIMIT, 20, Duration.ofDays(10_000), Loss.ERROR, Double.NaN);

    private final Random random = new Random(20260101);

    private Nodes nodes;
    private final List<Node> running = new ArrayList<>();
    private final List<Node> all = new ArrayList<>();
    private int predictions;
    private double breaks;
    private int lostWithItsProcess;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsTrackedWaitsOrIsJoinedOrNeverLabelled(boolean killed) {
        for (int run = 0; run < RUNS; run++) {
            begin();
            for (int step = 0; step < STEPS; step++) {
                step(killed);
            }
            breaks = 0;
            end(killed);
        }
    }

    private void begin() {
        nodes = new Nodes();
        running.clear();
        all.clear();
        predictions = 0;
        lostWithItsProcess = 0;
        breaks = random.nextBoolean() ? 0.05 : 0;
        start();
        start();
    }

    private void start() {
        Node node = nodes.node(CONFIG);
        node.way.breaksBefore = () -> random.nextDouble() < breaks;
        node.way.breaksAfter = () -> random.nextDouble() < breaks;
        running.add(node);
        all.add(node);
    }

    private void step(boolean killed) {
        Node node = running.get(random.nextInt(running.size()));
        int what = random.nextInt(100);
        if (what < 40) {
            String key = random.nextInt(3) == 0 ? "key" + random.nextInt(40) : null;
            node.feedback.predicted(nodes.predicted("p" + predictions++, key, "v" + random.nextInt(2), "yes"));
        } else if (what < 65) {
            label(node);
        } else if (what < 90) {
            node.feedback.tick();
        } else if (what < 98) {
            nodes.pass(Duration.ofHours(random.nextInt(150) - 20));
        } else if (killed) {
            kill(node);
        } else {
            restart(node);
        }
    }

    private void label(Node node) {
        String truth = random.nextInt(5) == 0 ? "no" : "yes";
        Label label = random.nextInt(4) == 0
                ? Label.ofKey("key" + random.nextInt(40), truth)
                : Label.of("p" + random.nextInt(predictions + 5), truth);
        try {
            node.feedback.labelled(List.of(label, label));
        } catch (StoreException e) {
            // sent again, or not
            if (random.nextBoolean()) {
                label(node);
            }
        }
    }

    /** The store is there when a process stops in order. */
    private void restart(Node node) {
        double before = breaks;
        breaks = 0;
        node.feedback.close();
        breaks = before;
        running.remove(node);
        start();
    }

    private void kill(Node node) {
        lostWithItsProcess++;
        running.remove(node);
        start();
    }

    private void end(boolean killed) {
        for (int i = 0; i < 3; i++) {
            running.forEach(Node::counts);
        }
        FeedbackCounts counts = running.get(0).counts();
        Set<String> taken = new HashSet<>();
        all.forEach(node -> taken.addAll(node.way.taken));
        Set<String> givenUp = new HashSet<>();
        for (Node node : all) {
            for (JoinTable.Expired expired : node.way.expired) {
                if (expired.left() != null) {
                    assertThat(givenUp.add(expired.left().id())).isTrue();
                }
            }
        }
        Node fresh = nodes.node(CONFIG);
        fresh.feedback.tick();
        List<String> joined =
                fresh.all.stream().map(outcome -> outcome.predicted().id()).toList();
        assertThat(joined).doesNotHaveDuplicates().isSubsetOf(taken).noneMatch(givenUp::contains);
        long late = nodes.store.joins("feedback/claims").joined(0, Integer.MAX_VALUE).stream()
                .filter(ConservationTest::late)
                .count();
        assertThat(counts.tracked()).isEqualTo(counts.waiting() + counts.joined() + counts.neverLabelled());
        assertThat(counts.joined()).isEqualTo(joined.size());
        assertThat(counts.waiting()).isEqualTo(taken.size() - joined.size() - late - givenUp.size());
        if (!killed || lostWithItsProcess == 0) {
            assertThat(counts.tracked()).isEqualTo(taken.size());
            assertThat(counts.neverLabelled()).isEqualTo(givenUp.size() + late);
            assertThat(counts.notTracked()).isEqualTo(predictions - taken.size());
            assertThat(sum(counts, ByVersion::tracked)).isEqualTo(taken.size());
        } else {
            assertThat(counts.neverLabelled()).isBetween(late, late + givenUp.size());
        }
        assertThat(sum(counts, ByVersion::joined)).isEqualTo(joined.size());
        toldOnce(fresh.all);
    }

    private static boolean late(JoinTable.Joined pair) {
        return Duration.between(pair.left().time(), pair.right().time()).compareTo(Nodes.LIMIT) > 0;
    }

    private void toldOnce(List<Outcome> feed) {
        running.forEach(node -> assertThat(node.all).isEqualTo(feed));
        List<Outcome> told = new ArrayList<>();
        all.forEach(node -> told.addAll(node.here));
        assertThat(told).doesNotHaveDuplicates().isSubsetOf(feed);
        if (all.stream().allMatch(node -> node.way.unbroken)) {
            assertThat(told).hasSameSizeAs(feed);
        }
    }

    private static long sum(FeedbackCounts counts, ToLongFunction<ByVersion> part) {
        return counts.versions().values().stream().mapToLong(part).sum();
    }
}
