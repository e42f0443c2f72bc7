package io.github.camelaiflow.validation.suggest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.statistics.SeededRandom;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a suggested suite is for: batches that have changed fail it, and it names what changed. */
class PowerTest {

    private static final int TRIALS = 12;
    private static final int ROWS = 1_000;

    private enum Change {
        MEAN_SHIFTED_BY_ONE_DEVIATION(Populations.NORMAL, value -> (Double) value + 15, "between"),
        SCALE_TIMES_HUNDRED(Populations.LOGNORMAL, value -> (Double) value * 100, "between"),
        HEAVY_TAILS_MOVED_BY_TEN(Populations.HEAVY_TAILS, value -> (Double) value + 40, "between"),
        CATEGORY_NEW(Populations.CATEGORIES, value -> value.equals("category E") ? "new" : value, "in_set"),
        CODE_NEW(Populations.CODES, value -> value.equals(250) ? 251 : value, "in_set"),
        NUMBER_AS_TEXT(Populations.NORMAL, String::valueOf, "in_type_list"),
        DECIMALS_FOR_WHOLE_NUMBERS(Populations.UNIFORM_INTEGERS, value -> (Integer) value + 0.5, "in_type_list"),
        ID_OF_ANOTHER_SHAPE(Populations.IDS, value -> ((String) value).replace("-", ""), "match_regex"),
        TEXTS_CUT(Populations.WORDS, value -> ((String) value).substring(0, 1), "lengths"),
        VALUES_WHERE_NONE_WERE(Populations.HARDLY_EVER_THERE, value -> "no", "be_null");

        private final Populations population;
        private final UnaryOperator<Object> change;
        private final String caught;

        Change(Populations population, UnaryOperator<Object> change, String caught) {
            this.population = population;
            this.change = change;
            this.caught = caught;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aChangeIsCaught(Change change) {
        for (int trial = 0; trial < TRIALS; trial++) {
            UniformRandomProvider random = SeededRandom.stream(11, change.ordinal(), trial);
            SuggestedSuite suite = suite(change.population, random);
            List<Map<String, Object>> batch = change.population.rows(ROWS, random).stream()
                    .map(row -> Collections.singletonMap("c", changed(change, row.get("c"))))
                    .toList();
            assertThat(Judge.failed(suite, batch)).as("trial %s", trial).anySatisfy(type -> assertThat(type)
                    .contains(change.caught));
        }
    }

    private static Object changed(Change change, Object value) {
        boolean missing = value == null && change != Change.VALUES_WHERE_NONE_WERE;
        return missing ? null : change.change.apply(value);
    }

    @ParameterizedTest
    @EnumSource(
            value = Populations.class,
            names = {"HARDLY_EVER_THERE"},
            mode = EnumSource.Mode.EXCLUDE)
    void aFifthMoreMissingIsCaught(Populations population) {
        for (int trial = 0; trial < TRIALS; trial++) {
            UniformRandomProvider random = SeededRandom.stream(12, population.ordinal(), trial);
            SuggestedSuite suite = suite(population, random);
            List<Map<String, Object>> batch = population.rows(ROWS, random).stream()
                    .map(row -> random.nextInt(5) == 0 ? Collections.<String, Object>singletonMap("c", null) : row)
                    .toList();
            assertThat(Judge.failed(suite, batch)).as("trial %s", trial).contains("values_to_not_be_null of c");
        }
    }

    private static SuggestedSuite suite(Populations population, UniformRandomProvider random) {
        return SuiteSuggester.suggest("s", population.rows(ROWS, random), SuggestSettings.DEFAULT);
    }
}
