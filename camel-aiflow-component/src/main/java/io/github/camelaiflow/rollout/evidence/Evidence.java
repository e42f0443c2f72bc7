package io.github.camelaiflow.rollout.evidence;

import java.util.List;

/**
 * Gathers what tells the version on trial (the treatment) from the one that serves (the control). Thread-safe; an observation costs
 * well below a microsecond a guardrail.
 */
public final class Evidence {

    /** Nothing gathered yet. */
    public Evidence(List<Guardrail> guardrails) {
        throw new UnsupportedOperationException();
    }

    /**
     * A record that was given to one arm by chance.
     *
     * @param key what the arm was drawn by; {@code null} if this record was drawn for itself
     * @param treatment which arm answered
     * @param share chance that a record of these two arms went to the treatment, above 0 and below 1
     */
    public void randomised(String key, boolean treatment, double share, Observation answer) {
        throw new UnsupportedOperationException();
    }

    /** A record that both arms answered. */
    public void paired(Observation control, Observation treatment) {
        throw new UnsupportedOperationException();
    }

    /**
     * A label came for a record that one arm had answered, or an estimate of it.
     *
     * @param loss from 0 (right) to 1 (wrong)
     */
    public void labelled(boolean treatment, double loss) {
        throw new UnsupportedOperationException();
    }

    /** What was gathered. */
    public EvidenceState state() {
        throw new UnsupportedOperationException();
    }
}
