package io.github.camelaiflow.drift.compatible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelaiflow.drift.compatible.CompatibleReport.Distance;
import io.github.camelaiflow.statistics.SeededRandom;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Held against a transcription of both libraries' formulas on numpy and scipy: resources/drift-compatible/golden.py. */
class CompatibleDistancesTest {

    private static final double CLOSE = 1e-9;
    private static final String[] EVIDENTLY = {
        "wasserstein",
        "jensenshannon",
        "psi",
        "kl_div",
        "hellinger",
        "ks",
        "ed",
        "t_test",
        "cramer_von_mises",
        "anderson",
        "mannw",
        "chisquare",
        "z",
        "TVD"
    };
    private static final String[] NANNYML = {
        "jensen_shannon", "hellinger", "kolmogorov_smirnov", "wasserstein", "chi2", "l_infinity"
    };

    static Stream<JsonNode> cases() throws IOException {
        try (InputStream in = CompatibleDistancesTest.class.getResourceAsStream("/drift-compatible/golden.json")) {
            JsonNode all = new ObjectMapper().readTree(in);
            return StreamSupport.stream(all.spliterator(), false);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void evidentlysScoresAreTheirs(JsonNode golden) {
        Map<String, Distance> ours = distances(CompatibleDistances.evidently().withMethods(EVIDENTLY), golden);
        golden.get("evidently").properties().forEach(expected -> {
            String method = expected.getKey();
            if (method.equals("chisquare") && !golden.get("kind").asText().equals("categories")) {
                return;
            }
            Distance distance = ours.get(method);
            double score = method.equals("TVD") ? distance.statistic() : distance.score();
            if (expected.getValue().isNull()) {
                assertThat(score).as(method).isNaN();
            } else {
                assertThat(score).as(method).isCloseTo(expected.getValue().asDouble(), within(CLOSE));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void evidentlysDefaultIsChosenByRowsAndValues(JsonNode golden) {
        CompatibleReport.Column column = column(CompatibleDistances.evidently(), golden);
        int rows = golden.get("reference").get(0).asInt();
        long values = Stream.of("reference", "window")
                .flatMap(side -> rows(golden, side).stream())
                .map(row -> row.get("x"))
                .distinct()
                .count();
        boolean few = !column.numeric() || values <= 5;
        String expected =
                rows > 1000 ? few ? "jensenshannon" : "wasserstein" : few ? values > 2 ? "chisquare" : "z" : "ks";
        Distance distance = column.distances().get(0);
        assertThat(column.distances()).hasSize(1);
        assertThat(distance.method()).isEqualTo(expected);
        double score = golden.get("evidently").get(expected).asDouble();
        assertThat(distance.score()).isCloseTo(score, within(CLOSE));
        assertThat(distance.threshold()).isEqualTo(rows > 1000 ? 0.1 : 0.05);
        assertThat(distance.drifted()).isEqualTo(rows > 1000 ? score >= 0.1 : score < 0.05);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void nannymlsValuesAndThresholdsAreTheirs(JsonNode golden) {
        Map<String, Distance> ours = distances(CompatibleDistances.nannyml().withMethods(NANNYML), golden);
        assertThat(ours).hasSize(4);
        golden.get("nannyml").properties().forEach(expected -> {
            String method = expected.getKey();
            Distance distance = ours.get(method);
            JsonNode values = expected.getValue();
            double value = values.get("value").asDouble();
            assertThat(distance.statistic()).as(method).isCloseTo(value, within(CLOSE * Math.max(1, value)));
            if (method.equals("chi2")) {
                double p = values.get("p").asDouble();
                assertThat(distance.score()).isCloseTo(p, within(CLOSE));
                assertThat(distance.drifted()).isEqualTo(p < 0.05);
            } else {
                double upper = values.get("upper").asDouble();
                assertThat(distance.threshold()).as(method).isCloseTo(upper, within(CLOSE));
                assertThat(distance.drifted()).as(method).isEqualTo(value > upper);
            }
        });
        assertThat(column(CompatibleDistances.nannyml(), golden).distances())
                .extracting(Distance::method)
                .containsExactly("jensen_shannon");
    }

    @Test
    void tvdsPValueIsASimulationOfTheSamePermutation() {
        UniformRandomProvider random = SeededRandom.stream(81);
        List<Map<String, Object>> reference = rows(500, i -> "c" + random.nextInt(4));
        List<Map<String, Object>> same = rows(100, i -> "c" + random.nextInt(4));
        List<Map<String, Object>> other = rows(100, i -> "c" + random.nextInt(3));
        CompatibleDistances tvd = CompatibleDistances.evidently().withMethods("TVD");
        assertThat(tvd.compare(reference, same).columns().get(0).drifted()).isFalse();
        assertThat(tvd.compare(reference, other).columns().get(0).drifted()).isTrue();
    }

    @Test
    void halfOfTheColumnsIsDriftForEvidentlyAndAnyAlertForNannyml() {
        List<Map<String, Object>> reference = new ArrayList<>();
        List<Map<String, Object>> window = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            double u = i * 0.6180339887498949 % 1;
            reference.add(Map.of("a", u, "b", u * 2, "c", u * 3));
            window.add(Map.of("a", u + 1, "b", u * 2, "c", u * 3));
        }
        CompatibleReport evidently = CompatibleDistances.evidently().compare(reference, window);
        assertThat(evidently.drifted()).isFalse();
        assertThat(evidently.columns())
                .filteredOn(CompatibleReport.Column::drifted)
                .hasSize(1);
        assertThat(CompatibleDistances.nannyml().compare(reference, window).drifted())
                .isTrue();
        window.replaceAll(row -> Map.of("a", row.get("a"), "b", (Double) row.get("b") + 1, "c", row.get("c")));
        assertThat(CompatibleDistances.evidently().compare(reference, window).drifted())
                .isTrue();
    }

    @Test
    void whatIsMissingOrInfiniteIsLeftOut() {
        List<Map<String, Object>> reference = rows(300, i -> i % 3 == 0 ? null : (Object) (double) (i % 50));
        List<Map<String, Object>> window = rows(90, i -> i % 9 == 0 ? (Object) Double.POSITIVE_INFINITY : i % 50);
        CompatibleReport.Column column = CompatibleDistances.evidently()
                .withMethods("ks")
                .compare(reference, window)
                .columns()
                .get(0);
        CompatibleReport.Column clean = CompatibleDistances.evidently()
                .withMethods("ks")
                .compare(
                        reference.stream().filter(row -> row.get("x") != null).toList(),
                        window.stream()
                                .filter(row -> Double.isFinite(((Number) row.get("x")).doubleValue()))
                                .toList())
                .columns()
                .get(0);
        assertThat(column).isEqualTo(clean);
        assertThat(column.numeric()).isTrue();
    }

    @Test
    void oddColumnsNeverThrow() {
        List<List<Map<String, Object>>> odd = List.of(
                rows(1, i -> 7),
                rows(40, i -> 7),
                rows(40, i -> null),
                rows(40, i -> "only"),
                rows(40, i -> i % 2 == 0 ? "text" : (Object) i),
                rows(40, i -> Math.pow(10, i % 2 == 0 ? 300 : -300)),
                rows(40, i -> List.of(i)),
                List.of());
        for (CompatibleDistances library : List.of(
                CompatibleDistances.evidently(),
                CompatibleDistances.nannyml(),
                CompatibleDistances.evidently().withMethods(EVIDENTLY),
                CompatibleDistances.nannyml().withMethods(NANNYML))) {
            for (List<Map<String, Object>> reference : odd) {
                for (List<Map<String, Object>> window : odd) {
                    String json = library.compare(reference, window).toJson();
                    assertThat(json).startsWith("{\"library\":").doesNotContain("NaN", "Infinity", "text");
                }
            }
        }
    }

    @Test
    void numbersMayBeTakenAsCategories() {
        CompatibleReport.Column column = CompatibleDistances.evidently()
                .withCategories("x")
                .compare(rows(200, i -> i % 7), rows(60, i -> i % 7))
                .columns()
                .get(0);
        assertThat(column.numeric()).isFalse();
        assertThat(column.distances().get(0).method()).isEqualTo("chisquare");
    }

    @Test
    void namesThatAreUnknownAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CompatibleDistances.nannyml().withMethods("ks"))
                .withMessageContaining("nannyml must be one of chi2, hellinger, jensen_shannon");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CompatibleDistances.named("alibi"))
                .withMessageContaining("evidently or nannyml");
        assertThat(CompatibleDistances.named("nannyml")
                        .compare(List.of(), List.of())
                        .library())
                .isEqualTo("nannyml");
    }

    private static Map<String, Distance> distances(CompatibleDistances library, JsonNode golden) {
        return column(library, golden).distances().stream()
                .collect(Collectors.toMap(Distance::method, distance -> distance));
    }

    private static CompatibleReport.Column column(CompatibleDistances library, JsonNode golden) {
        return library.compare(rows(golden, "reference"), rows(golden, "window"))
                .columns()
                .get(0);
    }

    /** The doubles of {@code generated} and the labels of {@code labels} in golden.py. */
    private static List<Map<String, Object>> rows(JsonNode golden, String side) {
        JsonNode recipe = golden.get(side);
        String kind = golden.get("kind").asText();
        return rows(recipe.get(0).asInt(), i -> {
            double u = (i + 1) * recipe.get(1).asDouble() % 1.0;
            if (kind.equals("categories")) {
                long above = StreamSupport.stream(recipe.get(2).spliterator(), false)
                        .filter(cut -> u >= cut.asDouble())
                        .count();
                return "c" + above;
            }
            double x = u;
            for (int power = 1; power < recipe.get(4).asInt(); power++) {
                x *= u;
            }
            double value = x * recipe.get(2).asDouble() + recipe.get(3).asDouble();
            return kind.equals("whole") ? Math.floor(value) : value;
        });
    }

    private static List<Map<String, Object>> rows(int size, IntFunction<Object> value) {
        return IntStream.range(0, size)
                .mapToObj(i -> {
                    Map<String, Object> row = new HashMap<>();
                    row.put("x", value.apply(i));
                    return row;
                })
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
