package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.DateParser;
import io.github.camelaiflow.validation.python.InvalidExpression;
import io.github.camelaiflow.validation.python.JsonText;
import io.github.camelaiflow.validation.python.StrptimeFormat;
import io.github.camelaiflow.validation.python.Unjudgeable;
import java.util.function.Predicate;

/** Whether a text can be read: as a date by a format, as any date, as JSON. */
record TextFormats(Predicate<String> readable, String expectation, String requirement) implements ValueCheck {

    /** Dates by {@code strftime_format}, as Python's {@code strptime} reads them. */
    static ValueCheck strftime(Arguments arguments) {
        String format = arguments.text("strftime_format");
        if (format == null) {
            return null;
        }
        try {
            return new TextFormats(
                    StrptimeFormat.of(format)::accepts,
                    "expect_column_values_to_match_strftime_format",
                    "must match the date format " + format);
        } catch (InvalidExpression e) {
            arguments.problem("Unable to use provided strftime_format. It " + e.getMessage());
            return null;
        }
    }

    /** Whatever dateutil reads as a date or time. */
    static ValueCheck dateutil() {
        return new TextFormats(
                text -> DateParser.parse(text) != null,
                "expect_column_values_to_be_dateutil_parseable",
                "must be a date or time");
    }

    /** JSON as Python's {@code json.loads} reads it. As in GX, values other than texts are none. */
    static ValueCheck json() {
        return new TextFormats(JsonText::parseable, null, "must be JSON");
    }

    @Override
    public boolean meets(Object value) throws Unjudgeable {
        if (value instanceof String text) {
            return readable.test(text);
        }
        if (expectation == null) {
            return false;
        }
        throw new Unjudgeable("Values passed to " + expectation + " must be of type string.\n"
                + "If you want to validate a column of dates or timestamps, please call the expectation before converting"
                + " from string format.");
    }
}
