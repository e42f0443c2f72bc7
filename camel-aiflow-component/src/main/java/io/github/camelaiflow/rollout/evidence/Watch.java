package io.github.camelaiflow.rollout.evidence;

/**
 * Turns observations into findings for one guardrail, and keeps what this node learns for that from the control: thresholds and
 * centres. All of these are fixed before the record they are used on, so findings of nodes with different ones add.
 */
abstract class Watch {

    private final Findings findings;

    Watch(Guardrail guardrail) {
        findings = new Findings(guardrail);
    }

    static Watch of(Guardrail guardrail) {
        return switch (guardrail.kind()) {
            case ERRORS -> new EventWatch(guardrail, Observation::error, true);
            case INVALID -> new EventWatch(guardrail, Observation::invalid, false);
            case LATENCY -> new LatencyWatch(guardrail);
            case SCORES -> new ScoresWatch(guardrail);
            case AGREEMENT -> new AgreementWatch(guardrail);
            case QUALITY -> new QualityWatch(guardrail);
        };
    }

    final Findings findings() {
        return findings;
    }

    /** So many equal records that were given to an arm by chance. */
    void randomised(boolean treatment, double share, Observation answer, long times) {}

    /** A record that both arms answered. */
    void paired(Observation control, Observation treatment) {}

    /** A label came. */
    void labelled(boolean treatment, double loss) {}

    /** The nearest tenth: few centres, so that counts stay few. */
    static double tenth(double rate) {
        return Math.rint(rate * 10) / 10;
    }
}
