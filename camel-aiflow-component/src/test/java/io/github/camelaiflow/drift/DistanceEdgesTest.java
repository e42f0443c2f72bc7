package io.github.camelaiflow.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.FieldType;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.drift.profile.CategorySample;
import io.github.camelaiflow.drift.profile.FieldSample;
import io.github.camelaiflow.drift.profile.NumberSample;
import io.github.camelaiflow.drift.profile.ValueCounts;
import io.github.camelaiflow.statistics.Correction;
import io.github.camelaiflow.statistics.SeededRandom;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each distance on data as bad as it comes, and what a plan adds to it. */
class DistanceEdgesTest {

    private static final Function<UniformRandomProvider, Object> HEAVY =
            random -> (random.nextBoolean() ? 1 : -1) * Math.pow(10, 300 * random.nextDouble());

    @ParameterizedTest
    @EnumSource
    void aConstantColumnNeedsNoTestUntilItChanges(DistanceTest test) {
        List<Map<String, Object>> same = constant(500, 7.0);
        assertThat(judge(test, same, constant(300, 7.0)).status()).isEqualTo(DriftStatus.STABLE);
        FieldDrift changed = judge(test, same, constant(300, 8.0)).fields().get(0);
        assertThat(changed.status()).isEqualTo(DriftStatus.DRIFTED);
        assertThat(changed.decisive().orElseThrow().effectSize()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void allMissingIsFoundByPresenceAlone(DistanceTest test) {
        WindowJudge.Verdict verdict = judge(test, Rows.of(500, 1, "x", Rows.normal(0, 1)), constant(300, null));
        assertThat(verdict.status()).isEqualTo(DriftStatus.DRIFTED);
        assertThat(verdict.fields().get(0).tests())
                .filteredOn(TestResult::drifted)
                .extracting(TestResult::test)
                .containsExactly("presence");
        assertThat(judge(test, constant(500, null), constant(300, null)).status())
                .isEqualTo(DriftStatus.INSUFFICIENT_DATA);
    }

    @ParameterizedTest
    @EnumSource
    void oneRowIsNeverEnough(DistanceTest test) {
        List<Map<String, Object>> many = Rows.of(2000, 1, "x", Rows.normal(0, 1));
        assertThat(judge(test, many, Rows.values(1e300)).status()).isEqualTo(DriftStatus.INSUFFICIENT_DATA);
        assertThat(judge(test, Rows.values(1.0), many).status()).isEqualTo(DriftStatus.INSUFFICIENT_DATA);
    }

    /** Places rule Wasserstein and energy: among values up to 1e300 they see the few largest and nothing else. */
    @ParameterizedTest
    @EnumSource
    void heavyTailsAreStableAndAChangeOfSignIsNot(DistanceTest test) {
        List<Map<String, Object>> reference = Rows.of(2000, 1, "x", HEAVY);
        FieldDrift same =
                judge(test, reference, Rows.of(500, 2, "x", HEAVY)).fields().get(0);
        assertThat(same.status()).isEqualTo(DriftStatus.STABLE);
        assertThat(same.tests())
                .allSatisfy(result -> assertThat(result.statistic()).isFinite());
        List<Map<String, Object>> moved = Rows.of(500, 2, "x", Rows.transformed(HEAVY, Math::abs));
        boolean places = test == DistanceTest.WASSERSTEIN || test == DistanceTest.ENERGY;
        assertThat(judge(test, reference, moved).status()).isEqualTo(places ? DriftStatus.STABLE : DriftStatus.DRIFTED);
    }

    @ParameterizedTest
    @EnumSource
    void infinitiesAreCountedApart(DistanceTest test) {
        List<Map<String, Object>> reference = Rows.of(1000, 1, "x", Rows.normal(0, 1));
        Function<UniformRandomProvider, Object> infinite = random -> random.nextInt(10) == 0
                ? Double.POSITIVE_INFINITY
                : Rows.normal(0, 1).apply(random);
        FieldDrift drift =
                judge(test, reference, Rows.of(500, 3, "x", infinite)).fields().get(0);
        assertThat(drift.window().infinite()).isBetween(20, 90);
        assertThat(drift.tests())
                .filteredOn(TestResult::drifted)
                .extracting(TestResult::test)
                .containsExactly("presence");
    }

    @ParameterizedTest
    @EnumSource(
            names = {"KOLMOGOROV_SMIRNOV", "WASSERSTEIN", "ENERGY"},
            mode = EnumSource.Mode.EXCLUDE)
    void thousandsOfNewCategoriesAreFound(DistanceTest test) {
        Schema schema = new Schema(null, List.of(Field.of("x", FieldType.CATEGORY)));
        Reference reference = Reference.of(schema, Rows.of(2000, 1, "x", Rows.category(0.5, 0.3, 0.2)));
        CategorySample window = new CategorySample(
                new LinkedHashMap<>(IntStream.range(0, 3000).boxed().collect(Collectors.toMap(i -> "n" + i, i -> 1))),
                new ValueCounts(3000, 0, 0, 0));
        FieldDrift drift = new WindowJudge(reference, List.of("x"), plan(test), 1)
                .judge(List.of(window), 1, 0.05)
                .fields()
                .get(0);
        assertThat(drift.newCategories()).isEqualTo(3000);
        assertThat(drift.tests())
                .filteredOn(result -> result.test().equals(test.label()))
                .singleElement()
                .satisfies(result -> assertThat(result.drifted()).isTrue());
    }

    @ParameterizedTest
    @EnumSource
    void anySizesFrom1To50000(DistanceTest test) {
        UniformRandomProvider random = SeededRandom.stream(61);
        for (int[] sizes : new int[][] {{1, 1}, {1, 50_000}, {50_000, 1}, {2, 3}, {50_000, 50_000}, {7, 4000}}) {
            NumberSample reference = Simulation.numbers(Simulation.normal(random, sizes[0], 0, 1));
            NumberSample window = Simulation.numbers(Simulation.normal(random, sizes[1], 0, 1));
            WindowJudge.Verdict verdict =
                    new WindowJudge(Map.of("x", reference), sizes[0], plan(test), 1).judge(List.of(window), 1, 1e-4);
            assertThat(verdict.status()).as(Arrays.toString(sizes)).isNotEqualTo(DriftStatus.DRIFTED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEffectThatIsTooSmallIsNoDrift(DistanceTest test) {
        UniformRandomProvider random = SeededRandom.stream(62);
        NumberSample reference = Simulation.numbers(Simulation.normal(random, 20_000, 0, 1));
        NumberSample window = Simulation.numbers(Simulation.normal(random, 20_000, 0.1, 1));
        for (double least : new double[] {0, 0.05, 0.2}) {
            TestPlan plan = TestPlan.DEFAULT.withFields(Map.of("x", new TestChoice(test, least)));
            WindowJudge.Verdict verdict =
                    new WindowJudge(Map.of("x", reference), 20_000, plan, 1).judge(List.of(window), 1, 0.01);
            TestResult result = verdict.fields().get(0).decisive().orElseThrow();
            assertThat(result.test()).isEqualTo(test.label());
            assertThat(result.pValue()).isLessThanOrEqualTo(result.level());
            assertThat(result.minimumEffect()).isEqualTo(least);
            assertThat(result.effectSize()).isBetween(0.07, 0.13);
            assertThat(verdict.status()).isEqualTo(least < 0.1 ? DriftStatus.DRIFTED : DriftStatus.STABLE);
        }
    }

    @Test
    void presenceHasALeastEffectOfItsOwn() {
        List<Map<String, Object>> reference = Rows.of(5000, 1, "x", Rows.normal(0, 1));
        List<Map<String, Object>> window = Rows.of(5000, 2, "x", Rows.missing(0.02, Rows.normal(0, 1)));
        assertThat(judge(TestPlan.DEFAULT, reference, window).status()).isEqualTo(DriftStatus.DRIFTED);
        assertThat(judge(TestPlan.DEFAULT.withMinimumPresence(0.05), reference, window)
                        .status())
                .isEqualTo(DriftStatus.STABLE);
    }

    @ParameterizedTest
    @EnumSource
    void everyCorrectionFindsOneOfTenFieldsAndFewOthers(Correction correction) {
        Map<String, FieldSample> reference = new LinkedHashMap<>();
        int found = 0;
        int others = 0;
        for (int repetition = 0; repetition < 20; repetition++) {
            UniformRandomProvider random = SeededRandom.stream(63, repetition);
            reference.clear();
            FieldSample[] window = new FieldSample[10];
            for (int i = 0; i < window.length; i++) {
                reference.put("f" + i, Simulation.numbers(Simulation.normal(random, 2000, 0, 1)));
                window[i] = Simulation.numbers(Simulation.normal(random, 1000, i == 3 ? 0.5 : 0, 1));
            }
            List<FieldDrift> fields = new WindowJudge(
                            reference, 2000, TestPlan.DEFAULT.withCorrection(correction), repetition)
                    .judge(List.of(window), 1, 0.05)
                    .fields();
            found += fields.get(3).drifted() ? 1 : 0;
            others += (int) fields.stream().filter(FieldDrift::drifted).count();
        }
        assertThat(found).isEqualTo(20);
        assertThat(others - found).isLessThanOrEqualTo(3);
    }

    @Test
    void manyWeakSignsTogetherAreDriftByEValues() {
        Map<String, FieldSample> reference = new LinkedHashMap<>();
        FieldSample[] window = new FieldSample[6];
        for (int i = 0; i < window.length; i++) {
            UniformRandomProvider random = SeededRandom.stream(64, i);
            reference.put("f" + i, Simulation.numbers(Simulation.normal(random, 2000, 0, 1)));
            window[i] = Simulation.numbers(Simulation.normal(random, 500, 0.25, 1));
        }
        TestPlan plan = TestPlan.DEFAULT.withCorrection(Correction.E_VALUES);
        List<FieldDrift> fields = new WindowJudge(reference, 2000, plan, 1)
                .judge(List.of(window), 1, 0.05)
                .fields();
        double mean = fields.stream()
                .mapToDouble(field -> field.tests().get(0).eValue())
                .average()
                .orElseThrow();
        double level = 1 / mean;
        WindowJudge.Verdict above = new WindowJudge(reference, 2000, plan, 1).judge(List.of(window), 1, level * 1.001);
        WindowJudge.Verdict below = new WindowJudge(reference, 2000, plan, 1).judge(List.of(window), 1, level * 0.999);
        assertThat(above.status()).isEqualTo(DriftStatus.DRIFTED);
        assertThat(below.status()).isNotEqualTo(DriftStatus.DRIFTED);
        TestPlan strict = plan.withNumbers(new TestChoice(DistanceTest.KOLMOGOROV_SMIRNOV, 9));
        assertThat(new WindowJudge(reference, 2000, strict, 1)
                        .judge(List.of(window), 1, 0.1)
                        .status())
                .isEqualTo(DriftStatus.STABLE);
    }

    @Test
    void whatComparesNumbersTakesNoCategories() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestPlan.DEFAULT.withCategories(new TestChoice(DistanceTest.ENERGY)))
                .withMessageContaining("categories, was energy");
        Reference kinds = Reference.of(Schema.NONE, Rows.of(50, 1, "x", Rows.category(0.5, 0.5)));
        TestPlan plan = TestPlan.DEFAULT.withFields(Map.of("x", new TestChoice(DistanceTest.WASSERSTEIN)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WindowJudge(kinds, List.of("x"), plan, 1))
                .withMessageContaining("field x")
                .withMessageContaining("wasserstein");
        assertThatIllegalArgumentException().isThrownBy(() -> new TestChoice(DistanceTest.PSI, -0.1));
        assertThatIllegalArgumentException().isThrownBy(() -> TestPlan.DEFAULT.withMinimumPresence(2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DistanceTest.named("ks"))
                .withMessageContaining("kolmogorov-smirnov, wasserstein");
        assertThat(DistanceTest.named("total-variation")).isEqualTo(DistanceTest.TOTAL_VARIATION);
    }

    private static TestPlan plan(DistanceTest test) {
        TestChoice choice = new TestChoice(test);
        TestPlan plan = TestPlan.DEFAULT.withNumbers(choice);
        return test.numbersOnly() ? plan : plan.withCategories(choice);
    }

    private static WindowJudge.Verdict judge(
            DistanceTest test, List<Map<String, Object>> reference, List<Map<String, Object>> window) {
        return judge(plan(test), reference, window);
    }

    private static WindowJudge.Verdict judge(
            TestPlan plan, List<Map<String, Object>> reference, List<Map<String, Object>> window) {
        Schema schema = new Schema(null, List.of(Field.of("x", FieldType.NUMBER)));
        Reference of = Reference.of(schema, reference);
        Reference seen = Reference.of(schema, window);
        return new WindowJudge(of, List.of("x"), plan, 1).judge(List.of(seen.sample("x")), 1, 0.0005);
    }

    private static List<Map<String, Object>> constant(int size, Object value) {
        return Rows.values(Collections.nCopies(size, value).toArray());
    }
}
