package io.github.camelaiflow.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelaiflow.rollout.RolloutDecision.Action;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RolloutJsonTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Trials trials = new Trials();

    @Test
    void aStatusSaysAllAndShowsNothingOfRecords() throws Exception {
        Trials.Node node = trials.node("a");
        node.rollout.answered(node.rollout.assign("secret-key"), "secret-key", Trials.GOOD);
        node.rollout.tick();
        String text = node.rollout.status().toJson();
        assertThat(node.rollout.status()).hasToString(text);
        assertThat(text).doesNotContain("secret");
        JsonNode json = MAPPER.readTree(text);
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "flow",
                        "serve",
                        "canary",
                        "stage",
                        "step",
                        "share",
                        "since",
                        "waiting",
                        "judgements",
                        "durable",
                        "unwritten",
                        "lost");
        assertThat(json.get("stage").asText()).isEqualTo("RUNNING");
        assertThat(json.get("since").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(json.at("/judgements/v2/verdict").asText()).isEqualTo("UNDECIDED");
    }

    @Test
    void aStatusWithoutATrialHasNulls() throws Exception {
        Trials.Node node = trials.node("a", Trials.withoutCanary(Map.of(), List.of()));
        JsonNode json = MAPPER.readTree(node.rollout.status().toJson());
        assertThat(json.get("stage").isNull()).isTrue();
        assertThat(json.get("canary").isNull()).isTrue();
        assertThat(json.get("since").isNull()).isTrue();
        assertThat(json.get("serve").asText()).isEqualTo("v1");
    }

    @Test
    void decisionsAndStatesAreReadAsTheyWereWritten() throws Exception {
        Trials.Node node = trials.node("a");
        RolloutDecision decision = node.rollout.decide(Action.PAUSE, "ann", "\"wait\"\n");
        assertThat(DecisionJson.read(MAPPER.readTree(decision.toJson()))).isEqualTo(decision);
        assertThat(decision).hasToString(decision.toJson());
        assertThat(node.rollout.decisions(1)).containsExactly(decision);
        TrialState state = new TrialState(3, decision.stage(), 1, Trials.START, 1, 2, 3, 4, decision);
        assertThat(TrialState.ofJson(state.toJson(), 2)).isEqualTo(state);
    }

    @Test
    void whatIsNoStateIsRefused() {
        Trials.Node node = trials.node("a");
        RolloutDecision decision = node.rollout.decide(Action.PAUSE, "ann", "");
        String state = new TrialState(3, decision.stage(), 1, Trials.START, 1, 2, 3, 4, decision).toJson();
        for (String wrong : List.of(
                "",
                "null",
                "[]",
                "{}",
                state.replace("\"step\":1", "\"step\":2"),
                state.replace("PAUSED", "SOMETHING"),
                state.replace("\"number\"", "\"other\""),
                state.replace("2026-01-01", "yesterday"),
                state.substring(0, state.length() / 2))) {
            assertThatThrownBy(() -> TrialState.ofJson(wrong, 2))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
