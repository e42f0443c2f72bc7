package io.github.camelaiflow.rollout.evidence;

import io.github.camelaiflow.rollout.evidence.Guardrail.Kind;
import io.github.camelaiflow.statistics.ArmDifference;
import io.github.camelaiflow.statistics.BoundedMean;
import java.util.ArrayList;
import java.util.List;

/** What was found for one guardrail, as numbers that add. Each kind of guardrail uses some of them. Not thread-safe. */
final class Findings {

    private final Guardrail guardrail;
    private final List<ArmDifference> differences = new ArrayList<>();
    private final BoundedMean mean;
    private final Losses[] losses = {new Losses(), new Losses()};
    private final LogHistogram[] millis = {new LogHistogram(), new LogHistogram()};

    Findings(Guardrail guardrail) {
        this(guardrail, emptyMean(guardrail.kind()));
    }

    Findings(Guardrail guardrail, BoundedMean mean) {
        this.guardrail = guardrail;
        this.mean = mean;
        for (int i = 0; i < differences(guardrail.kind()); i++) {
            differences.add(new ArmDifference());
        }
    }

    /** How many events of the arms are compared. */
    private static int differences(Kind kind) {
        return switch (kind) {
            case ERRORS, INVALID, LATENCY -> 1;
            case SCORES -> ScoresWatch.DECILES + ScoresWatch.LABELS;
            case AGREEMENT, QUALITY -> 0;
        };
    }

    /** The least that {@link #mean} can take; the most is 1. */
    static double lowest(Kind kind) {
        return kind == Kind.QUALITY ? -1 : 0;
    }

    private static BoundedMean emptyMean(Kind kind) {
        return new BoundedMean(lowest(kind), 1);
    }

    Guardrail guardrail() {
        return guardrail;
    }

    List<ArmDifference> differences() {
        return differences;
    }

    ArmDifference difference(int i) {
        return differences.get(i);
    }

    /** Of AGREEMENT the disagreements, of QUALITY the differences of losses. */
    BoundedMean mean() {
        return mean;
    }

    Losses losses(boolean treatment) {
        return losses[treatment ? 1 : 0];
    }

    LogHistogram millis(boolean treatment) {
        return millis[treatment ? 1 : 0];
    }

    Findings copy() {
        Findings copy = new Findings(guardrail);
        copy.merge(this);
        return copy;
    }

    void merge(Findings other) {
        for (int i = 0; i < differences.size(); i++) {
            differences.get(i).merge(other.differences.get(i));
        }
        mean.merge(other.mean);
        for (int arm = 0; arm < losses.length; arm++) {
            losses[arm].merge(other.losses[arm]);
            millis[arm].merge(other.millis[arm]);
        }
    }
}
