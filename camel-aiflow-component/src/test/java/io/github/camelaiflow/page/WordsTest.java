package io.github.camelaiflow.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void aFewAreNeverNoneAndMostNeverAll() {
        assertThat(Words.percent(0, 10)).isEqualTo("0\u00A0%");
        assertThat(Words.percent(10, 10)).isEqualTo("100\u00A0%");
        assertThat(Words.percent(1, 1_000_000)).isEqualTo("< 0.1\u00A0%");
        assertThat(Words.percent(999_999, 1_000_000)).isEqualTo("> 99.9\u00A0%");
        assertThat(Words.percent(1, 3)).isEqualTo("33.3\u00A0%");
        assertThat(Words.percent(0, 0)).isEqualTo("–");
    }

    @Test
    void numbersStayReadableAtAnySize() {
        assertThat(Words.rounded(1234567.891)).isEqualTo("1,235,000");
        assertThat(Words.rounded(0.00012346)).isEqualTo("0.0001235");
        assertThat(Words.rounded(Double.MAX_VALUE)).isEqualTo("1.798E+308");
        assertThat(Words.rounded(Double.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
        assertThat(Words.exact(-4711.25)).isEqualTo("-4,711.25");
        assertThat(Words.exact(0.0)).isEqualTo("0");
    }
}
