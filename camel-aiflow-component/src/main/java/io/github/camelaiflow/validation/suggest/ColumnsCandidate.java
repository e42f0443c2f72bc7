package io.github.camelaiflow.validation.suggest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** That a batch has these columns, and maybe more. A field that many records lack is left out: a batch may have none of it. */
record ColumnsCandidate(List<SampleColumn> columns) implements Candidate {

    static final String TYPE = "expect_table_columns_to_match_set";

    @Override
    public String column() {
        return "";
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Suggestion measure(Measurement measurement, double alpha, Consumer<LeftOut> leftOut) {
        int batch = measurement.batch();
        int rows = columns.get(0).rows(false);
        List<String> sure = new ArrayList<>();
        for (SampleColumn column : columns) {
            if (Forecast.eventsAtMost(column.absent(), rows, batch, alpha / columns.size()) < batch) {
                sure.add(column.name());
            } else {
                leftOut.accept(new LeftOut(column.name(), TYPE, "a batch may have no record with this field", null));
            }
        }
        if (sure.isEmpty()) {
            return null;
        }
        Map<String, Object> kwargs = new LinkedHashMap<>();
        kwargs.put("column_set", sure);
        kwargs.put("exact_match", false);
        Map<String, Object> how = measurement.how(
                "fields that at least one record of a batch has, by exact prediction bounds; more fields are allowed",
                rows,
                alpha);
        return new Suggestion(TYPE, kwargs, true, true, how);
    }
}
