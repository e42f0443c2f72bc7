package io.github.camelaiflow.rollout;

import io.github.camelaiflow.data.ServedBy;
import io.github.camelaiflow.rollout.evidence.Evidence;
import io.github.camelaiflow.rollout.evidence.EvidenceState;
import io.github.camelaiflow.rollout.evidence.Observation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What this process has gathered, for each version that is compared with the serving one. Thread-safe, never waits for a store. */
final class Gathered {

    private final RolloutPlan plan;
    private final String canary;
    private final LongAdder told = new LongAdder();
    private volatile Live live;

    private record Live(Map<String, Evidence> evidence, LongAdder answers) {}

    Gathered(RolloutPlan plan) {
        this.plan = plan;
        this.canary = plan.canary() == null ? null : plan.canary().version();
        restart();
    }

    /** Forgets all. */
    void restart() {
        Map<String, Evidence> evidence = new LinkedHashMap<>();
        plan.compared().forEach(version -> evidence.put(version, new Evidence(plan.guardrails())));
        live = new Live(evidence, new LongAdder());
    }

    void answered(Assignment assignment, String key, Observation observation) {
        Live now = live;
        if (assignment.role() == ServedBy.CANARY && assignment.version().equals(canary)) {
            now.answers.increment();
            now.evidence.get(canary).randomised(key, true, assignment.share(), observation);
        } else if (assignment.role() == ServedBy.VARIANT && now.evidence.containsKey(assignment.version())) {
            now.evidence.get(assignment.version()).randomised(key, true, assignment.share(), observation);
        } else if (assignment.role() == ServedBy.PRIMARY && assignment.version().equals(plan.serve())) {
            servedAnswered(now, assignment, key, observation);
        }
        told.increment();
    }

    private void servedAnswered(Live now, Assignment assignment, String key, Observation observation) {
        if (canary != null && assignment.step() >= 0) {
            now.evidence.get(canary).randomised(key, false, assignment.share(), observation);
        }
        for (String variant : plan.weights().keySet()) {
            double share = variant.equals(plan.serve()) ? 0 : plan.shareAgainstServe(variant);
            if (share > 0) {
                now.evidence.get(variant).randomised(key, false, share, observation);
            }
        }
    }

    void paired(String shadow, Observation served, Observation observation) {
        Evidence evidence = live.evidence.get(shadow);
        if (evidence != null) {
            evidence.paired(served, observation);
            told.increment();
        }
    }

    /** @param open whether labels still count for the canary */
    void labelled(String version, double loss, boolean open) {
        live.evidence.forEach((compared, evidence) -> {
            boolean counts = open || !compared.equals(canary);
            if (counts && (version.equals(compared) || version.equals(plan.serve()))) {
                evidence.labelled(version.equals(compared), loss);
            }
        });
        told.increment();
    }

    Map<String, EvidenceState> states() {
        Map<String, EvidenceState> states = new LinkedHashMap<>();
        live.evidence.forEach((version, evidence) -> states.put(version, evidence.state()));
        return states;
    }

    /** How many records the canary has answered. */
    long answers() {
        return live.answers.sum();
    }

    /** How often anything was told; to see whether anything was since. */
    long told() {
        return told.sum();
    }
}
