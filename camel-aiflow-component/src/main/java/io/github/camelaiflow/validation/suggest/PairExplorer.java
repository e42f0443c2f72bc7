package io.github.camelaiflow.validation.suggest;

import io.github.camelaiflow.statistics.SeededRandom;
import io.github.camelaiflow.validation.expectations.ExpectationTypes;
import io.github.camelaiflow.validation.python.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Finds pairs of number columns one of which is never, or hardly ever, below the other, where that says something: with the
 * values of one of them shuffled it must fail far more often.
 */
final class PairExplorer {

    private static final String ORDER = "expect_column_pair_values_a_to_be_greater_than_b";
    private static final String EQUAL = "expect_column_pair_values_to_be_equal";
    private static final int COLUMNS = 30;
    private static final int PAIRS = 10;
    private static final int ROWS_AT_LEAST = 20;
    private static final int ROWS = 2_000;
    private static final double HOLDS = 0.98;
    private static final double HOLDS_BY_CHANCE = 0.9;

    private record Found(Candidate candidate, double byChance) {}

    private final List<SampleColumn> columns;
    private final long seed;
    private final List<Found> found = new ArrayList<>();

    PairExplorer(List<SampleColumn> columns, long seed) {
        this.columns = columns.stream()
                .filter(column -> numbers(column.exploredValues()))
                .limit(COLUMNS)
                .toList();
        this.seed = seed;
    }

    private static boolean numbers(List<Object> values) {
        return values.size() >= ROWS_AT_LEAST
                && values.stream().allMatch(Number.class::isInstance)
                && values.stream().map(Values::canonical).distinct().limit(3).count() > 2;
    }

    /** The clearest pairs, at most ten. */
    List<Candidate> explore() {
        for (int i = 0; i < columns.size(); i++) {
            for (int j = i + 1; j < columns.size(); j++) {
                Source pair = Source.of(columns.get(i), columns.get(j));
                List<Object> tuples = pair.values(true);
                if (tuples.size() >= ROWS_AT_LEAST) {
                    explore(pair, tuples.subList(0, Math.min(ROWS, tuples.size())));
                }
            }
        }
        return found.stream()
                .sorted(Comparator.comparingDouble(Found::byChance))
                .limit(PAIRS)
                .map(Found::candidate)
                .filter(candidate -> ExpectationTypes.knows(candidate.type()))
                .toList();
    }

    private void explore(Source pair, List<Object> tuples) {
        double[] shares = shares(tuples, tuples);
        double[] byChance = shares(tuples, shuffled(tuples));
        SampleColumn a = pair.columns().get(0);
        SampleColumn b = pair.columns().get(1);
        if (shares[1] == 1) {
            add(EQUAL, a, b, byChance[1]);
        } else if (shares[0] + shares[1] >= HOLDS && byChance[0] + byChance[1] <= HOLDS_BY_CHANCE) {
            add(ORDER, a, b, byChance[0] + byChance[1]);
        } else if (shares[2] + shares[1] >= HOLDS && byChance[2] + byChance[1] <= HOLDS_BY_CHANCE) {
            add(ORDER, b, a, byChance[2] + byChance[1]);
        }
    }

    private void add(String type, SampleColumn a, SampleColumn b, double byChance) {
        Map<String, Object> kwargs = new LinkedHashMap<>();
        kwargs.put("column_A", a.name());
        kwargs.put("column_B", b.name());
        if (type.equals(ORDER)) {
            kwargs.put("or_equal", true);
        }
        kwargs.put("ignore_row_if", "either_value_is_missing");
        String method = "holds for nearly all explored rows, and far less often for their values in random order";
        found.add(new Found(new ValueCandidate(Source.of(a, b), type, kwargs, false, method, null), byChance));
    }

    /** Which share of first values is above, equal to and below the second ones. */
    private static double[] shares(List<Object> firsts, List<Object> seconds) {
        double[] shares = new double[3];
        for (int i = 0; i < firsts.size(); i++) {
            int order = Values.compare(
                    (Number) ((List<?>) firsts.get(i)).get(0), (Number) ((List<?>) seconds.get(i)).get(1));
            shares[1 - Integer.signum(order)] += 1;
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= firsts.size();
        }
        return shares;
    }

    private List<Object> shuffled(List<Object> tuples) {
        List<Object> shuffled = new ArrayList<>(tuples);
        UniformRandomProvider random = SeededRandom.stream(seed, 3);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            Object moved = shuffled.get(i);
            int other = random.nextInt(i + 1);
            shuffled.set(i, shuffled.get(other));
            shuffled.set(other, moved);
        }
        return shuffled;
    }
}
