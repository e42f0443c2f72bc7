package io.github.camelaiflow.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.FieldType;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.drift.profile.FieldSample;
import io.github.camelaiflow.drift.profile.NumberSample;
import io.github.camelaiflow.drift.profile.ValueCounts;
import io.github.camelaiflow.statistics.Correction;
import io.github.camelaiflow.statistics.SeededRandom;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

/** Records as bad as they come, and when nothing can be known. */
class WindowJudgeTest {

    private static final Reference NORMAL = Reference.of(Schema.NONE, Rows.of(2000, 1, "x", Rows.normal(0, 1)));
    private static final Reference KINDS =
            Reference.of(Schema.NONE, Rows.of(2000, 1, "x", Rows.category(0.6, 0.3, 0.1)));

    @Test
    void aConstantColumnThatStaysIsStableAndNeedsNoTest() {
        Reference constant = Reference.of(
                Schema.NONE, Rows.values(Collections.nCopies(500, 7).toArray()));
        FieldDrift same =
                only(constant, Rows.values(Collections.nCopies(300, 7.0).toArray()));
        assertThat(same.status()).isEqualTo(DriftStatus.STABLE);
        assertThat(same.tests()).isEmpty();
        assertThat(same.decisive()).isEmpty();
        FieldDrift other =
                only(constant, Rows.values(Collections.nCopies(300, 8).toArray()));
        assertThat(other.status()).isEqualTo(DriftStatus.DRIFTED);
        assertThat(other.decisive().orElseThrow().statistic()).isEqualTo(1);
    }

    @Test
    void allMissingOnBothSidesIsNotKnown() {
        Reference empty = Reference.of(
                new Schema(null, List.of(Field.of("x", FieldType.NUMBER))),
                Rows.values(Collections.nCopies(500, null).toArray()));
        WindowJudge.Verdict verdict =
                Trial.verdict(empty, Rows.values(Collections.nCopies(300, null).toArray()), 1, 0.05);
        assertThat(verdict.status()).isEqualTo(DriftStatus.INSUFFICIENT_DATA);
        assertThat(only(empty, Rows.values(Collections.nCopies(300, 1.0).toArray()))
                        .status())
                .isEqualTo(DriftStatus.DRIFTED);
    }

    @Test
    void allMissingInTheWindowIsDrift() {
        FieldDrift drift =
                only(NORMAL, Rows.values(Collections.nCopies(300, null).toArray()));
        assertThat(drift.window()).isEqualTo(new ValueCounts(0, 300, 0, 0));
        assertThat(drift.decisive().orElseThrow().test()).isEqualTo("presence");
        assertThat(drift.decisive().orElseThrow().effectSize()).isEqualTo(1);
        assertThat(drift.drifted()).isTrue();
    }

    /** Alarms of 80 fields that are certain but too small must not make those of the 20 fields without drift easier. */
    @Test
    void whatDoesNotMatterMakesNoFalseAlarmEasier() {
        double[] low = IntStream.range(0, 50).asDoubleStream().toArray();
        double[] high = IntStream.range(1000, 1050).asDoubleStream().toArray();
        ValueCounts counts = new ValueCounts(50, 0, 0, 0);
        UniformRandomProvider random = SeededRandom.stream(9);
        for (Correction correction : Correction.values()) {
            int falsely = 0;
            int trials = 300;
            for (int trial = 0; trial < trials; trial++) {
                Map<String, FieldSample> reference = new LinkedHashMap<>();
                Map<String, TestChoice> choices = new LinkedHashMap<>();
                List<FieldSample> window = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    boolean small = i < 80;
                    reference.put("f" + i, new NumberSample(small ? low : uniform(random), counts));
                    window.add(new NumberSample(small ? high : uniform(random), counts));
                    choices.put("f" + i, new TestChoice(DistanceTest.KOLMOGOROV_SMIRNOV, small ? 1e6 : 0));
                }
                TestPlan plan = TestPlan.DEFAULT.withFields(choices).withCorrection(correction);
                WindowJudge judge = new WindowJudge(reference, 50, plan, 1);
                falsely += judge.judge(window, trial, 0.05).fields().stream().anyMatch(FieldDrift::drifted) ? 1 : 0;
            }
            assertThat((double) falsely / trials).as(correction.label()).isLessThanOrEqualTo(0.05);
        }
    }

    private static double[] uniform(UniformRandomProvider random) {
        return random.doubles(50).sorted().toArray();
    }

    @Test
    void oneRowIsNeverEnough() {
        for (Reference reference : List.of(NORMAL, KINDS)) {
            for (Object value :
                    new Object[] {0.1, 1e300, null, "new", Double.NaN, Double.NEGATIVE_INFINITY, Map.of()}) {
                assertThat(Trial.verdict(reference, Rows.values(value), 1, 0.0001)
                                .status())
                        .isEqualTo(DriftStatus.INSUFFICIENT_DATA);
            }
        }
    }

    @Test
    void aReferenceOfOneRowIsNeverEnough() {
        Reference one = Reference.of(Schema.NONE, Rows.values(1.0));
        assertThat(Trial.verdict(one, Rows.of(1000, 2, "x", Rows.normal(50, 1)), 1, 0.001)
                        .status())
                .isEqualTo(DriftStatus.INSUFFICIENT_DATA);
    }

    /** Without drift, complete separation of n and m values has a chance of 2 n! m! / (n + m)!: below it nothing can be known. */
    @Test
    void enoughIsWhenCompleteSeparationWouldBeNoticed() {
        Reference ten = Reference.of(Schema.NONE, Rows.of(10, 1, "x", Rows.normal(0, 1)));
        double chance = 2 / 66.0;
        assertThat(Trial.verdict(ten, Rows.values(0.0, 0.1), 1, chance * 1.001).status())
                .isEqualTo(DriftStatus.STABLE);
        assertThat(Trial.verdict(ten, Rows.values(50.0, 60.0), 1, chance * 1.001)
                        .status())
                .isEqualTo(DriftStatus.DRIFTED);
        assertThat(Trial.verdict(ten, Rows.values(0.0, 0.1), 1, chance * 0.999).status())
                .isEqualTo(DriftStatus.INSUFFICIENT_DATA);
        assertThat(Trial.verdict(ten, Rows.values(50.0, 60.0), 1, chance * 0.999)
                        .status())
                .isEqualTo(DriftStatus.INSUFFICIENT_DATA);
    }

    @Test
    void aFieldWithTooFewValuesSaysSoThoughTheWindowIsStable() {
        Reference two = Reference.of(
                Schema.NONE,
                Rows.of(
                        2000,
                        SeededRandom.stream(1),
                        Map.of("x", Rows.normal(0, 1), "sparse", Rows.missing(0.999, Rows.normal(0, 1)))));
        WindowJudge.Verdict verdict = Trial.verdict(
                two,
                Rows.of(
                        200,
                        SeededRandom.stream(4),
                        Map.of("x", Rows.normal(0, 1), "sparse", Rows.missing(0.999, Rows.normal(0, 1)))),
                1,
                0.02);
        assertThat(verdict.status()).isEqualTo(DriftStatus.STABLE);
        assertThat(verdict.fields())
                .anySatisfy(field -> assertThat(field.status()).isEqualTo(DriftStatus.INSUFFICIENT_DATA));
    }

    @Test
    void aTypeThatChangesIsCountedNeverThrown() {
        Object[] odd = {"12", true, List.of(1), Map.of("a", 1), new byte[] {1}, Instant.EPOCH, 'c', new Object()};
        List<Map<String, Object>> rows = Rows.of(292, 3, "x", Rows.normal(0, 1));
        rows.addAll(Rows.values(odd));
        FieldDrift drift = only(NORMAL, rows);
        assertThat(drift.window()).isEqualTo(new ValueCounts(292, 0, 8, 0));
        assertThat(drift.drifted()).isTrue();
    }

    @Test
    void categoriesOfOddTypesAreCountedNeverThrown() {
        Object[] odd = {new byte[] {1}, List.of(), Map.of(), new Object(), Double.NaN, Float.POSITIVE_INFINITY, "", null
        };
        FieldDrift drift = only(KINDS, Rows.values(odd));
        assertThat(drift.window()).isEqualTo(new ValueCounts(0, 3, 4, 1));
    }

    @Test
    void booleansTakeNothingElse() {
        Schema schema = new Schema(null, List.of(Field.of("x", FieldType.BOOLEAN)));
        Reference reference = Reference.of(schema, Rows.of(500, 1, "x", random -> random.nextBoolean()));
        FieldDrift drift = only(reference, Rows.values(true, false, "true", 1, null));
        assertThat(drift.window()).isEqualTo(new ValueCounts(2, 1, 2, 0));
    }

    @Test
    void rowsThatCannotBeReadAreCountedNeverThrown() {
        List<Map<String, Object>> rows = new ArrayList<>(Rows.of(100, 3, "x", Rows.normal(0, 1)));
        rows.add(null);
        rows.add(new AbstractMap<>() {
            @Override
            public Object get(Object key) {
                throw new IllegalStateException("unreadable");
            }

            @Override
            public Set<Entry<String, Object>> entrySet() {
                return Set.of();
            }
        });
        rows.add(new TreeMap<>());
        assertThat(only(NORMAL, rows).window()).isEqualTo(new ValueCounts(100, 2, 1, 0));
    }

    @Test
    void heavyTailsAndExtremesHaveFiniteNumbers() {
        List<Map<String, Object>> rows =
                Rows.of(300, 3, "x", random -> random.nextBoolean() ? Double.MAX_VALUE : -Double.MAX_VALUE);
        FieldDrift drift = only(NORMAL, rows);
        TestResult test = drift.decisive().orElseThrow();
        assertThat(test.statistic()).isBetween(0.4, 0.6);
        assertThat(test.pValue()).isLessThan(1e-6);
        assertThat(drift.drifted()).isTrue();
    }

    @Test
    void newCategoriesAreCountedNotNamed() {
        FieldDrift drift = only(KINDS, Rows.of(3000, 5, "x", random -> "secret" + random.nextInt(1_000_000)));
        assertThat(drift.newCategories()).isGreaterThan(2900);
        assertThat(drift.tests())
                .filteredOn(test -> test.test().equals("new-categories"))
                .singleElement()
                .satisfies(test -> {
                    assertThat(test.statistic()).isEqualTo(1);
                    assertThat(test.drifted()).isTrue();
                });
        assertThat(drift.toString()).doesNotContain("secret");
    }

    @Test
    void thresholdsAndPValuesDecideAlike() {
        for (int i = 0; i < 200; i++) {
            double shift = (i % 20) / 50.0;
            WindowJudge.Verdict verdict = new Trial(
                            Map.of("x", Rows.normal(0, 1), "k", Rows.category(0.5, 0.4, 0.1)),
                            Map.of(
                                    "x",
                                    Rows.normal(shift, 1),
                                    "k",
                                    Rows.category(0.5 - shift / 2, 0.4, 0.1 + shift / 2)),
                            300,
                            200,
                            0.05)
                    .judge(i);
            verdict.fields().stream()
                    .flatMap(field -> field.tests().stream())
                    .filter(test -> !Double.isNaN(test.threshold()))
                    .forEach(test -> assertThat(test.statistic() > test.threshold() * (1 + 1e-9))
                            .as(test.toString())
                            .isEqualTo(test.drifted()));
        }
    }

    @Test
    void reportsAreJsonWithoutValues() {
        List<DriftReport> reports = new ArrayList<>();
        DriftMonitor monitor = new DriftMonitor(
                Reference.of(Schema.NONE, Rows.of(500, 1, "x", random -> "private" + random.nextInt(5))),
                DriftConfig.DEFAULT.withWindow(1),
                Runnable::run,
                () -> Instant.EPOCH,
                reports::add);
        monitor.observe(Rows.values("intimate"));
        String json = reports.get(0).toString();
        assertThat(json)
                .isEqualTo(reports.get(0).toJson())
                .startsWith(
                        "{\"status\":\"INSUFFICIENT_DATA\",\"window\":1,\"panes\":1,\"records\":1,\"windowSample\":1,"
                                + "\"referenceSample\":500,\"alpha\":1.0E-4,\"droppedWindows\":0,"
                                + "\"evaluatedAt\":\"1970-01-01T00:00:00Z\",\"fields\":[{\"field\":\"x\"")
                .contains("\"newCategories\":1", "\"reference\":{\"values\":500,\"missing\":0,")
                .endsWith("\"leftOut\":{}}")
                .doesNotContain("intimate", "private", "NaN");
        assertThat(reports.get(0).alpha()).isCloseTo(1e-4, within(1e-12));
    }

    private static FieldDrift only(Reference reference, List<Map<String, Object>> rows) {
        return Trial.verdict(reference, rows, 1, 0.05).fields().get(0);
    }
}
