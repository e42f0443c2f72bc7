package io.github.camelaiflow.validation.suggest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The columns an expectation reads: one, whose values it gets, or several, whose values it gets as a list where all are there. */
record Source(List<SampleColumn> columns) {

    static Source of(SampleColumn... columns) {
        return new Source(List.of(columns));
    }

    String name() {
        return String.join(",", columns.stream().map(SampleColumn::name).toList());
    }

    /** The explored or measured values, missing ones left out, in order. */
    List<Object> values(boolean explored) {
        SampleColumn first = columns.get(0);
        if (columns.size() == 1) {
            return explored ? first.exploredValues() : first.measuredValues();
        }
        List<Object> tuples = new ArrayList<>();
        for (int i = 0; i < first.values().length; i++) {
            Object[] tuple = new Object[columns.size()];
            for (int j = 0; j < tuple.length; j++) {
                tuple[j] = columns.get(j).values()[i];
            }
            if (first.explored()[i] == explored && !Arrays.asList(tuple).contains(null)) {
                tuples.add(List.of(tuple));
            }
        }
        return tuples;
    }
}
