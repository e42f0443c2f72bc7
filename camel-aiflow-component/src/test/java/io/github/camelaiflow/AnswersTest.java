package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.data.Prediction;
import io.github.camelaiflow.data.ServedBy;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is kept of an answer. */
class AnswersTest {

    private static Map<String, Double> kept(Map<String, Double> scores) {
        Prediction prediction = new Prediction(
                "p",
                "k",
                "f",
                "f",
                "v1",
                null,
                null,
                ServedBy.PRIMARY,
                Instant.EPOCH,
                new Output("a", "a", 1.0, scores),
                null,
                Map.of(),
                false);
        return new Answers(null, Set.of(), null, null).kept(prediction).scores();
    }

    @Test
    void probabilitiesOfFloatsAreProbabilities() {
        assertThat(kept(Map.of("a", (double) Math.nextUp(1f), "b", -1e-8))).isEqualTo(Map.of("a", 1.0, "b", 0.0));
    }

    @Test
    void otherScoresAreNone() {
        assertThat(kept(Map.of("a", 1.1, "b", 0.0))).isEmpty();
        assertThat(kept(Map.of("a", Double.NaN, "b", 0.0))).isEmpty();
    }

    @Test
    void aNumberForAKeyIsItsShortestText() {
        assertThat(LabelReader.plain(1.0)).isEqualTo("1");
        assertThat(LabelReader.plain(7L)).isEqualTo("7");
        assertThat(LabelReader.plain(new BigDecimal("12.50"))).isEqualTo("12.5");
        assertThat(LabelReader.plain(new BigDecimal("123456789012345678.1"))).isEqualTo("123456789012345678.1");
        assertThat(LabelReader.plain(new BigDecimal("1e1000000000"))).isNull();
    }
}
