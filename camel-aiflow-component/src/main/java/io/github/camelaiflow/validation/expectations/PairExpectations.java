package io.github.camelaiflow.validation.expectations;

/** Expectations of two columns of a record. */
final class PairExpectations {

    private PairExpectations() {}

    static void register(Vocabulary known) {
        known.pair("expect_column_pair_values_a_to_be_greater_than_b", PairOrder::read);
        known.pair("expect_column_pair_values_A_to_be_greater_than_B", PairOrder::read);
        known.pair("expect_column_pair_values_to_be_equal", PairEquality::read);
        known.pair("expect_column_pair_values_to_be_in_set", PairMembership::read);
    }
}
