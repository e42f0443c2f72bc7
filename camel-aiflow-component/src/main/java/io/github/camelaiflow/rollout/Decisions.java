package io.github.camelaiflow.rollout;

import io.github.camelaiflow.rollout.RolloutDecision.Action;
import io.github.camelaiflow.rollout.RolloutDecision.Stage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Makes decisions: what state they lead to, and whether a person may make them. Thread-safe if clock and ids are. */
final class Decisions {

    private final RolloutPlan plan;
    private final RolloutPlan.Canary canary;
    private final String node;
    private final InstantSource clock;
    private final Supplier<String> ids;

    Decisions(RolloutPlan plan, String node, InstantSource clock, Supplier<String> ids) {
        this.plan = plan;
        this.canary = plan.canary();
        this.node = node;
        this.clock = clock;
        this.ids = ids;
    }

    TrialState start(long ran, long answers) {
        Instant now = clock.instant();
        String reason = canary.version() + " goes on trial beside " + plan.serve();
        RolloutDecision decision = decision(
                Action.START, Stage.RUNNING, canary.steps().get(0), now, RolloutDecision.SCHEDULE, reason, null);
        return new TrialState(
                1, Stage.RUNNING, 0, now, ran, ran, ran + canary.horizon().toMillis(), answers, decision);
    }

    /** What the action makes of the state. */
    TrialState next(TrialState from, Ramp.Next next, Facts facts) {
        Instant now = clock.instant();
        Stage stage = stage(next.action());
        boolean advances = next.action() == Action.ADVANCE;
        boolean again = next.action() == Action.RESUME && from.stage() == Stage.HELD;
        int step = from.step() + (advances ? 1 : 0);
        TrialState to = new TrialState(
                from.number() + 1,
                stage,
                step,
                advances ? now : from.since(),
                facts.ran(),
                advances ? facts.ran() : from.stepFrom(),
                again ? facts.ran() + canary.horizon().toMillis() : from.until(),
                advances ? facts.answers() : from.answersFrom(),
                null);
        String judgement = facts.judgement().toJson();
        return to.by(decision(next.action(), stage, to.share(canary), now, next.actor(), next.reason(), judgement));
    }

    private RolloutDecision decision(
            Action action, Stage stage, double share, Instant time, String actor, String reason, String judgement) {
        return new RolloutDecision(
                ids.get(),
                plan.identity(),
                action,
                canary.version(),
                stage,
                share,
                time,
                node,
                actor,
                reason,
                judgement);
    }

    private static Stage stage(Action action) {
        return switch (action) {
            case START, ADVANCE, RESUME -> Stage.RUNNING;
            case PROMOTE -> Stage.PROMOTED;
            case ROLL_BACK -> Stage.ROLLED_BACK;
            case PAUSE -> Stage.PAUSED;
            case HOLD -> Stage.HELD;
        };
    }

    /** @throws RolloutException if a person may not decide that in this stage */
    void check(TrialState state, Action action) {
        boolean allowed =
                switch (action) {
                    case PROMOTE -> state.open();
                    case ROLL_BACK -> state.stage() != Stage.ROLLED_BACK;
                    case PAUSE -> state.stage() == Stage.RUNNING;
                    case RESUME -> state.stage() == Stage.PAUSED || state.stage() == Stage.HELD;
                    case START, ADVANCE, HOLD -> false;
                };
        if (!allowed) {
            throw new RolloutException(action + " cannot be decided for " + canary.version() + " of flow " + plan.flow()
                    + ", which is " + state.stage() + ": " + instead(state.stage()));
        }
    }

    private String instead(Stage stage) {
        return switch (stage) {
            case RUNNING -> "PROMOTE, ROLL_BACK or PAUSE can; steps are taken and held by themselves";
            case PAUSED, HELD -> "PROMOTE, ROLL_BACK or RESUME can";
            case PROMOTED -> "only ROLL_BACK can, which lets " + plan.serve() + " serve again";
            case ROLLED_BACK ->
                "to try it again, change the plan, if only its salt: that is a new trial; to let it serve"
                        + " nevertheless, name it as the version that serves";
        };
    }
}
