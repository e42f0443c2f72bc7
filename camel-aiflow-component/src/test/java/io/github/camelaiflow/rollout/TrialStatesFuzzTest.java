package io.github.camelaiflow.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camelaiflow.rollout.evidence.EvidenceState;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Decisions, states and evidence of a rollout as a store shared with others gives them back: readable, or refused. */
class TrialStatesFuzzTest {

    @FuzzTest(maxDuration = "2m")
    void rolloutStates(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        readable(() -> {
            RolloutDecision decision = DecisionJson.read(DecisionJson.parse(text));
            assertThat(DecisionJson.read(DecisionJson.write(decision))).isEqualTo(decision);
        });
        readable(() -> {
            TrialState state = TrialState.ofJson(text, 3);
            assertThat(TrialState.ofJson(state.toJson(), 3)).isEqualTo(state);
        });
        readable(() -> NodeEvidence.ofJson(text, Map.of()));
        readable(() -> assertThat(EvidenceState.ofJson(text).toJson()).isNotBlank());
    }

    private static void readable(Runnable reading) {
        try {
            reading.run();
        } catch (IllegalArgumentException e) {
            assertThat(e).isNotNull();
        }
    }
}
