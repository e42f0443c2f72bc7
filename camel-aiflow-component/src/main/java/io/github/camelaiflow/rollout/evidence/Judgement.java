package io.github.camelaiflow.rollout.evidence;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the evidence says of the version on trial.
 *
 * @param verdict WORSE once it is established that a guardrail's margin is exceeded; NOT_WORSE once that is excluded for every
 *     guardrail that has data or is required, and no mismatch was found; else UNDECIDED, or NO_DATA while nothing can be said
 * @param evidence the e-value against "not worse than by the margin", over all guardrails: their mean
 * @param needed 1 / alpha
 * @param guardrails each guardrail's part
 * @param mismatch whether the arms got other shares of the records than they should (sample-ratio mismatch): then the split is
 *     broken, and what the arms show may come from that. Wrong with a chance of at most 0.001 over all looks
 */
public record Judgement(Status verdict, double evidence, double needed, List<Guarded> guardrails, boolean mismatch) {

    public Judgement {
        guardrails = List.copyOf(guardrails);
    }

    /** What can be said. */
    public enum Status {
        WORSE,
        NOT_WORSE,
        UNDECIDED,
        NO_DATA
    }

    /**
     * One guardrail's part.
     *
     * @param control the control's rate, quantile in ms (within 5 %), or mean loss; NaN without data. Of SCORES the event
     *     (score above a decile, or one label) the arms differ most in. Of AGREEMENT always NaN
     * @param treatment the same of the treatment; of AGREEMENT the rate of disagreement
     * @param controlRecords how many records that rests on
     * @param treatmentRecords the same of the treatment
     * @param worse e-value against "not worse than by the margin"
     * @param notWorse e-value against "worse by the margin"; of SCORES the least of those against each event's difference
     * @param lower the difference (treatment less control; of AGREEMENT the rate) is above this, with a chance of alpha to be
     *     ever wrong; NaN of LATENCY and SCORES
     * @param upper it is below this, likewise
     */
    public record Guarded(
            Guardrail guardrail,
            Status status,
            double control,
            double treatment,
            long controlRecords,
            long treatmentRecords,
            double worse,
            double notWorse,
            double lower,
            double upper) {}

    /**
     * Judges evidence: all that is shared by the nodes of a flow. Takes well below a millisecond a guardrail.
     *
     * <p>The e-values for a rollback are averaged over the guardrails, with data or without, as their number must be fixed
     * before: a mean of e-processes is one, and whatever the guardrails have in common, alpha holds for all together. For a
     * promotion each guardrail must exclude its margin at alpha by itself: if one is exceeded, that one would have to err.
     *
     * @param guardrails those the evidence was gathered for; another margin or quantile of LATENCY finds no data
     * @throws IllegalArgumentException if alpha is not above 0 and below 1, or there is no guardrail
     */
    public static Judgement of(EvidenceState state, List<Guardrail> guardrails, double alpha) {
        return new Judge(state, alpha).judge(guardrails, true);
    }

    /** The guardrail with the most evidence of being exceeded; empty if none has data. */
    public Optional<Guarded> blamed() {
        return guardrails.stream()
                .filter(guarded -> guarded.status() != Status.NO_DATA)
                .max(Comparator.comparingDouble(Guarded::worse));
    }

    /** As JSON; what is NaN is null. */
    public String toJson() {
        return JudgementJson.write(this);
    }
}
