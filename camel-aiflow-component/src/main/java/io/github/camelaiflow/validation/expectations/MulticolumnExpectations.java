package io.github.camelaiflow.validation.expectations;

/** Expectations of several columns of a record. */
final class MulticolumnExpectations {

    private MulticolumnExpectations() {}

    static void register(Vocabulary known) {
        known.columns("expect_compound_columns_to_be_unique", Uniqueness::ofColumns);
        known.columns("expect_select_column_values_to_be_unique_within_record", arguments -> RecordValues.DIFFERENT);
        known.columns("expect_multicolumn_values_to_be_unique", arguments -> RecordValues.DIFFERENT);
        known.columns("expect_multicolumn_values_to_be_equal", arguments -> RecordValues.EQUAL);
        known.columns("expect_multicolumn_sum_to_equal", SumBetween::readTotal);
        known.columns("expect_multicolumn_sum_to_be_between", SumBetween::readRange);
    }
}
