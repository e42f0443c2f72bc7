package io.github.camelaiflow.drift;

import io.github.camelaiflow.statistics.SeededRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** Seeded rows for tests. */
final class Rows {

    private Rows() {}

    /** Rows with one value each from a source per field; {@code null} values are missing. */
    static List<Map<String, Object>> of(
            int count, UniformRandomProvider random, Map<String, Function<UniformRandomProvider, Object>> fields) {
        List<Map<String, Object>> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Map<String, Object> row = new HashMap<>();
            fields.forEach((name, source) -> row.put(name, source.apply(random)));
            rows.add(row);
        }
        return rows;
    }

    /** Rows with one field. */
    static List<Map<String, Object>> of(
            int count, long seed, String field, Function<UniformRandomProvider, Object> source) {
        return of(count, SeededRandom.stream(seed), Map.of(field, source));
    }

    /** One row per value, under the name {@code x}. */
    static List<Map<String, Object>> values(Object... values) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Object value : values) {
            Map<String, Object> row = new HashMap<>();
            row.put("x", value);
            rows.add(row);
        }
        return rows;
    }

    static Function<UniformRandomProvider, Object> normal(double mean, double deviation) {
        return random ->
                mean + deviation * ZigguratSampler.NormalizedGaussian.of(random).sample();
    }

    static Function<UniformRandomProvider, Object> transformed(
            Function<UniformRandomProvider, Object> source, ToDoubleFunction<Double> function) {
        return random -> function.applyAsDouble((Double) source.apply(random));
    }

    /** Categories c0, c1, … with these chances, which add up to 1. */
    static Function<UniformRandomProvider, Object> category(double... chances) {
        return random -> {
            double u = random.nextDouble();
            int i = 0;
            while (i < chances.length - 1 && u >= chances[i]) {
                u -= chances[i++];
            }
            return "c" + i;
        };
    }

    /** So many categories, the i-th as likely as 1/i. */
    static Function<UniformRandomProvider, Object> zipf(int categories) {
        double[] chances = new double[categories];
        double sum = 0;
        for (int i = 0; i < categories; i++) {
            sum += 1.0 / (i + 1);
        }
        for (int i = 0; i < categories; i++) {
            chances[i] = 1.0 / (i + 1) / sum;
        }
        return category(chances);
    }

    static Function<UniformRandomProvider, Object> missing(
            double chance, Function<UniformRandomProvider, Object> source) {
        return random -> random.nextDouble() < chance ? null : source.apply(random);
    }

    static List<Map<String, Object>> changed(
            List<Map<String, Object>> rows, String field, UnaryOperator<Object> change) {
        rows.forEach(row -> row.computeIfPresent(field, (name, value) -> change.apply(value)));
        return rows;
    }
}
