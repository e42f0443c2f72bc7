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
import java.util.stream.DoubleStream;

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
        double[] unmet = unmet(values);
        double[] unmetExplored = unmet(source.values(true));
        if (unmet == null || unmetExplored == null) {
            leftOut.accept(new LeftOut(column(), type, "the column holds values of kinds it cannot judge", null));
            return null;
        }
        int unexpected = (int) DoubleStream.of(unmet).sum();
        int present = measurement.presentAtLeast(source.columns());
        DesignEffect effect = DesignEffect.of(unmet, measurement.batch());
        double share = values.isEmpty()
                ? 1
                : Forecast.eventShareAtMost(unexpected, values.size(), present, measurement.batch(), alpha, effect);
        double mostly = Mostly.of(share);
        if (mostly < Mostly.LEAST) {
            double seen = values.isEmpty() ? 0 : unexpected / (double) values.size();
            double measured =
                    0.75 * values.size() / Math.max(1, source.columns().get(0).rows(false));
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
        effect.tell(how);
        boolean critical =
                structural && unexpected + DoubleStream.of(unmetExplored).sum() == 0;
        return new Suggestion(type, Mostly.with(wider == null ? kwargs : wider, mostly), critical, true, how);
    }

    /** 1 for every value that does not meet it, else 0; {@code null} if some cannot be judged. */
    private double[] unmet(List<Object> values) {
        Compiled compiled = ExpectationTypes.read(type, new Arguments(kwargs, "suggested", new ArrayList<>()));
        if (compiled == null || !(compiled.check() instanceof ValueCheck check)) {
            return null;
        }
        double[] unmet = new double[values.size()];
        try {
            for (int i = 0; i < unmet.length; i++) {
                unmet[i] = check.meets(values.get(i)) ? 0 : 1;
            }
        } catch (Unjudgeable e) {
            return null;
        }
        return unmet;
    }
}
