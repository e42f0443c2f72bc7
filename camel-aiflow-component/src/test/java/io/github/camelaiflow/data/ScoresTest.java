package io.github.camelaiflow.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class ScoresTest {

    private static final Map<String, Double> SCORES = Scores.of(List.of("b", "a"), new double[] {0.75, 0.25});

    @Test
    void isTheMapOfItsNamesInTheirOrder() {
        Map<String, Double> plain = new LinkedHashMap<>();
        plain.put("b", 0.75);
        plain.put("a", 0.25);
        assertThat(SCORES).isEqualTo(plain).hasSameHashCodeAs(plain).hasToString(plain.toString());
        assertThat(SCORES.keySet()).containsExactly("b", "a");
        assertThat(SCORES.get("a")).isEqualTo(0.25);
        assertThat(SCORES.get("c")).isNull();
        assertThat(SCORES.get(null)).isNull();
        assertThat(SCORES.containsKey("b")).isTrue();
        assertThat(SCORES.containsKey(null)).isFalse();
    }

    @Test
    void cannotBeChanged() {
        assertThatThrownBy(() -> SCORES.put("a", 1.0)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(SCORES::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> SCORES.entrySet().iterator().next().setValue(1.0))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void hasOneValuePerName() {
        assertThatThrownBy(() -> Scores.of(List.of("a"), new double[2])).isInstanceOf(IllegalArgumentException.class);
        var entries = Scores.of(List.of(), new double[0]).entrySet().iterator();
        assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void anOutputKeepsItAsItIs() {
        assertThat(Output.label("b", 0.75, SCORES).scores()).isSameAs(SCORES);
    }
}
