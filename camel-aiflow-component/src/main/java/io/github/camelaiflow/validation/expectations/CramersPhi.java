package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether two columns depend little on each other: Cramér's phi of their cross table, from 0 for independent to 1, is at most
 * a threshold. As in GX missing values are a group of their own, numbers are put into bins, and a table of 2 by 2 has Yates'
 * correction.
 */
record CramersPhi(double threshold, Grouping groupsA, Grouping groupsB) implements BatchCheck {

    private static final double DEFAULT_THRESHOLD = 0.1;

    /** The pairs of values of the two columns. */
    private static final class Pairs implements Accumulator<Pairs> {

        private final List<Object> a = new ArrayList<>();
        private final List<Object> b = new ArrayList<>();

        @Override
        public void add(Object value) throws Unjudgeable {
            List<?> pair = value instanceof List<?> two ? two : Arrays.asList(null, null);
            a.add(plain(pair.get(0)));
            b.add(plain(pair.get(1)));
        }

        private static Object plain(Object value) throws Unjudgeable {
            return Values.missing(value) ? null : Keys.of(value);
        }

        @Override
        public void merge(Pairs later) {
            a.addAll(later.a);
            b.addAll(later.b);
        }
    }

    static BatchCheck read(Arguments arguments) {
        double threshold = Weights.share(arguments, "threshold", DEFAULT_THRESHOLD);
        return new CramersPhi(
                threshold,
                Grouping.read(arguments, "bins_A", "n_bins_A"),
                Grouping.read(arguments, "bins_B", "n_bins_B"));
    }

    @Override
    public String requirement() {
        return "must be independent of each other, with a Cramér's phi of at most " + threshold;
    }

    @Override
    public boolean judgesMissing() {
        return true;
    }

    @Override
    public String notInWindows() {
        return "it needs all pairs of values to group them; judge a batch";
    }

    @Override
    public BatchState newState(Memory memory) {
        return new Accumulating<>(new Pairs(), (pairs, counted) -> judge(pairs));
    }

    private Finding judge(Pairs pairs) throws Unjudgeable {
        if (pairs.a.isEmpty()) {
            return Finding.observed(false, null);
        }
        CrossTable table = new CrossTable(groupsA.group(pairs.a), groupsB.group(pairs.b));
        double phi = table.cramersPhi();
        return Double.isNaN(phi)
                ? Finding.observed(false, null, table.details())
                : Finding.observed(phi <= threshold, phi, table.details());
    }
}
