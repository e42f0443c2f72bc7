package io.github.camelaiflow.rollout;

import io.github.camelaiflow.rollout.evidence.EvidenceState;
import io.github.camelaiflow.rollout.evidence.Guardrail;
import io.github.camelaiflow.rollout.evidence.Judgement;
import io.github.camelaiflow.rollout.evidence.Observation;
import io.github.camelaiflow.store.MemoryStore;
import io.github.camelaiflow.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Trials over one store: v2 beside v1 in two steps, its clock and its verdict in the test's hand. */
final class Trials {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Observation GOOD = new Observation(false, false, 5, 0.5, "a");
    static final List<Guardrail> ERRORS = List.of(Guardrail.of(Guardrail.Kind.ERRORS));
    static final RolloutPlan PLAN = plan("identity-1", true);

    Instant now = START;
    Judgement.Status verdict = Judgement.Status.UNDECIDED;
    boolean mismatch;
    final Store store = new MemoryStore(() -> now);
    private int ids;

    /** Steps of 10 and 50 %, each at least 10 minutes and 5 records, over an hour at most. */
    static RolloutPlan plan(String identity, boolean promotes) {
        RolloutPlan.Canary canary = new RolloutPlan.Canary(
                "v2", List.of(0.1, 0.5), Duration.ofMinutes(10), 5, Duration.ofHours(1), promotes);
        return new RolloutPlan("claims", identity, "claims", "v1", Map.of(), canary, List.of(), 0, ERRORS, 0.05);
    }

    static RolloutPlan withoutCanary(Map<String, Double> weights, List<String> shadows) {
        return new RolloutPlan("claims", "identity-2", "claims", "v1", weights, null, shadows, 0.25, ERRORS, 0.05);
    }

    Node node(String name) {
        return node(name, PLAN);
    }

    Node node(String name, RolloutPlan plan) {
        return new Node(name, plan, new FlakyStore(store), Duration.ZERO);
    }

    Node node(String name, FlakyStore way, Duration skew) {
        return new Node(name, PLAN, way, skew);
    }

    String id() {
        return "id-" + ids++;
    }

    private Judgement judge(EvidenceState state, List<Guardrail> guardrails, double alpha) {
        Judgement counted = Judgement.of(state, guardrails, alpha);
        return new Judgement(verdict, counted.evidence(), counted.needed(), counted.guardrails(), mismatch);
    }

    /** The flow's decisions in the store, oldest first. */
    List<RolloutDecision> log() {
        List<RolloutDecision> decisions =
                new ArrayList<>(new TrialStore(store, new Places("claims", "identity-1"), 2).newest(1000));
        java.util.Collections.reverse(decisions);
        return decisions;
    }

    /** A node of the flow. */
    final class Node {

        final String name;
        final FlakyStore way;
        final List<RolloutDecision> told = new ArrayList<>();
        final Rollout rollout;

        private Node(String name, RolloutPlan plan, FlakyStore way, Duration skew) {
            this.name = name;
            this.way = way;
            this.rollout =
                    new Rollout(plan, way, () -> now.plus(skew), name, Trials.this::id, told::add, Trials.this::judge);
        }

        /** Time passes, tick by tick. */
        void run(Duration time) {
            for (Instant end = now.plus(time); now.isBefore(end); ) {
                now = now.plusSeconds(30);
                rollout.tick();
            }
        }

        /** So many records for the canary, and as many as come for the serving version meanwhile. */
        void canaryAnswers(int records) {
            for (int left = records; left > 0; ) {
                Assignment assignment = rollout.assign(null);
                rollout.answered(assignment, null, GOOD);
                left -= assignment.version().equals("v2") ? 1 : 0;
            }
        }

        RolloutDecision.Stage stage() {
            return rollout.status().stage();
        }

        double share() {
            return rollout.status().share();
        }

        List<RolloutDecision.Action> toldActions() {
            return told.stream().map(RolloutDecision::action).toList();
        }

        long records() {
            Judgement.Guarded guarded =
                    rollout.status().judgements().get("v2").guardrails().get(0);
            return guarded.controlRecords() + guarded.treatmentRecords();
        }
    }
}
