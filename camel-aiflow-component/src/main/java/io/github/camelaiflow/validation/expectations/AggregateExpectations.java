package io.github.camelaiflow.validation.expectations;

import java.util.function.Function;

/** Column aggregate expectations: one number, or one set of values, for a whole column. */
final class AggregateExpectations {

    private AggregateExpectations() {}

    static void register(Vocabulary known) {
        known.aggregate("expect_column_max_to_be_between", arguments -> extreme(arguments, "maximum", Extreme::max));
        known.aggregate("expect_column_min_to_be_between", arguments -> extreme(arguments, "minimum", Extreme::min));
        known.aggregate("expect_column_sum_to_be_between", AggregateExpectations::sum);
        known.aggregate(
                "expect_column_mean_to_be_between",
                arguments -> summary(arguments, "mean", column -> Estimate.exact(column.mean())));
        known.aggregate(
                "expect_column_stdev_to_be_between",
                arguments -> summary(arguments, "standard deviation", column -> Estimate.exact(column.deviation())));
        known.aggregate("expect_column_median_to_be_between", Quantiles::median);
        known.aggregate("expect_column_quantile_values_to_be_between", Quantiles::read);
        known.aggregate(
                "expect_column_unique_value_count_to_be_between",
                arguments -> distinct(arguments, "number of different values", DistinctTally::distinct));
        known.aggregate(
                "expect_column_proportion_of_unique_values_to_be_between",
                arguments -> distinct(arguments, "proportion of different values", DistinctTally::proportion));
        known.aggregate(
                "expect_column_distinct_values_to_be_in_set",
                arguments -> DistinctValues.read(arguments, DistinctValues.Relation.IN));
        known.aggregate(
                "expect_column_distinct_values_to_contain_set",
                arguments -> DistinctValues.read(arguments, DistinctValues.Relation.CONTAIN));
        known.aggregate(
                "expect_column_distinct_values_to_equal_set",
                arguments -> DistinctValues.read(arguments, DistinctValues.Relation.EQUAL));
        known.aggregate("expect_column_most_common_value_to_be_in_set", MostCommonValue::read);
    }

    private static BatchCheck extreme(Arguments arguments, String name, Function<Boolean, Extreme> empty) {
        Range.requireBound(arguments);
        Range range = Range.anything(arguments);
        boolean parsed = LegacyDates.parsed(arguments);
        return new AggregateBetween<>(
                range, range.of(name), 0, memory -> empty.apply(parsed), extreme -> Estimate.exact(extreme.value()));
    }

    private static BatchCheck sum(Arguments arguments) {
        Range.requireBound(arguments);
        Range range = Range.numbers(arguments);
        return new AggregateBetween<>(range, range.of("sum"), 0, Total::new, total -> Estimate.exact(total.value()));
    }

    private static BatchCheck summary(Arguments arguments, String name, Function<NumberSummary, Estimate> read) {
        Range range = Range.numbers(arguments);
        return new AggregateBetween<>(range, range.of(name), 0, memory -> new NumberSummary(memory, name), read);
    }

    private static BatchCheck distinct(Arguments arguments, String name, Function<DistinctTally, Estimate> read) {
        Range range = Range.numbers(arguments);
        return new AggregateBetween<>(range, range.of(name), 1, DistinctTally::new, read);
    }
}
