package io.github.camelaiflow.feedback.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FieldBinsTest {

    private static FieldBins bins() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            rows.add(Map.of("age", i % 100, "kind", "k" + Math.min(i % 64, i % 7 * 10), "flag", i % 3 == 0, "same", 5));
        }
        return FieldBins.of(rows, List.of("age", "kind", "flag", "same"));
    }

    private static Map<String, Object> row(Object age, Object kind, Object flag, Object same) {
        Map<String, Object> row = new HashMap<>();
        row.put("age", age);
        row.put("kind", kind);
        row.put("flag", flag);
        row.put("same", same);
        return row;
    }

    @Test
    void eachFieldIsOneCharacter() {
        assertThat(bins().bins(row(0, "k0", false, 5))).isEqualTo("0aa0");
        assertThat(bins().bins(row(10, "k0", true, 4))).isEqualTo("1ab0");
        assertThat(bins().bins(row(99.5, "unknown", true, 6))).isEqualTo("9*b0");
        assertThat(bins().bins(row(Double.NEGATIVE_INFINITY, null, null, "text")))
                .isEqualTo("0--*");
        assertThat(bins().bins(Map.of())).isEqualTo("----");
        assertThat(bins().bins(row(Double.NaN, 7, 8, Double.POSITIVE_INFINITY))).isEqualTo("-**0");
    }

    @Test
    void theyAreRestored() {
        FieldBins restored = FieldBins.fromJson(bins().toJson());
        assertThat(restored.toJson()).isEqualTo(bins().toJson());
        assertThat(restored.fields()).containsExactly("age", "kind", "flag", "same");
        for (int i = 0; i < 120; i++) {
            Map<String, Object> row = row(i, "k" + i, i % 2 == 0, i);
            assertThat(restored.bins(row)).isEqualTo(bins().bins(row));
        }
    }

    @Test
    void whatIsNotThemIsToldWithItsPlace() {
        String good = bins().toJson();
        for (String bad : List.of(
                "",
                "[",
                "{}",
                "null",
                good.replace("aiflow-bins-1", "aiflow-bins-2"),
                good.replace("\"age\"", "3"),
                good.replace("\"kind\"", "\"age\""),
                good.replace("[10.0,20.0", "[20.0,10.0"),
                good.replace("[10.0,20.0", "[\"x\",20.0"),
                good.replace("[10.0,20.0", "[1e999,20.0"),
                good.replace("\"k0\"", "7"),
                good.replace("\"edges\"", "\"what\""))) {
            assertThatThrownBy(() -> FieldBins.fromJson(bad))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("bins of fields");
        }
    }

    @Test
    void theFieldsAreFewAndThere() {
        assertThatThrownBy(() -> FieldBins.of(List.of(Map.of("a", 1)), List.of("b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("field b");
        assertThatThrownBy(() -> FieldBins.of(List.of(Map.of("a", 1)), Collections.nCopies(31, "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("30");
        assertThat(bins().toString()).doesNotContain("k0");
    }
}
