package io.github.camelaiflow.validation;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The expectations of single values this project knows, by GX's names. */
final class ValueChecks {

    private static final Map<String, Function<Arguments, ValueCheck>> READERS = new TreeMap<>(Map.ofEntries(
            Map.entry("expect_column_values_to_be_null", arguments -> Presence.ABSENT),
            Map.entry("expect_column_values_to_not_be_null", arguments -> Presence.PRESENT),
            Map.entry("expect_column_values_to_be_between", Between::read),
            Map.entry("expect_column_values_to_be_in_set", arguments -> Membership.read(arguments, true)),
            Map.entry("expect_column_values_to_not_be_in_set", arguments -> Membership.read(arguments, false)),
            Map.entry("expect_column_values_to_match_regex", arguments -> RegexMatch.read(arguments, true)),
            Map.entry("expect_column_values_to_not_match_regex", arguments -> RegexMatch.read(arguments, false)),
            Map.entry("expect_column_values_to_be_of_type", TypeMatch::readOne),
            Map.entry("expect_column_values_to_be_in_type_list", TypeMatch::readList),
            Map.entry("expect_column_value_lengths_to_be_between", LengthBetween::readRange),
            Map.entry("expect_column_value_lengths_to_equal", LengthBetween::readExact)));

    private ValueChecks() {}

    /** All names, sorted. */
    static Set<String> types() {
        return READERS.keySet();
    }

    /**
     * The check of that type with these arguments; what is wrong with them is noted there.
     *
     * @return {@code null} if the arguments are wrong
     */
    static ValueCheck read(String type, Arguments arguments) {
        int problems = arguments.problemCount();
        ValueCheck check = READERS.get(type).apply(arguments);
        return arguments.problemCount() == problems ? check : null;
    }
}
