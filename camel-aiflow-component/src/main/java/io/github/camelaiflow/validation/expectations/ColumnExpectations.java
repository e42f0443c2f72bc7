package io.github.camelaiflow.validation.expectations;

/** Column map expectations that judge a value by the others of its column. */
final class ColumnExpectations {

    private ColumnExpectations() {}

    static void register(Vocabulary known) {
        known.map("expect_column_values_to_be_unique", Uniqueness::ofColumn);
        known.map("expect_column_values_to_be_increasing", arguments -> Monotonic.read(arguments, true));
        known.map("expect_column_values_to_be_decreasing", arguments -> Monotonic.read(arguments, false));
        known.map("expect_column_value_z_scores_to_be_less_than", ZScore::read);
    }
}
