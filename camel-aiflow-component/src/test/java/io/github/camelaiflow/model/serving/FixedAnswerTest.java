package io.github.camelaiflow.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.data.ServedBy;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FixedAnswerTest {

    @Test
    void everyRecordIsAnsweredAlike() {
        FixedAnswer safe = FixedAnswer.of("models.safe", Map.of("label", "review", "score", 0.5));

        List<Outcome> outcomes = safe.predict(new ModelInput.Rows(List.of(Map.of(), Map.of("a", 1))));

        assertThat(outcomes).hasSize(2).allSatisfy(outcome -> {
            assertThat(outcome.output().label()).isEqualTo("review");
            assertThat(outcome.output().score()).isEqualTo(0.5);
            assertThat(outcome.standIn()).isEqualTo(ServedBy.DEFAULT);
        });
        assertThat(FixedAnswer.of("m", Map.of("score", 12))
                        .predict(new ModelInput.Rows(List.of(Map.of())))
                        .get(0)
                        .output()
                        .value())
                .isEqualTo(12.0);
        assertThatThrownBy(() -> safe.predict(new ModelInput.Tensors(Map.of("", new float[] {1}))))
                .isInstanceOf(ModelException.class);
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        assertThatThrownBy(() -> FixedAnswer.of(
                        "models.safe",
                        Map.of("label", "", "score", Double.NaN, "lable", "x", "scores", Map.of("a", "b"))))
                .hasMessageContainingAll(
                        "models.safe",
                        "label must be a text",
                        "score must be a finite number",
                        "lable is not known",
                        "scores.a must be a finite number");
        assertThatThrownBy(() -> FixedAnswer.of("m", Map.of())).hasMessageContaining("label or score is required");
    }
}
