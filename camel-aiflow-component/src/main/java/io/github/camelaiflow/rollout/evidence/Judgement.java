package io.github.camelaiflow.rollout.evidence;

import java.util.List;

/**
 * What the evidence says of the version on trial.
 *
 * @param verdict WORSE once a guardrail's margin is established to be exceeded; NOT_WORSE once that is excluded for all; else
 *     UNDECIDED, or NO_DATA while nothing can be said
 * @param evidence the e-value against "not worse than by the margin", over all guardrails; a rollback needs 1 / alpha
 * @param needed 1 / alpha
 * @param guardrails each guardrail's part
 * @param mismatch whether the arms got other shares of the records than they should (sample-ratio mismatch)
 */
public record Judgement(Status verdict, double evidence, double needed, List<Guarded> guardrails, boolean mismatch) {

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
     * @param control the control's rate, quantile in ms, or mean; NaN without data
     * @param treatment the same of the treatment
     * @param controlRecords how many records that rests on
     * @param treatmentRecords the same of the treatment
     * @param worse e-value against "not worse than by the margin"
     * @param notWorse e-value against "worse by the margin"
     */
    public record Guarded(
            Guardrail guardrail,
            Status status,
            double control,
            double treatment,
            long controlRecords,
            long treatmentRecords,
            double worse,
            double notWorse) {}

    /** Judges evidence: all that is shared by the nodes of a flow. */
    public static Judgement of(EvidenceState state, List<Guardrail> guardrails, double alpha) {
        throw new UnsupportedOperationException();
    }
}
