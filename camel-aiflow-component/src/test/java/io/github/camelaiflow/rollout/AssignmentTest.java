package io.github.camelaiflow.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.camelaiflow.data.ServedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AssignmentTest {

    private static final int KEYS = 100_000;

    private final Trials trials = new Trials();

    @Test
    void theCanaryGetsItsShareAndKeepsItsKeysWhenItGrows() {
        Trials.Node node = trials.node("a");
        List<Assignment> small = all(node.rollout);
        node.canaryAnswers(5);
        node.run(Duration.ofMinutes(10));
        List<Assignment> large = all(node.rollout);
        assertThat(share(small, "v2")).isCloseTo(0.1, within(0.005));
        assertThat(share(large, "v2")).isCloseTo(0.5, within(0.01));
        for (int i = 0; i < KEYS; i++) {
            if (small.get(i).version().equals("v2")) {
                assertThat(large.get(i).version()).isEqualTo("v2");
            }
        }
        assertThat(small)
                .contains(
                        new Assignment("v2", ServedBy.CANARY, 0.1, 0), new Assignment("v1", ServedBy.PRIMARY, 0.1, 0));
        assertThat(large)
                .contains(
                        new Assignment("v2", ServedBy.CANARY, 0.5, 1), new Assignment("v1", ServedBy.PRIMARY, 0.5, 1));
    }

    @Test
    void allNodesAssignAlikeAndAnotherSaltOtherwise() {
        List<Assignment> here = all(trials.node("a").rollout);
        assertThat(all(trials.node("b").rollout)).isEqualTo(here);
        RolloutPlan plan = Trials.PLAN;
        RolloutPlan salted = new RolloutPlan(
                plan.flow(), "i", "other", "v1", Map.of(), plan.canary(), List.of(), 0, plan.guardrails(), 0.05);
        List<Assignment> other = all(trials.node("a", salted).rollout);
        long both = 0;
        for (int i = 0; i < KEYS; i++) {
            both += here.get(i).version().equals("v2") && other.get(i).version().equals("v2") ? 1 : 0;
        }
        assertThat((double) both / KEYS).isCloseTo(0.01, within(0.002));
    }

    /** The assignment is public by its effect: who upgrades must not move keys between arms. */
    @Test
    void theAssignmentOfAKeyIsTheSameForEver() {
        Rollout rollout = trials.node("a").rollout;
        StringBuilder canaries = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            canaries.append(rollout.assign("key-" + i).version().equals("v2") ? i + " " : "");
        }
        assertThat(canaries).hasToString("10 11 18 47 ");
    }

    @Test
    void aSplitGoesByWeightsInOrder() {
        Map<String, Double> weights = new LinkedHashMap<>();
        weights.put("v3", 0.2);
        weights.put("v1", 0.5);
        weights.put("none", 0.0);
        weights.put("v2", 0.3);
        List<Assignment> all = all(trials.node("a", Trials.withoutCanary(weights, List.of())).rollout);
        assertThat(share(all, "v1")).isCloseTo(0.5, within(0.01));
        assertThat(share(all, "v2")).isCloseTo(0.3, within(0.01));
        assertThat(share(all, "v3")).isCloseTo(0.2, within(0.01));
        Map<String, Assignment> byVersion = new TreeMap<>();
        all.forEach(assignment -> byVersion.put(assignment.version(), assignment));
        assertThat(byVersion.values())
                .containsExactly(
                        new Assignment("v1", ServedBy.PRIMARY, Double.NaN, -1),
                        new Assignment("v2", ServedBy.VARIANT, 0.3 / 0.8, -1),
                        new Assignment("v3", ServedBy.VARIANT, 0.2 / 0.7, -1));
    }

    @Test
    void shadowsAreAskedForTheirShareWhateverTheArm() {
        RolloutPlan plan = Trials.PLAN;
        RolloutPlan shadowed = new RolloutPlan(
                plan.flow(),
                "i",
                "claims",
                "v1",
                Map.of(),
                plan.canary(),
                List.of("v3"),
                0.25,
                plan.guardrails(),
                0.05);
        Rollout rollout = trials.node("a", shadowed).rollout;
        int asked = 0;
        int askedOfCanary = 0;
        int canary = 0;
        for (int i = 0; i < KEYS; i++) {
            boolean shadow = rollout.shadowed("key-" + i);
            boolean trial = rollout.assign("key-" + i).version().equals("v2");
            asked += shadow ? 1 : 0;
            canary += trial ? 1 : 0;
            askedOfCanary += shadow && trial ? 1 : 0;
            assertThat(rollout.shadowed("key-" + i)).isEqualTo(shadow);
        }
        assertThat((double) asked / KEYS).isCloseTo(0.25, within(0.01));
        assertThat((double) askedOfCanary / canary).isCloseTo(0.25, within(0.02));
        assertThat(trials.node("b").rollout.shadowed("key-1")).isFalse();
    }

    @Test
    void recordsWithoutAKeyAreDrawnOneByOne() {
        Rollout rollout = trials.node("a").rollout;
        int canary = 0;
        for (int i = 0; i < KEYS; i++) {
            canary += rollout.assign(null).version().equals("v2") ? 1 : 0;
        }
        assertThat((double) canary / KEYS).isCloseTo(0.1, within(0.005));
        assertThat(draws(trials.node("b").rollout)).isNotEqualTo(draws(trials.node("b").rollout));
    }

    @Test
    void aPlanThatCannotBeIsRefused() {
        Map<String, Double> half = Map.of("v1", 0.5);
        assertThatThrownBy(() -> Trials.withoutCanary(half, List.of())).hasMessageContaining("weights must sum to 1");
        assertThatThrownBy(() -> Trials.withoutCanary(Map.of("v2", 1.0), List.of()))
                .hasMessageContaining("weights must give a share to v1");
        assertThatThrownBy(() -> Trials.withoutCanary(Map.of("v1", 1.5, "v2", -0.5), List.of()))
                .hasMessageContaining("weights must be between 0 and 1");
        assertThatThrownBy(() -> Trials.withoutCanary(Map.of(), List.of("v1")))
                .hasMessageContaining("shadows must be other versions");
        assertThatThrownBy(() -> canary("v1", List.of(0.1)))
                .hasMessageContaining("another version than the one that serves");
        assertThatThrownBy(() -> canary("v2", List.of(0.1, 0.1))).hasMessageContaining("must rise");
        assertThatThrownBy(() -> canary("v2", List.of(1.0))).hasMessageContaining("must rise");
        assertThatThrownBy(() -> canary("v2", List.of())).hasMessageContaining("at least one step");
    }

    private static RolloutPlan canary(String version, List<Double> steps) {
        RolloutPlan.Canary canary = new RolloutPlan.Canary(version, steps, Duration.ZERO, 0, Duration.ofHours(1), true);
        return new RolloutPlan("claims", "i", "s", "v1", Map.of(), canary, List.of(), 0, Trials.ERRORS, 0.05);
    }

    private static List<Assignment> all(Rollout rollout) {
        List<Assignment> all = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            all.add(rollout.assign("key-" + i));
        }
        return all;
    }

    private static String draws(Rollout rollout) {
        StringBuilder draws = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            draws.append(rollout.assign(null).version());
        }
        return draws.toString();
    }

    private static double share(List<Assignment> all, String version) {
        return (double) all.stream()
                        .filter(one -> one.version().equals(version))
                        .count()
                / KEYS;
    }
}
