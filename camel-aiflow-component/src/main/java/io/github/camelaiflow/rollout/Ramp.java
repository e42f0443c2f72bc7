package io.github.camelaiflow.rollout;

import io.github.camelaiflow.rollout.RolloutDecision.Action;
import io.github.camelaiflow.rollout.RolloutDecision.Stage;
import io.github.camelaiflow.rollout.evidence.Judgement;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What becomes of a trial by itself. A pure function of its state and the facts: time and records open the next step, the verdict
 * alone promotes or rolls back.
 */
final class Ramp {

    private final RolloutPlan plan;
    private final RolloutPlan.Canary canary;

    Ramp(RolloutPlan plan) {
        this.plan = plan;
        this.canary = plan.canary();
    }

    /**
     * What is to be done now.
     *
     * @param action {@code null} for nothing yet
     * @param actor who decides it
     * @param reason why it is done, or what is waited for; {@code null} if there is nothing to wait for
     */
    record Next(Action action, String actor, String reason) {

        static Next wait(String reason) {
            return new Next(null, null, reason);
        }

        static Next verdict(Action action, String reason) {
            return new Next(action, RolloutDecision.VERDICT, reason);
        }

        static Next schedule(Action action, String reason) {
            return new Next(action, RolloutDecision.SCHEDULE, reason);
        }
    }

    Next next(TrialState state, Facts facts) {
        if (!state.open()) {
            return Next.wait(null);
        } else if (facts.worse()) {
            return Next.verdict(Action.ROLL_BACK, worse(facts.judgement()));
        } else if (state.stage() == Stage.PAUSED) {
            return Next.wait("paused by " + state.decision().actor() + " until resumed");
        } else if (state.stage() == Stage.HELD) {
            return Next.wait("the horizon is reached undecided: a person decides");
        }
        return running(state, facts);
    }

    private Next running(TrialState state, Facts facts) {
        String waiting = waiting(state, facts);
        boolean last = state.step() == canary.lastStep();
        if (waiting == null && last) {
            return Next.verdict(
                    Action.PROMOTE,
                    canary.version() + " is not worse than " + plan.serve() + " by any guardrail's margin");
        } else if (facts.ran() >= state.until()) {
            return Next.schedule(
                    Action.HOLD, "undecided after " + canary.horizon() + (waiting == null ? "" : ": " + waiting));
        } else if (waiting == null) {
            return Next.schedule(
                    Action.ADVANCE, "step " + (state.step() + 1) + " is done, nothing speaks against the next");
        }
        return Next.wait(waiting);
    }

    /** What keeps the step from being done; {@code null} for nothing. */
    private String waiting(TrialState state, Facts facts) {
        Duration ran = Duration.ofMillis(Math.max(0, facts.ran() - state.stepFrom()));
        long answers = Math.max(0, facts.answers() - state.answersFrom());
        Judgement judgement = facts.judgement();
        if (judgement.mismatch()) {
            return "the arms get other shares of the records than they should (sample-ratio mismatch): records or answers"
                    + " of one arm are lost";
        } else if (judgement.guardrails().stream().anyMatch(guarded -> guarded.status() == Judgement.Status.WORSE)) {
            return "a guardrail says worse";
        } else if (facts.drifting()) {
            return "the input drifts";
        } else if (ran.compareTo(canary.stepTime()) < 0) {
            return "the step has run for " + ran.truncatedTo(ChronoUnit.SECONDS) + " of " + canary.stepTime();
        } else if (answers < canary.stepRecords()) {
            return canary.version() + " has answered " + answers + " of " + canary.stepRecords()
                    + " records in this step";
        }
        return state.step() == canary.lastStep() ? unpromoted(judgement) : null;
    }

    private String unpromoted(Judgement judgement) {
        if (judgement.verdict() != Judgement.Status.NOT_WORSE) {
            return "the evidence does not yet exclude that " + canary.version() + " is worse by a margin";
        }
        return canary.promotes() ? null : "a person promotes";
    }

    private String worse(Judgement judgement) {
        String guardrails = judgement.guardrails().stream()
                .filter(guarded -> guarded.status() == Judgement.Status.WORSE)
                .map(Ramp::worse)
                .collect(Collectors.joining(", "));
        return canary.version() + " is worse than " + plan.serve() + " by more than the margin"
                + (guardrails.isEmpty() ? "" : ": " + guardrails);
    }

    private static String worse(Judgement.Guarded guarded) {
        return String.format(
                Locale.ROOT,
                "%s %.4g against %.4g (margin %.4g)",
                guarded.guardrail().kind().word(),
                guarded.treatment(),
                guarded.control(),
                guarded.guardrail().margin());
    }
}
