package io.github.camelaiflow.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.camelaiflow.feedback.outcome.Predicted;
import io.github.camelaiflow.feedback.outcome.Truth;
import io.github.camelaiflow.store.JoinTable;
import io.github.camelaiflow.store.JoinTable.Left;
import io.github.camelaiflow.store.JoinTable.Right;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private final Random random = new Random(11);

    @Test
    void aPredictionComesBackAsItWas() {
        for (int i = 0; i < 2_000; i++) {
            Predicted predicted = random.nextBoolean() ? labelled() : valued();
            Predicted back = Codec.predicted(Codec.left(predicted));
            assertThat(back.scores().keySet()).isEqualTo(predicted.scores().keySet());
            predicted.scores().forEach((label, score) -> assertThat(
                            back.scores().get(label))
                    .isEqualTo(score, within(5e-8)));
            assertThat(back).isEqualTo(withScores(predicted, back.scores()));
            assertThat(Codec.left(back)).isEqualTo(Codec.left(predicted));
        }
    }

    private static Predicted withScores(Predicted predicted, Map<String, Double> scores) {
        return new Predicted(
                predicted.id(),
                predicted.key(),
                predicted.version(),
                predicted.segment(),
                predicted.label(),
                predicted.value(),
                scores,
                predicted.bins(),
                predicted.time());
    }

    private Predicted labelled() {
        Map<String, Double> scores = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            scores.put("label " + i, random.nextDouble());
        }
        return new Predicted("id", text(), "v1", text(), "label 1", Double.NaN, scores, text(), TIME);
    }

    private Predicted valued() {
        double[] odd = {0, 1e300, Double.MIN_VALUE, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1e15, 0.1, -7};
        double value = random.nextBoolean() ? odd[random.nextInt(odd.length)] : random.nextGaussian() * 1000;
        return new Predicted("id", text(), "v1", text(), null, value, Map.of(), text(), TIME);
    }

    private String text() {
        String[] texts = {null, "a", "with \"quotes\" and \\", "ä €", "line\nbreak", "\ud83d\ude00"};
        String text = texts[random.nextInt(texts.length)];
        // keys with characters beyond the basic plane go by their digest
        return text != null && text.startsWith("\ud83d") ? "b" : text;
    }

    @Test
    void aTruthComesBackAsItWas() {
        Right label = Codec.right(new Label("id", null, "yes", Double.NaN, 0.1, TIME.minusSeconds(5)), TIME);
        assertThat(Codec.truth(label)).isEqualTo(new Truth("yes", Double.NaN, 0.1, TIME.minusSeconds(5)));
        Right value = Codec.right(new Label(null, "key", null, 12.5, 1, null), TIME);
        assertThat(Codec.truth(value)).isEqualTo(new Truth(null, 12.5, 1, TIME));
        assertThat(value.alias()).isEqualTo("key");
    }

    @Test
    void equalNumbersAreWrittenAlike() {
        assertThat(content(0.0)).isEqualTo(content(-0.0));
        assertThat(content(12)).isEqualTo("{\"f\":1,\"v\":12}");
    }

    private static String content(double value) {
        return Codec.right(new Label("id", null, null, value, 1, null), TIME).content();
    }

    @Test
    void aPredictionOfTwoLabelsTakesLittleRoom() {
        Map<String, Double> scores = new LinkedHashMap<>();
        scores.put("fraud", 0.123456789012345);
        scores.put("genuine", 1 - 0.123456789012345);
        Predicted predicted = new Predicted("id", "key", "v12", "north", "genuine", Double.NaN, scores, "03a1f", TIME);
        assertThat(Codec.left(predicted).content())
                .isEqualTo("{\"f\":1,\"m\":\"v12\",\"s\":\"north\",\"l\":\"genuine\","
                        + "\"p\":{\"fraud\":0.1234568,\"genuine\":0.8765432},\"b\":\"03a1f\"}")
                .hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void ofManyLabelsTheMostProbableAreKept() {
        Map<String, Double> scores = new LinkedHashMap<>();
        for (int i = 0; i < 5_000; i++) {
            scores.put("label " + i, i / 5_000.0);
        }
        Predicted predicted = new Predicted("id", null, "v1", null, "label 4999", Double.NaN, scores, null, TIME);
        Predicted back = Codec.predicted(Codec.left(predicted));
        assertThat(back.scores())
                .hasSize(100)
                .containsEntry("label 4999", 0.9998)
                .containsEntry("label 4900", 0.98);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "[]",
                "{\"f\":2,\"m\":\"v1\",\"l\":\"secret\"}",
                "{\"m\":\"v1\",\"l\":\"secret\"}",
                "{\"f\":1,\"l\":\"secret\"}",
                "{\"f\":1,\"m\":\"v1\"}",
                "{\"f\":1,\"m\":7,\"l\":\"secret\"}",
                "{\"f\":1,\"m\":\"v1\",\"l\":\"secret\",\"v\":1}",
                "{\"f\":1,\"m\":\"v1\",\"v\":\"secret\"}",
                "{\"f\":1,\"m\":\"v1\",\"l\":\"a\",\"p\":\"secret\"}",
                "{\"f\":1,\"m\":\"v1\",\"l\":\"a\",\"p\":{\"a\":\"secret\"}}",
                "{\"f\":1,\"m\":\"v1\",\"l\":\"secret\""
            })
    void whatIsNoPredictionIsRefusedWithoutAnyValue(String content) {
        assertThatThrownBy(() -> Codec.predicted(new Left("id", null, TIME, content)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "{\"f\":1}",
                "{\"f\":9,\"l\":\"secret\"}",
                "{\"f\":1,\"l\":\"secret\",\"w\":0}",
                "{\"f\":1,\"l\":\"secret\",\"w\":2}",
                "{\"f\":1,\"l\":\"a\",\"w\":\"secret\"}"
            })
    void whatIsNoTruthIsRefusedWithoutAnyValue(String content) {
        assertThatThrownBy(() -> Codec.truth(new Right("id", null, TIME, content)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void whatTheFeedHoldsOfAnotherFormatIsSkippedAndCounted() {
        Nodes nodes = new Nodes();
        JoinTable table = nodes.store.joins("feedback/claims");
        table.left(List.of(new Left("p1", null, TIME, "{\"f\":2}")));
        Nodes.Node node = nodes.node();
        node.feedback.predicted(nodes.predicted("p2", "yes"));
        node.feedback.labelled(List.of(Label.of("p1", "yes"), Label.of("p2", "yes")));
        FeedbackCounts counts = node.counts();
        assertThat(node.all).extracting(outcome -> outcome.predicted().id()).containsExactly("p2");
        assertThat(counts.unreadable()).isEqualTo(1);
        assertThat(counts.joined()).isEqualTo(2);
        assertThat(counts.versions().get(Pair.UNKNOWN).joined()).isEqualTo(1);
    }
}
