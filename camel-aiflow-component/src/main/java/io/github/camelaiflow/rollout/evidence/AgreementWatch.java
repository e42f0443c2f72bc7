package io.github.camelaiflow.rollout.evidence;

/**
 * Counts the records that the control answered and the treatment answered otherwise, or not. Answers agree if their labels are
 * equal, or, where there are none, their scores are within one per cent of the larger.
 */
final class AgreementWatch extends Watch {

    private static final double NEAR = 0.01;

    AgreementWatch(Guardrail guardrail) {
        super(guardrail);
    }

    @Override
    void paired(Observation control, Observation treatment) {
        if (treatment.error() && treatment.shared()) {
            return;
        }
        if (!control.error() && !control.invalid() && (control.label() != null || !Double.isNaN(control.score()))) {
            findings().mean().add(agree(control, treatment) ? 0 : 1);
        }
    }

    private static boolean agree(Observation control, Observation treatment) {
        if (treatment.error() || treatment.invalid()) {
            return false;
        }
        if (control.label() != null || treatment.label() != null) {
            return control.label() != null && control.label().equals(treatment.label());
        }
        double larger = Math.max(Math.abs(control.score()), Math.abs(treatment.score()));
        return control.score() == treatment.score()
                || Math.abs(control.score() - treatment.score()) <= NEAR * larger && larger < Double.POSITIVE_INFINITY;
    }
}
