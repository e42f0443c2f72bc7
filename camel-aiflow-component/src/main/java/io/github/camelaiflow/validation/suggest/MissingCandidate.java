package io.github.camelaiflow.validation.suggest;

import java.util.Map;
import java.util.function.Consumer;

/** That values are there, or hardly ever are. Also tells the others how many values a batch has at least. */
record MissingCandidate(SampleColumn source, boolean present) implements Candidate {

    private static final double LEAST_PRESENT = 0.02;
    private static final double RARE = 0.1;

    static MissingCandidate of(SampleColumn column) {
        return new MissingCandidate(column, column.exploredValues().size() >= RARE * column.rows(true));
    }

    @Override
    public String column() {
        return source.name();
    }

    @Override
    public String type() {
        return present ? "expect_column_values_to_not_be_null" : "expect_column_values_to_be_null";
    }

    @Override
    public Suggestion measure(Measurement measurement, double alpha, Consumer<LeftOut> leftOut) {
        int rows = source.rows(false);
        int values = source.measuredValues().size();
        int unexpected = present ? rows - values : values;
        int batch = measurement.batch();
        DesignEffect effect = DesignEffect.of(source.measuredCells(), batch, cell -> (cell == null) == present);
        double most = rows == 0 ? 1 : Forecast.eventShareAtMost(unexpected, rows, batch, batch, alpha, effect);
        measurement.missingAtMost(source.name(), present ? (int) Math.ceil(most * batch) : batch);
        double mostly = Mostly.of(most);
        if (mostly < (present ? LEAST_PRESENT : Mostly.LEAST)) {
            double share = rows == 0 ? 0 : unexpected / (double) rows;
            leftOut.accept(new LeftOut(
                    column(),
                    type(),
                    "a batch could lack too many values, or too few, for it to say much",
                    Mostly.rowsNeeded(share, measurement.batch(), alpha, 0.75)));
            return null;
        }
        Map<String, Object> how =
                measurement.how("exact prediction bound of the missing values in a batch", rows, alpha);
        how.put("unexpected", unexpected);
        effect.tell(how);
        boolean never = present && unexpected == 0 && source.exploredValues().size() == source.rows(true);
        return new Suggestion(type(), Mostly.with(Map.of("column", column()), mostly), never, true, how);
    }
}
