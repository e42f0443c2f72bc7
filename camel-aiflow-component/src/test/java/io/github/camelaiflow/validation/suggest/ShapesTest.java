package io.github.camelaiflow.validation.suggest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShapesTest {

    private static List<String> made(int count, java.util.function.IntFunction<String> text) {
        return IntStream.range(0, count).mapToObj(text).toList();
    }

    @Test
    void idsHaveTheirClassesAndLengths() {
        assertThat(Shapes.regex(made(50, i -> (char) ('A' + i % 26) + "B" + (100_000 + i))))
                .isEqualTo("^[A-Z]{2}\\d{6}$");
        assertThat(Shapes.regex(made(50, i -> "INV-" + (1000 + i)))).isEqualTo("^INV-\\d{4}$");
        assertThat(Shapes.regex(made(50, i -> (char) ('a' + i % 26) + "x".repeat(i % 3) + "." + i + "(1)")))
                .isEqualTo("^[a-z]{1,3}\\.\\d{1,2}\\(\\d\\)$");
    }

    @Test
    void fewIdsShowNoFixedLetters() {
        assertThat(Shapes.regex(made(10, i -> "INV-" + (1000 + i)))).isEqualTo("^[A-Z]{3}-\\d{4}$");
    }

    @Test
    void upToThreeShapesAreAlternatives() {
        List<String> codes = Stream.of(
                        made(60, i -> String.valueOf(10_000 + i)),
                        made(35, i -> (10_000 + i) + String.valueOf((char) ('A' + i % 26))),
                        List.of("free text", "B", "a-1-b"))
                .flatMap(List::stream)
                .toList();
        assertThat(Shapes.regex(codes)).isEqualTo("^(\\d{5}|\\d{5}[A-Z])$");
    }

    @Test
    void numbersWrittenAsTextsAreNumbers() {
        assertThat(Shapes.numbers(List.of("1", "-20"))).isEqualTo("^-?\\d+$");
        assertThat(Shapes.numbers(List.of("1", "-2.50"))).isEqualTo("^-?\\d+(\\.\\d+)?$");
        assertThat(Shapes.numbers(List.of("536365", "536366"))).isEqualTo("^\\d{6}$");
        assertThat(Shapes.numbers(List.of("1", "x"))).isNull();
    }

    @Test
    void whatIsNoIdHasNoShape() {
        assertThat(Shapes.regex(made(50, i -> "some words " + i))).as("spaces").isNull();
        assertThat(Shapes.regex(made(50, i -> "é" + i)))
                .as("letters beyond ASCII")
                .isNull();
        assertThat(Shapes.regex(made(50, i -> "x".repeat(i + 1)))).as("a word").isNull();
        assertThat(Shapes.regex(made(50, i -> "a-".repeat(i + 1))))
                .as("too many runs")
                .isNull();
        assertThat(Shapes.regex(List.of("", "", ""))).isNull();
    }
}
