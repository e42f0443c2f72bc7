package io.github.camelaiflow.rollout;

import io.github.camelaiflow.data.FlowResult;
import java.time.Instant;

/**
 * A decision, as the audit trail keeps it.
 *
 * @param id unique
 * @param rollout identity of the plan it belongs to
 * @param action what was decided
 * @param version the version it is about
 * @param stage the stage from then on
 * @param share the version's share from then on
 * @param time when, by the clock of the node
 * @param node which node decided
 * @param actor who: {@code verdict}, {@code schedule} or a person's name
 * @param reason why, in words
 * @param judgement the evidence at that time as JSON; {@code null} for none
 */
public record RolloutDecision(
        String id,
        String rollout,
        Action action,
        String version,
        Stage stage,
        double share,
        Instant time,
        String node,
        String actor,
        String reason,
        String judgement)
        implements FlowResult {

    /** What can be decided. */
    public enum Action {
        /** The trial began. */
        START,
        /** A larger share. */
        ADVANCE,
        /** The version serves from now on. */
        PROMOTE,
        /** The version gets no more records. */
        ROLL_BACK,
        /** The share stays as it is until resumed. */
        PAUSE,
        /** The ramp goes on. */
        RESUME,
        /** The horizon is reached undecided: the share stays as it is, and a person decides. */
        HOLD
    }

    /** Where a trial stands. */
    public enum Stage {
        RUNNING,
        PAUSED,
        HELD,
        PROMOTED,
        ROLLED_BACK
    }

    /** Who decides by what the evidence says. */
    static final String VERDICT = "verdict";
    /** Who decides by time and records. */
    static final String SCHEDULE = "schedule";

    /** Whether a person decided. */
    boolean byHand() {
        return !actor.equals(VERDICT) && !actor.equals(SCHEDULE);
    }

    /** The whole decision as JSON. */
    @Override
    public String toJson() {
        return DecisionJson.write(this).toString();
    }

    /** As {@link #toJson}. */
    @Override
    public String toString() {
        return toJson();
    }
}
