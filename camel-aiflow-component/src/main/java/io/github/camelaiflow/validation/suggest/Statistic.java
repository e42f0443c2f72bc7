package io.github.camelaiflow.validation.suggest;

import io.github.camelaiflow.validation.python.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A number a column's values have together, as GX computes it. */
enum Statistic {
    MEAN("expect_column_mean_to_be_between") {
        @Override
        double of(List<Object> values) {
            return Moment.of(values).mean();
        }
    },
    STDEV("expect_column_stdev_to_be_between") {
        @Override
        double of(List<Object> values) {
            return Moment.of(values).deviation();
        }
    },
    UNIQUE_PROPORTION("expect_column_proportion_of_unique_values_to_be_between") {
        @Override
        double of(List<Object> values) {
            Set<Object> distinct = new HashSet<>();
            values.forEach(value -> distinct.add(Values.canonical(value)));
            return distinct.size() / (double) values.size();
        }
    };

    private final String type;

    Statistic(String type) {
        this.type = type;
    }

    /** GX's name of the expectation about it. */
    String type() {
        return type;
    }

    /** NaN if these values have none. */
    abstract double of(List<Object> values);
}
