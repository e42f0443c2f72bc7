package io.github.camelaiflow.validation.expectations;

/** An argument of GX 0.x, which GX itself has given up. */
final class LegacyDates {

    private static final String NAME = "parse_strings_as_datetimes";

    private LegacyDates() {}

    /** Takes {@code parse_strings_as_datetimes: false} and notes a problem for {@code true}. */
    static void refuse(Arguments arguments) {
        if (arguments.flag(NAME)) {
            arguments.problem(NAME + " is not supported; remove it and give column and arguments ISO dates, whose order"
                    + " as texts is their order in time");
        }
    }
}
