package io.github.camelaiflow.validation.suggest;

import io.github.camelaiflow.validation.expectations.Arguments;
import io.github.camelaiflow.validation.expectations.ExpectationTypes;
import io.github.camelaiflow.validation.expectations.ExpectationTypes.Compiled;
import io.github.camelaiflow.validation.expectations.ValueCheck;
import io.github.camelaiflow.validation.python.Unjudgeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A map expectation whose arguments the explored rows gave: the measured rows are judged by the expectation itself, and the
 * number of unexpected ones bounds that of a batch.
 *
 * @param structural whether it is critical, if no row of the sample breaks it
 * @param method how the arguments were found
 * @param wider the arguments as written, which may take more values than those that were measured; {@code null} for the same
 */
record ValueCandidate(
        Source source,
        String type,
        Map<String, Object> kwargs,
        boolean structural,
        String method,
        Map<String, Object> wider)
        implements Candidate {

    @Override
    public String column() {
        return source.name();
    }

    @Override
    public Suggestion measure(Measurement measurement, double alpha, Consumer<LeftOut> leftOut) {
        List<Object> values = source.values(false);
        int unexpected = unexpected(values);
        int unexplored = unexpected(source.values(true));
        if (unexpected < 0 || unexplored < 0) {
            leftOut.accept(new LeftOut(column(), type, "the column holds values of kinds it cannot judge", null));
            return null;
        }
        int present = measurement.presentAtLeast(source.columns());
        double share = values.isEmpty()
                ? 1
                : Forecast.shareAtMost(
                        present,
                        measurement.batch(),
                        batch -> Forecast.eventsAtMost(unexpected, values.size(), batch, alpha));
        double mostly = Mostly.of(share);
        if (mostly < Mostly.LEAST) {
            double seen = values.isEmpty() ? 0 : unexpected / (double) values.size();
            double measured = 0.75 * present / measurement.batch();
            leftOut.accept(new LeftOut(
                    column(),
                    type,
                    "too few values to promise that at least half of a batch meets it",
                    Mostly.rowsNeeded(seen, measurement.batch(), alpha, measured)));
            return null;
        }
        Map<String, Object> how = measurement.how(
                method + "; mostly by the exact prediction bound of the unexpected values in a batch",
                values.size(),
                alpha);
        how.put("unexpected", unexpected);
        boolean critical = structural && unexpected + unexplored == 0;
        return new Suggestion(type, Mostly.with(wider == null ? kwargs : wider, mostly), critical, true, how);
    }

    /** How many values do not meet it; -1 if some cannot be judged. */
    private int unexpected(List<Object> values) {
        Compiled compiled = ExpectationTypes.read(type, new Arguments(kwargs, "suggested", new ArrayList<>()));
        if (compiled == null || !(compiled.check() instanceof ValueCheck check)) {
            return -1;
        }
        int unexpected = 0;
        try {
            for (Object value : values) {
                unexpected += check.meets(value) ? 0 : 1;
            }
        } catch (Unjudgeable e) {
            return -1;
        }
        return unexpected;
    }
}
