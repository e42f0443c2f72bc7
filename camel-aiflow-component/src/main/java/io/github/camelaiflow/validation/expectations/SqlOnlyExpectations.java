package io.github.camelaiflow.validation.expectations;

/** Expectations of GX's core that only a database (or Spark) can meet: GX itself has no implementation on data frames. */
final class SqlOnlyExpectations {

    private static final String LIKE = "matches by the database's LIKE; use expect_column_values_to_%smatch_regex%s";
    private static final String QUERY = "asks a database by SQL; use an expectation with a row_condition";
    private static final String OTHER_TABLE = "compares with another table of the database; use"
            + " expect_table_row_count_to_equal with the number, as a suite parameter";

    private SqlOnlyExpectations() {}

    static void register(Vocabulary known) {
        known.sqlOnly("expect_column_values_to_match_like_pattern", LIKE.formatted("", ""));
        known.sqlOnly("expect_column_values_to_match_like_pattern_list", LIKE.formatted("", "_list"));
        known.sqlOnly("expect_column_values_to_not_match_like_pattern", LIKE.formatted("not_", ""));
        known.sqlOnly("expect_column_values_to_not_match_like_pattern_list", LIKE.formatted("not_", "_list"));
        known.sqlOnly("unexpected_rows_expectation", QUERY);
        known.sqlOnly("UnexpectedRowsExpectation", QUERY);
        known.sqlOnly("expect_query_results_to_match_comparison", QUERY);
        known.sqlOnly("expect_table_row_count_to_equal_other_table", OTHER_TABLE);
        known.sqlOnly(
                "expect_column_values_to_be_present_in_other_table",
                "compares with another table of the database; use expect_column_values_to_be_in_set with its values");
    }
}
