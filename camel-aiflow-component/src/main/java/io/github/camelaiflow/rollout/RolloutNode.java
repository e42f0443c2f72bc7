package io.github.camelaiflow.rollout;

import io.github.camelaiflow.rollout.RolloutDecision.Action;
import io.github.camelaiflow.rollout.evidence.EvidenceState;
import io.github.camelaiflow.rollout.evidence.Guardrail;
import io.github.camelaiflow.rollout.evidence.Judgement;
import io.github.camelaiflow.store.StoreException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node does about its rollout from time to time, all of which may wait for the store. Not thread-safe. */
final class RolloutNode {

    private static final Logger LOG = LoggerFactory.getLogger(RolloutNode.class);

    private final RolloutPlan plan;
    private final InstantSource clock;
    private final Judge judge;
    private final SharedEvidence evidence;
    private final Trial trial;
    private final Decisions decisions;
    private final Ramp ramp;
    private final TrialClock trialClock;
    private final Consumer<Picture> publisher;

    private boolean drifting;
    private StoreException trouble;
    private Map<String, Judgement> judgements = Map.of();
    private NodeEvidence all;

    /** Judges evidence. */
    interface Judge {
        Judgement of(EvidenceState state, List<Guardrail> guardrails, double alpha);
    }

    /** @param trial {@code null} without a canary */
    RolloutNode(
            RolloutPlan plan,
            InstantSource clock,
            Judge judge,
            SharedEvidence evidence,
            Trial trial,
            Decisions decisions,
            Consumer<Picture> publisher) {
        this.plan = plan;
        this.clock = clock;
        this.judge = judge;
        this.evidence = evidence;
        this.trial = trial;
        this.decisions = decisions;
        this.ramp = new Ramp(plan);
        this.trialClock = new TrialClock(clock.instant());
        this.publisher = publisher;
    }

    /**
     * Takes up the trial, as far as the store can be reached. Writes no evidence yet: a rollout of the same plan, which this one replaces,
     * may still have some to write.
     */
    void begin() {
        judge();
        try {
            evidence.join();
            learn();
        } catch (StoreException e) {
            failed(e);
        }
        publish();
    }

    /**
     * @param drifts whether this node's input drifts
     * @param decides whether this node decides by verdict and schedule while the store is there
     */
    void tick(boolean drifts, boolean decides) {
        pass(drifts);
        if (decides) {
            rollBackIfWorse();
        }
        try {
            share();
            if (decides) {
                decide();
            }
        } catch (StoreException e) {
            rollBackIfWorse();
            failed(e);
        }
        publish();
    }

    /** Hands over what is left; decides nothing. */
    void leave() {
        pass(false);
        try {
            share();
        } catch (StoreException e) {
            failed(e);
        }
        publish();
    }

    /** @throws StoreException if the store cannot be reached */
    RolloutDecision decide(Action action, String actor, String reason, boolean drifts) {
        if (trial == null) {
            throw new RolloutException("flow " + plan.flow() + " has no version on trial, so nothing can be decided");
        }
        pass(drifts);
        try {
            share();
            return byHand(new Ramp.Next(action, actor, reason));
        } catch (StoreException e) {
            failed(e);
            throw e;
        } finally {
            publish();
        }
    }

    private RolloutDecision byHand(Ramp.Next wanted) {
        TrialState state = trial.state();
        decisions.check(state, wanted.action());
        Facts facts = facts();
        if (wanted.action() == Action.PROMOTE && facts.worse()) {
            rollBackIfWorse();
            trial.sync(this::start);
            throw new RolloutException(
                    "PROMOTE was not decided: " + trial.state().decision().reason() + ", so it is rolled back");
        }
        TrialState next = decisions.next(state, wanted, facts);
        if (!trial.decide(next)) {
            RolloutDecision quicker = trial.state().decision();
            throw new RolloutException(wanted.action() + " was not decided: node " + quicker.node()
                    + " was quicker with " + quicker.action() + " by " + quicker.actor()
                    + "; look where it stands, and decide again if that is still wanted");
        }
        return next.decision();
    }

    /** Time passes. */
    private void pass(boolean drifts) {
        drifting = drifts;
        TrialState state = trial == null ? null : trial.state();
        trialClock.tick(clock.instant(), state != null && state.stage() == RolloutDecision.Stage.RUNNING);
        judge();
    }

    /** Exchanges with the other nodes all that is known. */
    private void share() {
        evidence.join();
        evidence.write(trialClock.ran(), drifting);
        learn();
    }

    private void learn() {
        if (trial != null) {
            trial.sync(this::start);
            trialClock.atLeast(trial.state().ran());
            publish();
        }
        if (evidence.read()) {
            judge();
        }
        recovered();
    }

    private TrialState start() {
        Facts facts = facts();
        return decisions.start(facts.ran(), facts.answers());
    }

    /** Judging takes most of a tick's time. */
    private void judge() {
        all = evidence.all(trialClock.ran(), drifting);
        trialClock.atLeast(all.ran());
        Map<String, Judgement> judged = new LinkedHashMap<>();
        all.versions()
                .forEach((version, state) -> judged.put(version, judge.of(state, plan.guardrails(), plan.alpha())));
        judgements = judged;
    }

    private Facts facts() {
        Judgement judgement = judgements.get(plan.canary().version());
        return new Facts(judgement, trialClock.ran(), all.answers(), all.drifting());
    }

    /** A rollback by verdict does not wait for the store. */
    private boolean rollBackIfWorse() {
        TrialState state = trial == null ? null : trial.state();
        if (state == null || !state.open() || !facts().worse()) {
            return false;
        }
        trial.rollBackHere(decisions.next(state, ramp.next(state, facts()), facts()));
        publish();
        return true;
    }

    private void decide() {
        if (trial == null) {
            return;
        }
        if (rollBackIfWorse()) {
            trial.sync(this::start);
            return;
        }
        Ramp.Next next = ramp.next(trial.state(), facts());
        if (next.action() != null) {
            trial.decide(decisions.next(trial.state(), next, facts()));
        }
    }

    private void failed(StoreException e) {
        if (trouble == null) {
            LOG.warn(
                    "The store of flow {}'s rollout cannot be used; serving goes on as it was, and it is tried again: {}",
                    plan.flow(),
                    e.getMessage());
        }
        trouble = e;
        if (trial != null) {
            trial.tellUnwritten();
        }
    }

    private void recovered() {
        if (trouble != null) {
            LOG.info("The store of flow {}'s rollout can be used again", plan.flow());
        }
        trouble = null;
    }

    private void publish() {
        TrialState state = trial == null ? null : trial.state();
        long waits = trial == null ? 0 : trial.waiting();
        long unwritten = waits + (trouble != null && evidence.unwritten() ? 1 : 0);
        publisher.accept(
                new Picture(state, Arms.of(plan, state), judgements, waiting(state), unwritten, evidence.lost()));
    }

    private String waiting(TrialState state) {
        if (trial == null || state != null && !state.open()) {
            return null;
        } else if (trouble != null) {
            return state == null
                    ? "the store has not been reached yet, so it is not known where the trial stands: " + plan.serve()
                            + " answers all records until then"
                    : "the store cannot be used";
        }
        return state == null ? null : ramp.next(state, facts()).reason();
    }
}
