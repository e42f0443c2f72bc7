package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.BoundedText;
import io.github.camelaiflow.validation.python.PythonRegex;
import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Whether a regular expression is found anywhere in a value's text, as GX does on a data frame ({@code str.contains}):
 * anchor with {@code ^} and {@code $} for a whole match. Numbers and truth values match as Python writes them.
 *
 * <p>A search reads at most {@value BoundedText#FREE_READS} characters plus {@value BoundedText#READS_PER_CHARACTER} per
 * character of the text; an expression that backtracks beyond that leaves the value unjudgeable.
 */
record RegexMatch(Pattern pattern, boolean found, String requirement) implements ValueCheck {

    static ValueCheck read(Arguments arguments, boolean found) {
        String regex = arguments.text("regex");
        return regex == null ? null : of(arguments, regex, found);
    }

    /** {@code null} after a problem. */
    static ValueCheck of(Arguments arguments, String regex, boolean found) {
        try {
            return new RegexMatch(
                    PythonRegex.compile(regex), found, "must " + (found ? "match " : "not match ") + regex);
        } catch (PatternSyntaxException e) {
            arguments.problem(
                    "regex must be a regular expression; " + e.getDescription() + " near index " + e.getIndex());
        } catch (StackOverflowError e) {
            arguments.problem("regex must not be nested that deeply");
        }
        return null;
    }

    @Override
    public boolean meets(Object value) throws Unjudgeable {
        try {
            return pattern.matcher(new BoundedText(Values.text(value))).find() == found;
        } catch (BoundedText.Exhausted | StackOverflowError e) {
            throw new Unjudgeable("the regular expression takes too many steps on this value; simplify it");
        }
    }
}
