package io.github.camelaiflow.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is found: one of ten fields drifts, window and budget as by default. */
class PowerTest {

    private static final double LEVEL = DriftConfig.DEFAULT.level(1000);

    /** A change of one field and the test that must notice. */
    enum Change {
        SHIFT("number", Rows.normal(0.3, 1), "kolmogorov-smirnov"),
        SPREAD("number", Rows.normal(0, 1.5), "kolmogorov-smirnov"),
        HEAVY_TAIL("heavy", Rows.transformed(Rows.normal(0.3, 1), z -> Math.exp(3 * z)), "kolmogorov-smirnov"),
        CATEGORIES("kind", Rows.category(0.4, 0.3, 0.3), "chi-squared"),
        NEW_CATEGORY("kind", random -> random.nextInt(50) == 0 ? "new" : kind(random), "new-categories"),
        THOUSANDS_OF_NEW("kind", random -> "n" + random.nextInt(100_000), "new-categories"),
        MISSING("optional", Rows.missing(0.1, Rows.normal(0, 1)), "presence"),
        ALL_MISSING("number", random -> null, "presence"),
        INFINITE("number", random -> random.nextInt(50) == 0 ? (Object) Double.NEGATIVE_INFINITY : 0.1, "presence"),
        TYPE(
                "number",
                random -> random.nextInt(50) == 0 ? "12.5" : Rows.normal(0, 1).apply(random),
                "presence"),
        CONSTANT("constant", random -> "never", "chi-squared");

        final String field;
        final Function<UniformRandomProvider, Object> after;
        final String test;

        Change(String field, Function<UniformRandomProvider, Object> after, String test) {
            this.field = field;
            this.after = after;
            this.test = test;
        }
    }

    @ParameterizedTest
    @EnumSource
    void noticesAtLeast95Of100(Change change) {
        Map<String, Function<UniformRandomProvider, Object>> before = fields();
        Map<String, Function<UniformRandomProvider, Object>> after = fields();
        after.put(change.field, change.after);
        Trial trial = new Trial(before, after, 2000, 1000, LEVEL);
        int repetitions = Math.max(20, Trial.REPETITIONS / 5);
        int noticed = 0;
        for (int i = 0; i < repetitions; i++) {
            boolean found = trial.judge(i).fields().stream()
                    .filter(field -> field.field().equals(change.field))
                    .flatMap(field -> field.tests().stream())
                    .anyMatch(test -> test.drifted() && test.test().equals(change.test));
            noticed += found ? 1 : 0;
        }
        assertThat(noticed).isGreaterThanOrEqualTo((int) Math.ceil(0.95 * repetitions));
    }

    private static Map<String, Function<UniformRandomProvider, Object>> fields() {
        Map<String, Function<UniformRandomProvider, Object>> fields = new LinkedHashMap<>();
        fields.put("number", Rows.normal(0, 1));
        fields.put("heavy", Rows.transformed(Rows.normal(0, 1), z -> Math.exp(3 * z)));
        fields.put("kind", PowerTest::kind);
        fields.put("optional", Rows.missing(0.05, Rows.normal(0, 1)));
        fields.put("constant", random -> "always");
        for (int i = 0; i < 5; i++) {
            fields.put("other" + i, Rows.normal(i, 1));
        }
        return fields;
    }

    private static Object kind(UniformRandomProvider random) {
        return Rows.category(0.5, 0.3, 0.2).apply(random);
    }
}
