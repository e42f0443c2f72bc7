package io.github.camelaiflow.validation.expectations;

/** GX 0.x's {@code parse_strings_as_datetimes}, which GX itself has given up. */
final class LegacyDates {

    private static final String NAME = "parse_strings_as_datetimes";

    private LegacyDates() {}

    /** Whether texts of the column and of the arguments are dates. */
    static boolean parsed(Arguments arguments) {
        return arguments.flag(NAME);
    }

    /** Takes {@code parse_strings_as_datetimes: false} and notes a problem for {@code true}. */
    static void refuse(Arguments arguments) {
        if (arguments.flag(NAME)) {
            arguments.problem(NAME + " is not supported; remove it and give column and arguments ISO dates, whose order"
                    + " as texts is their order in time");
        }
    }
}
