package io.github.camelaiflow.validation.suggest;

import io.github.camelaiflow.validation.python.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * That no value repeats within a batch. A sample without repetition promises that only for batches much smaller than itself:
 * three equal values among sample and batch, two of them in the batch, are the worst that can befall it, with a chance of at
 * most three times the square of the batch's share of both. Larger batches get the expectation, but no promise.
 */
record UniqueCandidate(SampleColumn source) implements Candidate {

    static final String TYPE = "expect_column_values_to_be_unique";

    private static final int EVIDENCE = 100;
    private static final double SMALL = 0.1;

    @Override
    public String column() {
        return source.name();
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public boolean promised(Measurement measurement, double alpha) {
        double batch = measurement.batch();
        double share = batch / (values() + batch);
        return share <= SMALL && 3 * share * share <= alpha;
    }

    private int values() {
        return source.exploredValues().size() + source.measuredValues().size();
    }

    @Override
    public Suggestion measure(Measurement measurement, double alpha, Consumer<LeftOut> leftOut) {
        if (values() < EVIDENCE) {
            leftOut.accept(new LeftOut(column(), TYPE, "too few values to take it for a key", (long) EVIDENCE));
            return null;
        }
        if (repeats()) {
            leftOut.accept(new LeftOut(column(), TYPE, "values repeat", null));
            return null;
        }
        boolean promised = promised(measurement, alpha);
        Map<String, Object> how = measurement.how(
                promised
                        ? "no value of the sample repeats, and it is much larger than a batch"
                        : "no value of the sample repeats, which promises nothing for a batch this large: alpha does not cover it",
                values(),
                alpha);
        if (!promised) {
            how.remove("confidence");
        }
        return new Suggestion(TYPE, Map.of("column", column()), false, promised, how);
    }

    private boolean repeats() {
        Set<Object> seen = new HashSet<>();
        for (List<Object> part : List.of(source.exploredValues(), source.measuredValues())) {
            for (Object value : part) {
                if (!seen.add(Values.canonical(value))) {
                    return true;
                }
            }
        }
        return false;
    }
}
