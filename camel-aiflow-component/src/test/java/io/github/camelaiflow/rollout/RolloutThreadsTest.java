package io.github.camelaiflow.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.rollout.RolloutDecision.Action;
import io.github.camelaiflow.rollout.RolloutDecision.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Records, ticks and decisions of two nodes by real threads. */
class RolloutThreadsTest {

    private static final int RECORDS = 20_000;

    private final Trials trials = new Trials();
    private final AtomicInteger ids = new AtomicInteger();

    @Test
    void nothingIsLostDoubledOrToldOutOfOrder() throws Exception {
        ConcurrentLinkedQueue<RolloutDecision> toldA = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<RolloutDecision> toldB = new ConcurrentLinkedQueue<>();
        Rollout a = rollout("a", toldA);
        Rollout b = rollout("b", toldB);
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<?>> work = new ArrayList<>();
        for (Rollout node : List.of(a, b)) {
            for (int i = 0; i < 2; i++) {
                work.add(threads.submit(() -> answer(node)));
            }
        }
        for (Rollout node : List.of(a, b)) {
            work.add(threads.submit(() -> {
                for (int i = 0; i < 200; i++) {
                    node.tick();
                }
            }));
            work.add(threads.submit(() -> {
                for (int i = 0; i < 100; i++) {
                    decide(node, i % 2 == 0 ? Action.PAUSE : Action.RESUME);
                }
            }));
        }
        for (Future<?> done : work) {
            done.get(5, TimeUnit.MINUTES);
        }
        threads.shutdown();
        a.tick();
        b.tick();
        a.tick();
        assertThat(records(a)).isEqualTo(4L * RECORDS);
        assertThat(records(b)).isEqualTo(4L * RECORDS);
        assertThat(a.status().stage()).isEqualTo(b.status().stage()).isIn(Stage.RUNNING, Stage.PAUSED);
        List<RolloutDecision> log = trials.log();
        assertThat(log).hasSizeGreaterThan(2);
        assertThat(new ArrayList<>(toldA)).isEqualTo(log);
        assertThat(new ArrayList<>(toldB)).isEqualTo(log.subList(log.size() - toldB.size(), log.size()));
        for (int i = 1; i < log.size(); i++) {
            assertThat(log.get(i).stage()).isNotEqualTo(log.get(i - 1).stage());
        }
    }

    private Rollout rollout(String name, ConcurrentLinkedQueue<RolloutDecision> told) {
        return new Rollout(
                Trials.PLAN,
                trials.store,
                () -> Trials.START,
                name,
                () -> "id-" + ids.getAndIncrement(),
                told::add,
                trials::judge);
    }

    private static void answer(Rollout node) {
        for (int i = 0; i < RECORDS; i++) {
            node.answered(node.assign(null), null, Trials.GOOD);
        }
    }

    private static void decide(Rollout node, Action action) {
        try {
            node.decide(action, "ann", "");
        } catch (RolloutException e) {
            assertThat(e).hasMessageContaining(action.name());
        }
    }

    private static long records(Rollout node) {
        var guarded = node.status().judgements().get("v2").guardrails().get(0);
        return guarded.controlRecords() + guarded.treatmentRecords();
    }
}
