package io.github.camelaiflow.rollout.evidence;

import io.github.camelaiflow.statistics.SampleRatio;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathered evidence as numbers that add: states of several nodes, or of a node before and after a restart. Immutable. */
public final class EvidenceState {

    /** Nothing gathered. */
    public static final EvidenceState EMPTY = new EvidenceState(new SampleRatio(), List.of());

    // Neither is changed after this is made.
    private final SampleRatio ratio;
    private final List<Findings> findings;

    EvidenceState(SampleRatio ratio, List<Findings> findings) {
        this.ratio = ratio;
        this.findings = List.copyOf(findings);
    }

    SampleRatio ratio() {
        return ratio;
    }

    List<Findings> findings() {
        return findings;
    }

    Optional<Findings> findings(Guardrail guardrail) {
        return findings.stream()
                .filter(found -> found.guardrail().sameAs(guardrail))
                .findFirst();
    }

    /** Both together. Guardrails that only one of them has are kept. */
    public EvidenceState plus(EvidenceState other) {
        SampleRatio bothRatios = new SampleRatio();
        bothRatios.merge(ratio);
        bothRatios.merge(other.ratio);
        List<Findings> both = new ArrayList<>();
        findings.forEach(mine -> {
            Findings sum = mine.copy();
            other.findings(mine.guardrail()).ifPresent(sum::merge);
            both.add(sum);
        });
        other.findings.stream()
                .filter(theirs -> findings(theirs.guardrail()).isEmpty())
                .forEach(both::add);
        return new EvidenceState(bothRatios, both);
    }

    /** As JSON, for a store: some hundred bytes, with all guardrails and ten steps about 15,000. */
    public String toJson() {
        return StateJson.write(this);
    }

    /**
     * Evidence as it was stored.
     *
     * @throws IllegalArgumentException if it is not one of {@link #toJson()}
     */
    public static EvidenceState ofJson(String json) {
        return StateJson.read(json);
    }
}
