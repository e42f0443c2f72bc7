package io.github.camelaiflow.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.rollout.RolloutDecision.Action;
import io.github.camelaiflow.rollout.RolloutDecision.Stage;
import io.github.camelaiflow.rollout.evidence.Judgement;
import io.github.camelaiflow.rollout.evidence.Judgement.Status;
import io.github.camelaiflow.rollout.evidence.Observation;
import io.github.camelaiflow.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nodes that share a store, nodes that come again, and stores that go away. */
class RolloutNodesTest {

    private static final Duration STEP = Duration.ofMinutes(10);

    private final Trials trials = new Trials();

    @Test
    void nodesAddTheirEvidenceAndFollowEachOther() {
        Trials.Node a = trials.node("a");
        Trials.Node b = trials.node("b");
        a.canaryAnswers(2);
        b.canaryAnswers(3);
        b.rollout.tick();
        a.run(STEP);
        assertThat(a.share()).isEqualTo(0.5);
        assertThat(b.share()).isEqualTo(0.1);
        b.rollout.tick();
        assertThat(b.share()).isEqualTo(0.5);
        assertThat(b.records()).isEqualTo(a.records());
        assertThat(b.toldActions()).containsExactly(Action.ADVANCE);
        assertThat(a.toldActions()).containsExactly(Action.START, Action.ADVANCE);
    }

    @Test
    void aNodeThatDoesNotDecideSharesAndLearnsAndTakesOver() {
        Trials.Node passive = trials.node("passive");
        passive.canaryAnswers(10);
        for (int i = 0; i < 30; i++) {
            trials.now = trials.now.plusSeconds(30);
            passive.rollout.tick(false);
        }
        assertThat(passive.share()).isEqualTo(0.1);
        trials.verdict = Status.WORSE;
        passive.rollout.tick(false);
        assertThat(passive.stage()).isEqualTo(Stage.RUNNING);
        trials.verdict = Status.UNDECIDED;
        passive.rollout.tick(true);
        assertThat(passive.share()).isEqualTo(0.5);
        assertThat(trials.log()).extracting(RolloutDecision::action).containsExactly(Action.START, Action.ADVANCE);
    }

    @Test
    void aNodeThatDoesNotDecideGoesByWhatTheOtherDecides() {
        Trials.Node leader = trials.node("leader");
        Trials.Node passive = trials.node("passive");
        passive.canaryAnswers(10);
        passive.rollout.tick(false);
        leader.run(STEP);
        passive.rollout.tick(false);
        assertThat(passive.share()).isEqualTo(0.5);
        assertThat(trials.log()).extracting(RolloutDecision::node).doesNotContain("passive");
    }

    @Test
    void whileTheStoreIsAwayHarmWaitsForNoLeader() {
        Trials.Node passive = trials.node("passive");
        passive.canaryAnswers(10);
        passive.rollout.tick(false);
        trials.verdict = Status.WORSE;
        passive.way.away = true;
        passive.rollout.tick(false);
        assertThat(passive.stage()).isEqualTo(Stage.ROLLED_BACK);
        passive.way.away = false;
        passive.rollout.tick(false);
        assertThat(trials.log()).extracting(RolloutDecision::action).containsExactly(Action.START, Action.ROLL_BACK);
    }

    @Test
    void driftAtOneNodeHoldsAll() {
        Trials.Node a = trials.node("a");
        Trials.Node b = trials.node("b");
        b.rollout.drifting(true);
        a.canaryAnswers(10);
        for (int i = 0; i < 30; i++) {
            b.rollout.tick();
            a.run(Duration.ofSeconds(30));
        }
        assertThat(a.share()).isEqualTo(0.1);
        assertThat(a.rollout.status().waiting()).isEqualTo("the input drifts");
        // A node that drifted and stopped must not hold the others for ever.
        a.run(Duration.ofMinutes(2));
        assertThat(a.share()).isEqualTo(0.5);
    }

    @Test
    void ofTwoThatDecideAtOnceOneWinsAndTheOtherIsTold() {
        Trials.Node a = trials.node("a");
        Trials.Node b = trials.node("b");
        // b reads, then a decides before b writes.
        b.way.before = () -> {
            if (isWriteOfState()) {
                b.way.before = () -> {};
                a.rollout.decide(Action.PROMOTE, "ann", "good");
            }
        };
        assertThatThrownBy(() -> b.rollout.decide(Action.ROLL_BACK, "bob", "bad"))
                .isInstanceOf(RolloutException.class)
                .hasMessageContaining("ROLL_BACK was not decided: node a was quicker with PROMOTE by ann");
        assertThat(b.stage()).isEqualTo(Stage.PROMOTED);
        assertThat(trials.log()).extracting(RolloutDecision::action).containsExactly(Action.START, Action.PROMOTE);
        b.rollout.decide(Action.ROLL_BACK, "bob", "bad");
        a.rollout.tick();
        assertThat(a.stage()).isEqualTo(Stage.ROLLED_BACK);
    }

    private static boolean isWriteOfState() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().endsWith("TrialStore")
                        && frame.getMethodName().equals("write")));
    }

    @Test
    void aNodeThatLearnsOfSeveralDecisionsTellsAllInOrder() {
        Trials.Node a = trials.node("a");
        Trials.Node b = trials.node("b");
        for (int i = 0; i < 30; i++) {
            a.rollout.decide(Action.PAUSE, "ann", "");
            a.rollout.decide(Action.RESUME, "ann", "");
        }
        b.rollout.tick();
        assertThat(b.told).hasSize(60).isEqualTo(trials.log().subList(1, 61));
    }

    @Test
    void aRestartedNodeContinuesItsEvidence() {
        Trials.Node first = trials.node("a");
        first.canaryAnswers(4);
        first.run(STEP);
        long records = first.records();
        // Killed: what was never shared is gone.
        first.canaryAnswers(100);
        for (int restart = 0; restart < 3; restart++) {
            Trials.Node again = trials.node("a");
            assertThat(again.records()).isEqualTo(records);
            again.rollout.tick();
            again.run(Duration.ofMinutes(1));
            assertThat(again.records()).isEqualTo(records);
            assertThat(again.told).isEmpty();
        }
        Trials.Node last = trials.node("a");
        last.canaryAnswers(1);
        last.rollout.tick();
        assertThat(last.share()).isEqualTo(0.5);
    }

    @Test
    void aNodeGoneForEverStillCounts() {
        Trials.Node a = trials.node("a");
        a.canaryAnswers(5);
        a.run(STEP.minusMinutes(1));
        Trials.Node b = trials.node("b");
        assertThat(b.records()).isEqualTo(a.records());
        b.run(Duration.ofMinutes(1));
        assertThat(b.share()).isEqualTo(0.5);
    }

    @Test
    void whoReplacesARolloutOfTheSamePlanTakesUpItsLastEvidence() {
        Trials.Node old = trials.node("a");
        old.canaryAnswers(3);
        old.rollout.tick();
        old.canaryAnswers(3);
        Trials.Node next = trials.node("a");
        next.canaryAnswers(2);
        old.rollout.close();
        next.rollout.tick();
        Trials.Node other = trials.node("b");
        other.rollout.tick();
        assertThat(other.records()).isEqualTo(next.records());
        assertThat(next.records()).isGreaterThan(old.records());
        assertThat(next.rollout.status().lost()).isZero();
    }

    @Test
    void twoProcessesOfOneNameNeitherLoseNorDoubleWhatWasWritten() {
        Trials.Node one = trials.node("same");
        one.canaryAnswers(3);
        one.rollout.tick();
        long first = one.records();
        Trials.Node two = trials.node("same");
        two.canaryAnswers(4);
        two.rollout.tick();
        long both = two.records();
        assertThat(both).isGreaterThan(first);
        // Now one finds its document written by two, and goes on under another name without what it could not write.
        one.canaryAnswers(1);
        one.rollout.tick();
        assertThat(one.rollout.status().lost()).isEqualTo(1);
        assertThat(one.records()).isEqualTo(both);
        one.canaryAnswers(2);
        one.rollout.tick();
        two.rollout.tick();
        assertThat(two.records()).isEqualTo(one.records()).isGreaterThan(both);
        assertThat(two.rollout.status().lost()).isZero();
    }

    @Test
    void withoutTheStoreServingGoesOnAndNothingIsDecidedButARollback() {
        Trials.Node a = trials.node("a");
        a.canaryAnswers(10);
        a.rollout.tick();
        a.way.away = true;
        a.run(STEP);
        assertThat(a.share()).isEqualTo(0.1);
        assertThat(a.rollout.status().waiting()).isEqualTo("the store cannot be used");
        assertThatThrownBy(() -> a.rollout.decide(Action.PROMOTE, "ann", ""))
                .isInstanceOf(io.github.camelaiflow.store.StoreException.class);
        assertThat(a.stage()).isEqualTo(Stage.RUNNING);
        a.canaryAnswers(1);
        a.rollout.tick();
        assertThat(a.rollout.status().unwritten()).isEqualTo(1);
        trials.verdict = Status.WORSE;
        a.rollout.tick();
        assertThat(a.stage()).isEqualTo(Stage.ROLLED_BACK);
        assertThat(a.rollout.status().unwritten()).isEqualTo(2);
        assertThat(a.rollout.assign("key-5").version()).isEqualTo("v1");
        assertThat(a.toldActions()).containsExactly(Action.START, Action.ROLL_BACK);
        assertThat(trials.log()).hasSize(1);
        a.way.away = false;
        a.rollout.tick();
        assertThat(a.rollout.status().unwritten()).isZero();
        assertThat(trials.log()).isEqualTo(a.told);
        assertThat(trials.node("b").stage()).isEqualTo(Stage.ROLLED_BACK);
        assertThat(a.toldActions()).hasSize(2);
    }

    @Test
    void aRollbackThatWaitedIsWrittenOverAStepAPauseAndAPromotionByVerdict() {
        for (Status others : List.of(Status.UNDECIDED, Status.NOT_WORSE)) {
            Trials fresh = new Trials();
            Trials.Node a = fresh.node("a");
            Trials.Node b = fresh.node("b");
            a.way.away = true;
            fresh.verdict = Status.WORSE;
            a.rollout.tick();
            fresh.verdict = others;
            b.canaryAnswers(10);
            b.run(STEP);
            b.canaryAnswers(10);
            b.run(STEP);
            assertThat(b.stage()).isEqualTo(others == Status.NOT_WORSE ? Stage.PROMOTED : Stage.RUNNING);
            if (others == Status.UNDECIDED) {
                b.rollout.decide(Action.PAUSE, "ann", "");
            }
            a.way.away = false;
            a.rollout.tick();
            b.rollout.tick();
            assertThat(a.stage()).isEqualTo(Stage.ROLLED_BACK);
            assertThat(b.stage()).isEqualTo(Stage.ROLLED_BACK);
            assertThat(b.rollout.serving()).isEqualTo("v1");
            List<RolloutDecision> log = fresh.log();
            assertThat(log.get(log.size() - 1).node()).isEqualTo("a");
        }
    }

    @Test
    void aPersonsPromotionMeanwhileStandsAndTheTrailKeepsBoth() {
        Trials.Node a = trials.node("a");
        Trials.Node b = trials.node("b");
        a.way.away = true;
        trials.verdict = Status.WORSE;
        a.rollout.tick();
        trials.verdict = Status.UNDECIDED;
        b.rollout.decide(Action.PROMOTE, "ann", "");
        a.way.away = false;
        a.rollout.tick();
        assertThat(a.stage()).isEqualTo(Stage.PROMOTED);
        assertThat(a.toldActions()).containsExactly(Action.START, Action.ROLL_BACK, Action.PROMOTE);
        assertThat(trials.log())
                .extracting(RolloutDecision::action)
                .containsExactlyInAnyOrder(Action.START, Action.PROMOTE, Action.ROLL_BACK);
        assertThat(a.rollout.status().unwritten()).isZero();
    }

    @Test
    void aStoreThatBreaksAfterWritingLeadsToNoSecondDecision() {
        Trials.Node a = trials.node("a");
        a.canaryAnswers(10);
        a.run(STEP.minusSeconds(30));
        a.way.breaksAfter = () -> isWriteOfState();
        a.run(Duration.ofSeconds(30));
        a.way.breaksAfter = () -> false;
        a.rollout.tick();
        a.rollout.tick();
        assertThat(a.share()).isEqualTo(0.5);
        assertThat(a.toldActions()).containsExactly(Action.START, Action.ADVANCE);
        assertThat(trials.log()).isEqualTo(a.told);
    }

    @Test
    void evidenceThatWasWrittenThoughItSeemedToFailCountsOnce() {
        Trials.Node a = trials.node("a");
        a.canaryAnswers(10);
        int[] calls = {0};
        a.way.breaksAfter = () -> calls[0]++ == 0;
        a.rollout.tick();
        a.rollout.tick();
        long records = a.records();
        assertThat(records).isGreaterThanOrEqualTo(10);
        assertThat(trials.node("b").records()).isEqualTo(records);
        assertThat(a.rollout.status().lost()).isZero();
    }

    @Test
    void startedWithoutTheStoreTheServingVersionAnswersUntilItIsKnownBetter() {
        Trials.Node before = trials.node("a");
        before.rollout.decide(Action.PROMOTE, "ann", "");
        FlakyStore way = new FlakyStore(trials.store);
        way.away = true;
        Trials.Node a = trials.node("a", way, Duration.ZERO);
        assertThat(a.stage()).isNull();
        assertThat(a.rollout.status().waiting()).contains("v1 answers all records until then");
        assertThat(a.rollout.assign("key-1").version()).isEqualTo("v1");
        trials.verdict = Status.WORSE;
        a.run(STEP);
        assertThat(a.stage()).isNull();
        way.away = false;
        a.rollout.tick();
        assertThat(a.stage()).isEqualTo(Stage.PROMOTED);
        assertThat(a.rollout.assign("key-1").version()).isEqualTo("v2");
    }

    @Test
    void aStoreThatLostTheStateGetsItAgain() {
        Trials.Node a = trials.node("a");
        a.canaryAnswers(10);
        a.rollout.tick();
        a.rollout.decide(Action.ROLL_BACK, "ann", "");
        trials.store.prune(new Places("claims", "identity-1").trial(), trials.now.plusSeconds(1));
        a.rollout.tick();
        Trials.Node b = trials.node("b");
        assertThat(b.stage()).isEqualTo(Stage.ROLLED_BACK);
    }

    @Test
    void aStateThatCannotBeReadChangesNothing() {
        Trials.Node a = trials.node("a");
        trials.store.write(new Places("claims", "identity-1").trial(), Places.STATE, "{\"stage\":\"PROMOTED\"}");
        a.rollout.tick();
        assertThat(a.stage()).isEqualTo(Stage.RUNNING);
        assertThat(a.rollout.status().waiting()).isEqualTo("the store cannot be used");
        Trials.Node b = trials.node("b");
        assertThat(b.rollout.assign("key-1").version()).isEqualTo("v1");
    }

    @Test
    void evidenceThatCannotBeReadIsLeftOut() {
        Trials.Node a = trials.node("a");
        a.canaryAnswers(5);
        a.rollout.tick();
        trials.store.write(
                new Places("claims", "identity-1").trial(), "evidence/x", "{\"versions\":{\"v2\":{\"a\":1}}}");
        trials.store.write(new Places("claims", "identity-1").trial(), "evidence/y", "not JSON");
        long before = a.records();
        a.rollout.tick();
        assertThat(a.records()).isEqualTo(before);
        assertThat(a.rollout.status().unwritten()).isZero();
    }

    @Test
    void decisionsThatCannotBeReadAreLeftOut() {
        Trials.Node a = trials.node("a");
        Trials.Node b = trials.node("b");
        Places places = new Places("claims", "identity-1");
        trials.store.append(List.of(
                new Store.Entry("x", places.decisions(), "decisions", trials.now, "not JSON"),
                new Store.Entry("y", places.decisions(), "decisions", trials.now, "{\"number\":2}")));
        a.rollout.decide(Action.PAUSE, "ann", "");
        a.rollout.decide(Action.RESUME, "ann", "");
        b.rollout.tick();
        assertThat(b.toldActions()).containsExactly(Action.PAUSE, Action.RESUME);
        assertThat(b.rollout.decisions(10)).hasSize(3);
    }

    @Test
    void whoLeavesDecidesNothingAndHoldsNobody() {
        Trials.Node a = trials.node("a");
        a.canaryAnswers(10);
        a.run(STEP.minusSeconds(30));
        a.rollout.drifting(true);
        a.rollout.tick();
        trials.now = trials.now.plusSeconds(30);
        a.rollout.close();
        assertThat(a.share()).isEqualTo(0.1);
        Trials.Node b = trials.node("b");
        b.rollout.tick();
        assertThat(b.share()).isEqualTo(0.5);
    }

    @Test
    void clocksSetBackOrForthDecideNothing() {
        Trials.Node a = trials.node("a");
        a.canaryAnswers(10);
        a.run(Duration.ofMinutes(5));
        trials.now = trials.now.plus(Duration.ofDays(365));
        a.rollout.tick();
        assertThat(a.stage()).isEqualTo(Stage.RUNNING);
        assertThat(a.share()).isEqualTo(0.1);
        trials.now = trials.now.minus(Duration.ofDays(700));
        a.rollout.tick();
        assertThat(a.share()).isEqualTo(0.1);
        assertThat(a.rollout.status().waiting()).isEqualTo("the step has run for PT6M of PT10M");
        a.run(Duration.ofMinutes(4));
        assertThat(a.share()).isEqualTo(0.5);
    }

    @Test
    void nodesWhoseClocksAreYearsApartAgree() {
        Trials.Node a = trials.node("a", new FlakyStore(trials.store), Duration.ofDays(-3650));
        Trials.Node b = trials.node("b", new FlakyStore(trials.store), Duration.ofDays(3650));
        a.canaryAnswers(10);
        for (int i = 0; i < 20; i++) {
            assertThat(a.share()).isEqualTo(0.1);
            assertThat(b.share()).isEqualTo(0.1);
            trials.now = trials.now.plusSeconds(30);
            b.rollout.tick();
            a.rollout.tick();
        }
        b.rollout.tick();
        assertThat(a.share()).isEqualTo(0.5);
        assertThat(b.share()).isEqualTo(0.5);
        assertThat(b.told).hasSize(1);
    }

    /** Judged in earnest. */
    @Test
    void aSplitAndItsShadowsAreComparedOverAllNodes() {
        RolloutPlan plan = Trials.withoutCanary(Map.of("v1", 0.5, "v2", 0.5), List.of("v3"));
        Rollout a = new Rollout(plan, trials.store, () -> trials.now, "a", trials::id, decision -> {});
        Rollout b = new Rollout(plan, trials.store, () -> trials.now, "b", trials::id, decision -> {});
        for (int i = 0; i < 100; i++) {
            a.answered(a.assign("key-" + i), "key-" + i, Trials.GOOD);
            b.paired("v3", Trials.GOOD, Trials.GOOD);
        }
        b.tick();
        a.tick();
        assertThat(a.status().judgements()).containsOnlyKeys("v2", "v3");
        Judgement.Guarded split = a.status().judgements().get("v2").guardrails().get(0);
        assertThat(split.controlRecords() + split.treatmentRecords()).isEqualTo(100);
        assertThat(split.treatmentRecords()).isBetween(30L, 70L);
        assertThat(a.status().judgements().get("v3").guardrails().get(0).treatmentRecords())
                .isEqualTo(100);
        assertThat(trials.log()).isEmpty();
    }

    /** A canary that fails one record in five beside a version that fails none, judged in earnest. */
    @Test
    void realEvidenceOfTwoNodesRollsBack() {
        Rollout a = new Rollout(Trials.PLAN, trials.store, () -> trials.now, "a", trials::id, decision -> {});
        Rollout b = new Rollout(Trials.PLAN, trials.store, () -> trials.now, "b", trials::id, decision -> {});
        Observation failed = new Observation(true, false, Double.NaN, Double.NaN, null);
        int records = 0;
        while (a.status().stage() == Stage.RUNNING && records < 20_000) {
            Rollout node = records % 2 == 0 ? a : b;
            String key = "key-" + records++;
            Assignment assignment = node.assign(key);
            boolean fails = assignment.version().equals("v2") && records % 5 == 0;
            node.answered(assignment, key, fails ? failed : Trials.GOOD);
            if (records % 100 == 0) {
                b.tick();
                a.tick();
            }
        }
        b.tick();
        assertThat(List.of(a.status().stage(), b.status().stage())).containsOnly(Stage.ROLLED_BACK);
        assertThat(a.decisions(1).get(0).reason()).startsWith("v2 is worse than v1 by more than the margin: errors 0.");
        assertThat(a.decisions(1).get(0).judgement()).contains("\"verdict\":\"WORSE\"");
    }

    @Test
    void aClosedTrialGathersNoMore() {
        Trials.Node a = trials.node("a");
        Assignment early = a.rollout.assign("key-1");
        a.rollout.decide(Action.ROLL_BACK, "ann", "");
        a.rollout.answered(early, "key-1", Trials.GOOD);
        a.rollout.labelled("v2", 1);
        a.rollout.labelled("v1", 1);
        a.rollout.tick();
        assertThat(a.records()).isZero();
    }

    @Test
    void oldRolloutsArePrunedAndTheOneInUseNever() {
        Trials.Node old = trials.node("a");
        old.canaryAnswers(5);
        old.rollout.tick();
        RolloutPlan next = Trials.plan("identity-3", true);
        trials.now = trials.now.plus(Duration.ofDays(10));
        Trials.Node gone = trials.node("b", next);
        gone.canaryAnswers(5);
        gone.rollout.tick();
        trials.now = trials.now.plus(Duration.ofDays(90));
        Trials.Node node = trials.node("a", next);
        // The old rollout's state, evidence, entry in the list and decision; of the one in use an old decision only.
        assertThat(node.rollout.prune(trials.now.minus(Duration.ofDays(30)))).isEqualTo(5);
        assertThat(node.rollout.decisions(10)).isEmpty();
        assertThat(trials.store.list(new Places("claims", "identity-1").trial(), ""))
                .isEmpty();
        Trials.Node again = trials.node("c", next);
        assertThat(again.stage()).isEqualTo(Stage.RUNNING);
        assertThat(again.told).isEmpty();
        assertThat(again.records()).isEqualTo(gone.records());
    }

    @Test
    void whatIsYoungOfAnOldRolloutIsKeptUntilItIsOld() {
        trials.node("a").rollout.tick();
        trials.now = trials.now.plus(Duration.ofDays(50));
        Places old = new Places("claims", "identity-1");
        trials.store.write(old.trial(), old.evidence("late"), "{}");
        Trials.Node node = trials.node("a", Trials.plan("identity-3", true));
        node.rollout.prune(trials.now.minus(Duration.ofDays(30)));
        assertThat(trials.store.list(old.trial(), "")).hasSize(1);
        trials.now = trials.now.plus(Duration.ofDays(50));
        node.rollout.prune(trials.now.minus(Duration.ofDays(30)));
        assertThat(trials.store.list(old.trial(), "")).isEmpty();
        assertThat(trials.store.list(old.rollouts(), "")).hasSize(1);
    }
}
