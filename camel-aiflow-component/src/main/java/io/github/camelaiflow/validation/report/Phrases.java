package io.github.camelaiflow.validation.report;

import io.github.camelaiflow.page.Words;
import io.github.camelaiflow.validation.Expectation;
import io.github.camelaiflow.validation.Histogram;
import io.github.camelaiflow.validation.expectations.Approximation;
import io.github.camelaiflow.validation.expectations.Arguments;
import io.github.camelaiflow.validation.expectations.ExpectationTypes;
import io.github.camelaiflow.validation.expectations.ExpectationTypes.Compiled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Requirements, bounds and bins in words. */
final class Phrases {

    private Phrases() {}

    /** What lies in a histogram's bin. */
    static String bin(Histogram histogram, int bin, boolean whole) {
        double from = histogram.edges().get(bin);
        double to = histogram.edges().get(bin + 1);
        if (whole && to - from == 1) {
            return Words.exact(from);
        }
        return whole && Math.abs(to) < 1e15
                ? Words.exact(from) + " to " + Words.exact(to - 1)
                : Words.exact(from) + " up to " + Words.exact(to);
    }

    /** What an expectation requires, as the end of a sentence that begins with the name of what it is about. */
    static String requirement(Expectation expectation) {
        String type = expectation.type();
        if (ExpectationTypes.knows(type)) {
            List<String> problems = new ArrayList<>();
            Compiled compiled = ExpectationTypes.read(type, new Arguments(expectation.kwargs(), type, problems));
            if (compiled != null) {
                return Words.shortened(compiled.check().requirement());
            }
        }
        StringJoiner arguments = new StringJoiner(", ", " (", ")").setEmptyValue("");
        for (Map.Entry<String, Object> argument : expectation.kwargs().entrySet()) {
            boolean said =
                    argument.getKey().equals("column") || argument.getKey().equals("mostly");
            if (!said) {
                arguments.add(argument.getKey() + ": " + argument.getValue());
            }
        }
        return Words.shortened("must meet " + type + arguments);
    }

    /**
     * How exact a result is.
     *
     * @param bounds whether the bounds themselves may be told, or only how good they are
     */
    static String approximation(Approximation about, boolean bounds) {
        String quantity = about.quantity().replace('_', ' ');
        String range =
                about.lower() <= 0 && about.upper() >= 0 && about.quantity().endsWith("_rank")
                        ? quantity + " off by at most " + Words.percent(Math.max(-about.lower(), about.upper()), 1)
                        : quantity + " between " + Words.rounded(about.lower()) + " and "
                                + Words.rounded(about.upper());
        String sure = about.confidence() >= 1 ? "for certain" : Words.percent(about.confidence(), 1) + " sure";
        String decided = about.decided()
                ? "the verdict is the same anywhere within"
                : "too close to call: the verdict may differ within";
        return "Approximate: " + (bounds ? range + ", " + sure : quantity + " is known within bounds") + "; " + decided
                + ".";
    }
}
