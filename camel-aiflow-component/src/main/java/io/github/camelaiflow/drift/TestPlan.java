package io.github.camelaiflow.drift;

import io.github.camelaiflow.statistics.Correction;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which test compares which field of a window with its reference, and how they share the chance of a false alarm.
 *
 * @param numbers for every numeric field that is not named
 * @param categories for every other field that is not named; its least effect holds for new categories too
 * @param fields for single fields, by name; a least effect of NaN is that of {@code numbers} or {@code categories}
 * @param minimumPresence how large the total variation of presence (values, missing, wrong type, infinite) must be besides, 0 to 1;
 *     0 for any
 * @param correction how the tests share the level
 */
public record TestPlan(
        TestChoice numbers,
        TestChoice categories,
        Map<String, TestChoice> fields,
        double minimumPresence,
        Correction correction) {

    /** Kolmogorov–Smirnov for numbers, chi-squared for categories, an effect of any size, Holm. */
    public static final TestPlan DEFAULT = new TestPlan(
            new TestChoice(DistanceTest.KOLMOGOROV_SMIRNOV),
            new TestChoice(DistanceTest.CHI_SQUARED),
            Map.of(),
            0,
            Correction.HOLM);

    /**
     * @throws IllegalArgumentException if the test for categories compares numbers only, numbers or categories have no least
     *     effect, or that of presence is not from 0 to 1
     */
    public TestPlan {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        if (categories.test().numbersOnly()) {
            throw new IllegalArgumentException("the test of categories must take categories, was "
                    + categories.test().label());
        }
        if (Double.isNaN(numbers.minimumEffect()) || Double.isNaN(categories.minimumEffect())) {
            throw new IllegalArgumentException("minimumEffect of numbers and categories must be a number");
        }
        if (!(minimumPresence >= 0 && minimumPresence <= 1)) {
            throw new IllegalArgumentException("minimumPresence must be from 0 to 1, was " + minimumPresence);
        }
    }

    /** This, with another test for numbers. */
    public TestPlan withNumbers(TestChoice choice) {
        return new TestPlan(choice, categories, fields, minimumPresence, correction);
    }

    /** This, with another test for categories. */
    public TestPlan withCategories(TestChoice choice) {
        return new TestPlan(numbers, choice, fields, minimumPresence, correction);
    }

    /** This, with tests for single fields. */
    public TestPlan withFields(Map<String, TestChoice> choices) {
        return new TestPlan(numbers, categories, choices, minimumPresence, correction);
    }

    /** This, with a least effect of presence. */
    public TestPlan withMinimumPresence(double effect) {
        return new TestPlan(numbers, categories, fields, effect, correction);
    }

    /** This, with another way of sharing the level. */
    public TestPlan withCorrection(Correction other) {
        return new TestPlan(numbers, categories, fields, minimumPresence, other);
    }

    /**
     * What a field is tested by.
     *
     * @throws IllegalArgumentException if that takes numbers only and the field has categories
     */
    TestChoice of(String field, boolean numeric) {
        TestChoice kind = numeric ? numbers : categories;
        TestChoice choice = fields.getOrDefault(field, kind).orEffectOf(kind);
        if (!numeric && choice.test().numbersOnly()) {
            throw new IllegalArgumentException(
                    "field " + field + " must be tested by something that takes categories, was "
                            + choice.test().label());
        }
        return choice;
    }
}
