package io.github.camelaiflow.validation.expectations;

/** Column map expectations that judge each value by itself. */
final class ValueExpectations {

    private ValueExpectations() {}

    static void register(Vocabulary known) {
        known.map("expect_column_values_to_be_null", arguments -> Presence.ABSENT);
        known.map("expect_column_values_to_not_be_null", arguments -> Presence.PRESENT);
        known.map("expect_column_values_to_be_between", Between::read);
        known.map("expect_column_values_to_be_in_set", arguments -> Membership.read(arguments, true));
        known.map("expect_column_values_to_not_be_in_set", arguments -> Membership.read(arguments, false));
        known.map("expect_column_values_to_match_regex", arguments -> RegexMatch.read(arguments, true));
        known.map("expect_column_values_to_not_match_regex", arguments -> RegexMatch.read(arguments, false));
        known.map("expect_column_values_to_match_regex_list", RegexListMatch::readMatch);
        known.map("expect_column_values_to_not_match_regex_list", RegexListMatch::readNone);
        known.map("expect_column_values_to_match_strftime_format", TextFormats::strftime);
        known.map("expect_column_values_to_be_dateutil_parseable", arguments -> TextFormats.dateutil());
        known.map("expect_column_values_to_be_json_parseable", arguments -> TextFormats.json());
        known.map("expect_column_values_to_match_json_schema", JsonSchemaMatch::read);
        known.map("expect_column_values_to_be_of_type", TypeMatch::readOne);
        known.map("expect_column_values_to_be_in_type_list", TypeMatch::readList);
        known.map("expect_column_value_lengths_to_be_between", LengthBetween::readRange);
        known.map("expect_column_value_lengths_to_equal", LengthBetween::readExact);
    }
}
