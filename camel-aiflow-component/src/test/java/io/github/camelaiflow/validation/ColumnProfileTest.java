package io.github.camelaiflow.validation;

import static io.github.camelaiflow.validation.Fixtures.column;
import static io.github.camelaiflow.validation.Fixtures.expect;
import static io.github.camelaiflow.validation.Fixtures.row;
import static io.github.camelaiflow.validation.Fixtures.suite;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.FieldType;
import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.validation.ColumnProfile.Category;
import io.github.camelaiflow.validation.ColumnProfile.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnProfileTest {

    private static final Suite SUITE = suite(expect("values_to_be_between", "min_value: 0, mostly: 0"));

    @Test
    void numbersAreToldBySizeAndDistribution() {
        Object[] values = new Object[1000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 100;
        }
        values[999] = null;

        ColumnProfile profile = profile(values);

        assertThat(profile.kind()).isEqualTo(Kind.NUMBER);
        assertThat(profile.records()).isEqualTo(1000);
        assertThat(profile.missing()).isEqualTo(1);
        assertThat(profile.distinct()).isEqualTo(new ColumnProfile.Distinct(100, 100, 100, 1));
        assertThat(profile.numbers()).satisfies(numbers -> {
            assertThat(numbers.whole()).isTrue();
            assertThat(numbers.min()).isZero();
            assertThat(numbers.max()).isEqualTo(99);
            assertThat(numbers.mean()).isCloseTo(49.45, within(0.01));
            assertThat(numbers.standardDeviation()).isCloseTo(28.85, within(0.01));
            assertThat(numbers.quantiles().get(2)).isEqualTo(new ColumnProfile.Quantile(0.5, 49));
            assertThat(numbers.rankError()).isZero();
            assertThat(numbers.histogram().edges()).startsWith(0.0, 10.0, 20.0).endsWith(100.0);
            assertThat(numbers.histogram().counts())
                    .containsExactly(100L, 100L, 100L, 100L, 100L, 100L, 100L, 100L, 100L, 99L);
        });
        assertThat(profile.categories()).isEmpty();
        assertThat(profile.other()).isZero();
    }

    @Test
    void textsAreToldByFrequencyAndLength() {
        String lengthy = "x".repeat(500);

        ColumnProfile profile = profile("b", "a", "b", lengthy, null, lengthy + "y");

        assertThat(profile.kind()).isEqualTo(Kind.TEXT);
        assertThat(profile.categories())
                .containsExactly(
                        new Category("b", 2, 2), new Category("x".repeat(48) + "…", 2, 2), new Category("a", 1, 1));
        assertThat(profile.distinct().estimate()).isEqualTo(4);
        assertThat(profile.lengths().min()).isEqualTo(1);
        assertThat(profile.lengths().max()).isEqualTo(501);
        assertThat(profile.numbers()).isNull();
        assertThat(profile.other()).isZero();
    }

    @Test
    void moreCategoriesThanToldAreOthers() {
        Object[] values = new Object[100];
        for (int i = 0; i < values.length; i++) {
            values[i] = "c" + i % 50;
        }

        ColumnProfile profile = profile(values);

        assertThat(profile.categories()).hasSize(20).allSatisfy(category -> assertThat(category.atMost())
                .isEqualTo(2));
        assertThat(profile.other()).isEqualTo(60);
    }

    @Test
    void kindsAreTold() {
        assertThat(profile(null, Double.NaN).kind()).isEqualTo(Kind.EMPTY);
        assertThat(profile(true, false, true).kind()).isEqualTo(Kind.BOOLEAN);
        assertThat(profile(true, false, true).categories()).contains(new Category("true", 2, 2));
        assertThat(profile(LocalDate.EPOCH).kind()).isEqualTo(Kind.TIME);
        assertThat(profile(List.of(1), Map.of()).kind()).isEqualTo(Kind.NESTED);
        assertThat(profile(1, "1").kind()).isEqualTo(Kind.MIXED);
    }

    @Test
    void extremesBreakNothing() {
        ColumnProfile profile =
                profile(Double.POSITIVE_INFINITY, Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, 0);

        assertThat(profile.numbers().infinite()).isEqualTo(1);
        Histogram histogram = profile.numbers().histogram();
        assertThat(histogram.counts()).hasSizeLessThanOrEqualTo(20);
        assertThat(total(histogram)).isEqualTo(4);
        assertThat(total(profile(Double.MIN_VALUE).numbers().histogram())).isEqualTo(1);
        assertThat(profile(Double.POSITIVE_INFINITY).numbers()).isNull();
    }

    @Test
    void edgesGiveNoNumberAway() {
        assertThat(profile(123456.789).numbers().histogram().edges()).containsExactly(100000.0, 200000.0);
        assertThat(profile(-4711).numbers().histogram().edges()).containsExactly(-5000.0, -4000.0);
        assertThat(profile(98765.4, 98765.5, 98765.6).numbers().histogram().edges())
                .containsExactly(98700.0, 98800.0);
        assertThat(profile(0).numbers().histogram().counts()).containsExactly(1L);
    }

    @Test
    void fewNumbersFarAwayDontStretchTheHistogram() {
        Object[] values = new Object[1000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i < 995 ? i / 1000.0 : 1e9;
        }

        Histogram histogram = profile(values).numbers().histogram();

        assertThat(histogram.counts()).hasSizeGreaterThan(8);
        assertThat(histogram.above()).isEqualTo(5);
        assertThat(total(histogram)).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void binsAreFewAndCountAll(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            double scale = Math.pow(10, random.nextInt(-12, 12));
            double shift = random.nextInt(4) == 0 ? scale * random.nextInt(1000) : 0;
            boolean whole = random.nextBoolean();
            int size = random.nextInt(1, 60);
            Object[] values = new Object[size];
            for (int i = 0; i < size; i++) {
                double value = shift + scale * random.nextDouble(-1, 1);
                values[i] = whole ? Math.rint(value) : value;
            }

            Histogram histogram = profile(values).numbers().histogram();

            assertThat(histogram.counts()).hasSizeBetween(1, 20);
            assertThat(histogram.edges())
                    .hasSize(histogram.counts().size() + 1)
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(total(histogram)).isEqualTo(size);
        }
    }

    private static long total(Histogram histogram) {
        return histogram.below()
                + histogram.above()
                + histogram.counts().stream().mapToLong(count -> count).sum();
    }

    @Test
    void panesTogetherTellWhatOnePassTells() {
        Object[] values = skewed(16_000);
        ColumnProfile once = profile(values);

        ColumnProfile slid = lastWindow(values, new WindowSettings(16_000, null, 8, true));

        assertThat(slid.records()).isEqualTo(once.records());
        assertThat(slid.missing()).isEqualTo(once.missing());
        assertThat(slid.kind()).isEqualTo(once.kind()).isEqualTo(Kind.MIXED);
        assertThat(slid.numbers().mean()).isCloseTo(once.numbers().mean(), within(1e-9));
        assertThat(slid.numbers().min()).isEqualTo(once.numbers().min());
        assertThat(slid.numbers().max()).isEqualTo(once.numbers().max());
        assertThat(slid.distinct().lower()).isLessThanOrEqualTo(once.distinct().upper());
        assertThat(slid.distinct().upper())
                .isGreaterThanOrEqualTo(once.distinct().lower());
        assertThat(slid.categories().get(0)).satisfies(category -> {
            assertThat(category.value()).isEqualTo("k0");
            long count = once.categories().get(0).atLeast();
            assertThat(category.atLeast()).isLessThanOrEqualTo(count);
            assertThat(category.atMost()).isGreaterThanOrEqualTo(count);
        });
        double[] numbers = numbers(values);
        assertThat(slid.numbers().rankError()).isBetween(0.0, 0.05);
        for (ColumnProfile.Quantile quantile : slid.numbers().quantiles()) {
            double atMost = share(numbers, quantile.value(), true);
            double below = share(numbers, quantile.value(), false);
            assertThat(quantile.share())
                    .isBetween(
                            below - slid.numbers().rankError() - 1e-9,
                            atMost + slid.numbers().rankError() + 1e-9);
        }
        assertThat(total(slid.numbers().histogram())).isEqualTo(slid.numbers().count());
    }

    private static double share(double[] numbers, double value, boolean orEqual) {
        int count = 0;
        for (double number : numbers) {
            count += number < value || (orEqual && number == value) ? 1 : 0;
        }
        return (double) count / numbers.length;
    }

    private static double[] numbers(Object[] values) {
        List<Double> numbers = new ArrayList<>();
        for (Object value : values) {
            if (value instanceof Double number) {
                numbers.add(number);
            }
        }
        return numbers.stream().mapToDouble(number -> number).toArray();
    }

    /** Numbers, frequent and rare texts, and nulls. */
    private static Object[] skewed(int size) {
        SplittableRandom random = new SplittableRandom(7);
        Object[] values = new Object[size];
        for (int i = 0; i < size; i++) {
            int kind = random.nextInt(10);
            values[i] = kind < 5
                    ? (Object) Math.exp(3 * random.nextDouble())
                    : kind < 7
                            ? "k" + random.nextInt(3) * random.nextInt(2)
                            : kind < 9 ? "rare " + i + "ü".repeat(80) : null;
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 16})
    void memoryIsBounded(int panes) {
        ColumnProfiler profiler = new ColumnProfiler(panes);
        for (Object value : skewed(100_000)) {
            profiler.add(value);
        }

        assertThat(profiler.bytes()).isLessThanOrEqualTo(ColumnProfiler.BYTES / panes);
        assertThat(profiler.profile("c").numbers().histogram().counts()).isNotEmpty();
    }

    @Test
    void notMoreDifferentValuesAreToldThanThereAre() {
        Object[] values = new Object[50_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i + 0.5;
        }

        assertThat(profile(values).distinct()).satisfies(distinct -> {
            assertThat(distinct.confidence()).isLessThan(1);
            assertThat(distinct.upper()).isEqualTo(50_000);
            assertThat(distinct.estimate()).isBetween(distinct.lower(), distinct.upper());
            assertThat(distinct.lower()).isGreaterThan(48_000);
        });
    }

    @Test
    void manyPanesCountNoDistinctValues() {
        ColumnProfile profile = lastWindow(
                new Object[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7}, new WindowSettings(16, null, 16, true));

        assertThat(profile.distinct()).isNull();
        assertThat(profile.numbers().count()).isEqualTo(16);
    }

    @Test
    void columnsAreThoseOfSchemaAndSuite() {
        Schema schema = new Schema(null, List.of(Field.of("b", FieldType.TEXT)));
        Suite suite = suite(
                expect("values_to_not_be_null", ""),
                "type: expect_column_pair_values_to_be_equal, kwargs: {column_A: b, column_B: d}");
        try (RecordValidator validator = new RecordValidator(schema, suite)) {
            ValidationResult result = validator.validate(
                    Records.batch(List.of(row("a", 1, "b", "x", "c", 2, "d", "y"))),
                    Scope.BATCH,
                    ResultFormat.BASIC,
                    true);

            assertThat(result.profiles()).extracting(ColumnProfile::column).containsExactly("b", "c", "d");
        }
    }

    @Test
    void theColumnsOfALargeSuiteAreBounded() {
        String[] expectations = new String[300];
        for (int i = 0; i < expectations.length; i++) {
            expectations[i] = "type: expect_column_values_to_not_be_null, kwargs: {column: c" + i + "}";
        }
        try (RecordValidator validator = new RecordValidator(Schema.NONE, suite(expectations))) {
            assertThat(validator
                            .validate(column(1), Scope.BATCH, ResultFormat.BASIC, true)
                            .profiles())
                    .hasSize(100);
        }
    }

    @Test
    void onlyTheFullJsonShowsThem() throws Exception {
        try (RecordValidator validator = new RecordValidator(Schema.NONE, SUITE)) {
            ValidationResult result =
                    validator.validate(column("planted", 4711), Scope.BATCH, ResultFormat.BOOLEAN_ONLY, true);

            assertThat(result.toString()).doesNotContain("planted").doesNotContain("4711");
            assertThat(result.profiles().toString()).doesNotContain("planted").doesNotContain("4711");
            JsonNode profile = new ObjectMapper().readTree(result.toJson()).at("/meta/aiflow/profiles/0");
            assertThat(profile.at("/categories/0/value").asText()).isEqualTo("planted");
            assertThat(profile.at("/numbers/min").asDouble()).isEqualTo(4711);
            assertThat(validator.validate(column(1)).profiles()).isEmpty();
        }
    }

    private static ColumnProfile lastWindow(Object[] values, WindowSettings settings) {
        List<ValidationResult> verdicts = new ArrayList<>();
        try (RecordValidator validator = new RecordValidator(Schema.NONE, SUITE)) {
            new WindowValidator(validator, settings, ResultFormat.BASIC, () -> Instant.EPOCH, verdicts::add)
                    .add(column(values));
        }
        return verdicts.get(verdicts.size() - 1).profiles().get(0);
    }

    private static ColumnProfile profile(Object... values) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Object value : values) {
            rows.add(Collections.singletonMap("c", value));
        }
        return TableProfiler.profiles(List.of("c"), rows).get(0);
    }
}
