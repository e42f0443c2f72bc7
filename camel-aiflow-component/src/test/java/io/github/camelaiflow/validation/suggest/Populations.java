package io.github.camelaiflow.validation.suggest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.rng.UniformRandomProvider;

/** Distributions a sample and the batches after it may come from. */
enum Populations {
    NORMAL(random -> 100 + 15 * gaussian(random)),
    LOGNORMAL(random -> Math.exp(gaussian(random))),
    HEAVY_TAILS(random -> gaussian(random) / Math.max(1e-9, Math.abs(gaussian(random)))),
    MIXTURE_WITH_RARE_OUTLIERS(random -> random.nextInt(100) == 0 ? 1e6 * gaussian(random) : gaussian(random)),
    EXPONENTIAL(random -> -Math.log(1 - random.nextDouble())),
    UNIFORM_INTEGERS(random -> random.nextInt(10_000)),
    TIES(random -> Math.min(12, (int) Math.floor(-2 * Math.log(1 - random.nextDouble())))),
    CODES(random -> new int[] {100, 250, 500, 1000}[random.nextInt(4)]),
    CATEGORIES(random -> "category " + "ABCDE".charAt(random.nextInt(5))),
    CATEGORIES_WITH_A_LONG_TAIL(random -> "type " + (int) Math.floor(1 / (1.001 - random.nextDouble()))),
    NUMBERS_WITH_GAPS(random -> random.nextInt(10) < 3 ? null : gaussian(random)),
    HARDLY_EVER_THERE(random -> random.nextInt(40) == 0 ? "yes" : null),
    IDS(random -> "AB" + (char) ('A' + random.nextInt(26)) + "-" + (100_000 + random.nextInt(900_000))),
    IDS_WITH_EXCEPTIONS(random -> random.nextInt(50) == 0 ? "none" : "P" + (100 + random.nextInt(900))),
    WORDS(random -> "x y".repeat(1 + random.nextInt(8)) + " é".repeat(random.nextInt(6)) + random.nextInt(1_000_000)),
    DATES(random -> "2026-%02d-%02d".formatted(1 + random.nextInt(12), 1 + random.nextInt(28))),
    FLAGS(random -> random.nextInt(3) == 0);

    private final Function<UniformRandomProvider, Object> value;

    Populations(Function<UniformRandomProvider, Object> value) {
        this.value = value;
    }

    private static double gaussian(UniformRandomProvider random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    /** Rows of one column, {@code c}. */
    List<Map<String, Object>> rows(int rows, UniformRandomProvider random) {
        List<Map<String, Object>> made = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            made.add(Collections.singletonMap("c", value.apply(random)));
        }
        return made;
    }

    /** Rows of all populations, each a column of its own; and two columns one of which is never below the other. */
    static List<Map<String, Object>> tables(int rows, UniformRandomProvider random) {
        List<Map<String, Object>> made = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (Populations population : values()) {
                row.put(population.name(), population.value.apply(random));
            }
            double part = random.nextDouble();
            row.put("part", part);
            row.put("whole", part + random.nextDouble());
            made.add(row);
        }
        return made;
    }
}
