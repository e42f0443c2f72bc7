package io.github.camelaiflow.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.data.ServedBy;
import io.github.camelaiflow.rollout.RolloutDecision.Action;
import io.github.camelaiflow.rollout.RolloutDecision.Stage;
import io.github.camelaiflow.rollout.evidence.Judgement.Status;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RolloutTest {

    private static final Duration STEP = Duration.ofMinutes(10);

    private final Trials trials = new Trials();

    @Test
    void aTrialBeginsAtItsFirstStep() {
        Trials.Node node = trials.node("a");
        RolloutStatus status = node.rollout.status();
        assertThat(status.stage()).isEqualTo(Stage.RUNNING);
        assertThat(status.step()).isZero();
        assertThat(status.share()).isEqualTo(0.1);
        assertThat(status.since()).isEqualTo(Trials.START);
        assertThat(status.serve()).isEqualTo("v1");
        node.rollout.tick();
        assertThat(node.toldActions()).containsExactly(Action.START);
        assertThat(trials.log()).isEqualTo(node.told);
    }

    @Test
    void aStepTakesTimeAndRecords() {
        Trials.Node node = trials.node("a");
        node.run(STEP);
        assertThat(node.rollout.status().waiting()).isEqualTo("v2 has answered 0 of 5 records in this step");
        node.canaryAnswers(4);
        node.rollout.tick();
        assertThat(node.share()).isEqualTo(0.1);
        node.canaryAnswers(1);
        node.rollout.tick();
        assertThat(node.share()).isEqualTo(0.5);
        assertThat(node.rollout.status().waiting()).isEqualTo("the step has run for PT0S of PT10M");
        assertThat(node.rollout.status().since()).isEqualTo(trials.now);
        node.canaryAnswers(100);
        node.run(STEP.minusSeconds(30));
        assertThat(node.rollout.status().waiting()).isEqualTo("the step has run for PT9M30S of PT10M");
    }

    @Test
    void onlyTheVerdictPromotesAndAfterTheLastStepOnly() {
        trials.verdict = Status.NOT_WORSE;
        Trials.Node node = trials.node("a");
        step(node);
        assertThat(node.stage()).isEqualTo(Stage.RUNNING);
        trials.verdict = Status.UNDECIDED;
        step(node);
        assertThat(node.stage()).isEqualTo(Stage.RUNNING);
        assertThat(node.rollout.status().waiting()).contains("does not yet exclude");
        trials.verdict = Status.NOT_WORSE;
        node.rollout.tick();
        assertThat(node.stage()).isEqualTo(Stage.PROMOTED);
        assertThat(node.toldActions()).containsExactly(Action.START, Action.ADVANCE, Action.PROMOTE);
        assertThat(node.told.get(2).actor()).isEqualTo("verdict");
        assertThat(node.told.get(1).actor()).isEqualTo("schedule");
        assertThat(node.rollout.status().serve()).isEqualTo("v2");
        assertThat(node.rollout.status().waiting()).isNull();
        assertThat(assigned(node)).containsOnlyKeys("v2");
        assertThat(node.rollout.assign("k").role()).isEqualTo(ServedBy.PRIMARY);
    }

    @Test
    void aPersonPromotesWhereThePlanSaysSo() {
        trials.verdict = Status.NOT_WORSE;
        Trials.Node node = trials.node("a", Trials.plan("identity-1", false));
        step(node);
        step(node);
        assertThat(node.stage()).isEqualTo(Stage.RUNNING);
        assertThat(node.rollout.status().waiting()).isEqualTo("a person promotes");
        node.run(Duration.ofHours(1));
        assertThat(node.stage()).isEqualTo(Stage.HELD);
        RolloutDecision decision = node.rollout.decide(Action.PROMOTE, "ann", "looks good");
        assertThat(decision.actor()).isEqualTo("ann");
        assertThat(decision.reason()).isEqualTo("looks good");
        assertThat(decision.judgement()).contains("NOT_WORSE");
        assertThat(node.stage()).isEqualTo(Stage.PROMOTED);
    }

    @Test
    void aVerdictOfWorseRollsBackAtOnceInAnyOpenStage() {
        for (Stage stage : List.of(Stage.RUNNING, Stage.PAUSED, Stage.HELD)) {
            Trials fresh = new Trials();
            Trials.Node node = in(fresh, stage);
            fresh.verdict = Status.WORSE;
            node.rollout.tick();
            assertThat(node.stage()).as("from %s", stage).isEqualTo(Stage.ROLLED_BACK);
            assertThat(node.share()).isZero();
            assertThat(node.rollout.status().serve()).isEqualTo("v1");
            assertThat(assigned(node)).containsOnlyKeys("v1");
            assertThat(fresh.log().get(fresh.log().size() - 1).action()).isEqualTo(Action.ROLL_BACK);
        }
    }

    @Test
    void aPromotionIsNotUndoneByAVerdictOnOldEvidence() {
        Trials.Node node = in(trials, Stage.PROMOTED);
        trials.verdict = Status.WORSE;
        node.run(STEP);
        assertThat(node.stage()).isEqualTo(Stage.PROMOTED);
    }

    @Test
    void driftAndSampleRatioMismatchHoldTheRampOnly() {
        Trials.Node node = trials.node("a");
        node.rollout.drifting(true);
        step(node);
        assertThat(node.share()).isEqualTo(0.1);
        assertThat(node.rollout.status().waiting()).isEqualTo("the input drifts");
        node.rollout.drifting(false);
        trials.mismatch = true;
        node.rollout.tick();
        assertThat(node.rollout.status().waiting()).contains("sample-ratio mismatch");
        trials.mismatch = false;
        node.rollout.tick();
        assertThat(node.share()).isEqualTo(0.5);
        node.rollout.drifting(true);
        trials.verdict = Status.NOT_WORSE;
        step(node);
        assertThat(node.stage()).isEqualTo(Stage.RUNNING);
        trials.verdict = Status.WORSE;
        node.rollout.tick();
        assertThat(node.stage()).isEqualTo(Stage.ROLLED_BACK);
    }

    @Test
    void atTheHorizonItHoldsAndResumingGivesAnother() {
        Trials.Node node = trials.node("a");
        node.run(Duration.ofHours(1));
        assertThat(node.stage()).isEqualTo(Stage.HELD);
        assertThat(node.share()).isEqualTo(0.1);
        assertThat(node.told.get(1).reason()).startsWith("undecided after PT1H");
        node.canaryAnswers(10);
        node.run(Duration.ofHours(2));
        assertThat(node.share()).isEqualTo(0.1);
        node.rollout.decide(Action.RESUME, "ann", "wait for labels");
        node.rollout.tick();
        assertThat(node.share()).isEqualTo(0.5);
        node.run(Duration.ofMinutes(59));
        assertThat(node.stage()).isEqualTo(Stage.RUNNING);
        node.run(Duration.ofMinutes(1));
        assertThat(node.stage()).isEqualTo(Stage.HELD);
        assertThat(node.share()).isEqualTo(0.5);
    }

    @Test
    void whilePausedTheTrialsClockStandsStill() {
        Trials.Node node = trials.node("a");
        node.canaryAnswers(10);
        node.run(STEP.minusMinutes(1));
        node.rollout.decide(Action.PAUSE, "ann", null);
        node.run(Duration.ofHours(5));
        assertThat(node.stage()).isEqualTo(Stage.PAUSED);
        assertThat(node.rollout.status().waiting()).isEqualTo("paused by ann until resumed");
        node.rollout.decide(Action.RESUME, "ann", null);
        node.run(Duration.ofSeconds(30));
        assertThat(node.share()).isEqualTo(0.1);
        node.run(Duration.ofSeconds(30));
        assertThat(node.share()).isEqualTo(0.5);
    }

    @Test
    void aPersonDecidesWhatTheStageAllows() {
        Map<Stage, Set<Action>> allowed = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            allowed.put(stage, EnumSet.noneOf(Action.class));
            for (Action action : Action.values()) {
                Trials.Node node = in(new Trials(), stage);
                try {
                    assertThat(node.rollout.decide(action, "ann", "").stage()).isEqualTo(node.stage());
                    allowed.get(stage).add(action);
                } catch (RolloutException e) {
                    assertThat(e)
                            .hasMessageContaining(
                                    action + " cannot be decided for v2 of flow claims, which is " + stage);
                    assertThat(node.stage()).isEqualTo(stage);
                }
            }
        }
        assertThat(allowed)
                .containsEntry(Stage.RUNNING, EnumSet.of(Action.PROMOTE, Action.ROLL_BACK, Action.PAUSE))
                .containsEntry(Stage.PAUSED, EnumSet.of(Action.PROMOTE, Action.ROLL_BACK, Action.RESUME))
                .containsEntry(Stage.HELD, EnumSet.of(Action.PROMOTE, Action.ROLL_BACK, Action.RESUME))
                .containsEntry(Stage.PROMOTED, EnumSet.of(Action.ROLL_BACK))
                .containsEntry(Stage.ROLLED_BACK, EnumSet.noneOf(Action.class));
    }

    @Test
    void aRollBackAfterAPromotionLetsTheOldVersionServe() {
        Trials.Node node = in(trials, Stage.PROMOTED);
        node.rollout.decide(Action.ROLL_BACK, "ann", "");
        assertThat(node.rollout.status().serve()).isEqualTo("v1");
        assertThat(assigned(node)).containsOnlyKeys("v1");
    }

    @Test
    void whatIsEstablishedToBeWorseIsNotPromotedByHand() {
        Trials.Node node = trials.node("a");
        trials.verdict = Status.WORSE;
        assertThatThrownBy(() -> node.rollout.decide(Action.PROMOTE, "ann", ""))
                .isInstanceOf(RolloutException.class)
                .hasMessageContaining("v2 is worse than v1");
        assertThat(node.stage()).isEqualTo(Stage.ROLLED_BACK);
        assertThat(trials.log()).extracting(RolloutDecision::actor).containsExactly("schedule", "verdict");
    }

    @Test
    void withoutACanaryThereIsNothingToDecide() {
        Trials.Node node = trials.node("a", Trials.withoutCanary(Map.of(), List.of()));
        assertThat(node.stage()).isNull();
        node.rollout.tick();
        assertThat(assigned(node)).containsOnlyKeys("v1");
        assertThatThrownBy(() -> node.rollout.decide(Action.PROMOTE, "ann", ""))
                .isInstanceOf(RolloutException.class)
                .hasMessageContaining("no version on trial");
    }

    @Test
    void whoDecidesMustBeSaid() {
        Trials.Node node = trials.node("a");
        for (String actor : Arrays.asList(null, " ", "verdict", "schedule")) {
            assertThatThrownBy(() -> node.rollout.decide(Action.PAUSE, actor, ""))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> node.rollout.decide(Action.PAUSE, "ann", "x".repeat(1001)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anotherPlanIsAnotherTrialAndTheSameOneGoesOn() {
        Trials.Node node = trials.node("a");
        node.rollout.decide(Action.ROLL_BACK, "ann", "");
        Trials.Node other = trials.node("a", Trials.plan("identity-3", true));
        assertThat(other.stage()).isEqualTo(Stage.RUNNING);
        assertThat(trials.node("a").stage()).isEqualTo(Stage.ROLLED_BACK);
        assertThat(other.rollout.decisions(10))
                .extracting(RolloutDecision::rollout)
                .containsExactly("identity-3", "identity-1", "identity-1");
        assertThat(other.rollout.decisions(1)).hasSize(1);
    }

    @Test
    void aListenerMayAskAndDecideAndFail() {
        Rollout[] self = new Rollout[1];
        List<Action> told = new java.util.ArrayList<>();
        int[] ids = {0};
        self[0] = new Rollout(Trials.PLAN, trials.store, () -> trials.now, "a", () -> "x" + ids[0]++, decision -> {
            if (decision.action() == Action.START) {
                self[0].decide(Action.PAUSE, "listener", "");
                assertThat(self[0].status().stage()).isEqualTo(Stage.PAUSED);
            }
            told.add(decision.action());
            throw new IllegalStateException("listener");
        });
        self[0].tick();
        assertThat(told).containsExactly(Action.START, Action.PAUSE);
    }

    @Test
    void whatIsClosedGoesOnAssigningButDoesNothingElse() {
        Trials.Node node = trials.node("a");
        node.canaryAnswers(3);
        node.rollout.close();
        assertThat(trials.node("b").records()).isEqualTo(node.records()).isPositive();
        int calls = node.way.calls;
        node.run(Duration.ofHours(1));
        node.rollout.close();
        assertThat(node.way.calls).isEqualTo(calls);
        assertThat(assigned(node)).containsOnlyKeys("v1", "v2");
    }

    private static Trials.Node in(Trials trials, Stage stage) {
        Trials.Node node = trials.node("a");
        switch (stage) {
            case PAUSED -> node.rollout.decide(Action.PAUSE, "ann", "");
            case HELD -> node.run(Duration.ofHours(1));
            case PROMOTED -> node.rollout.decide(Action.PROMOTE, "ann", "");
            case ROLLED_BACK -> node.rollout.decide(Action.ROLL_BACK, "ann", "");
            default -> node.rollout.tick();
        }
        assertThat(node.stage()).isEqualTo(stage);
        return node;
    }

    private static void step(Trials.Node node) {
        node.canaryAnswers(5);
        node.run(STEP);
    }

    private static Map<String, Integer> assigned(Trials.Node node) {
        Map<String, Integer> counts = new java.util.TreeMap<>();
        for (int i = 0; i < 1000; i++) {
            counts.merge(node.rollout.assign("key-" + i).version(), 1, Integer::sum);
        }
        return counts;
    }
}
