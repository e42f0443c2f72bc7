package io.github.camelaiflow.validation.report;

import io.github.camelaiflow.validation.Expectation;
import io.github.camelaiflow.validation.Histogram;
import io.github.camelaiflow.validation.expectations.Approximation;
import io.github.camelaiflow.validation.expectations.Arguments;
import io.github.camelaiflow.validation.expectations.ExpectationTypes;
import io.github.camelaiflow.validation.expectations.ExpectationTypes.Compiled;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Numbers, requirements and bounds in words. */
final class Words {

    /** No text of suites or records is shown at greater length. */
    private static final int LONGEST = 300;

    /** With a space that breaks no line. */
    private static final String PERCENT = "\u00A0%";

    private Words() {}

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    static String count(long count, String one, String many) {
        return count(count) + " " + (count == 1 ? one : many);
    }

    /** A share as percent, never rounded to none or all. */
    static String percent(double part, double whole) {
        if (whole <= 0) {
            return "–";
        }
        double percent = 100 * part / whole;
        if (part <= 0 || part >= whole) {
            return part <= 0 ? "0" + PERCENT : "100" + PERCENT;
        }
        if (percent < 0.1 || percent > 99.9) {
            return percent < 0.1 ? "< 0.1" + PERCENT : "> 99.9" + PERCENT;
        }
        return plain(BigDecimal.valueOf(percent).setScale(1, RoundingMode.HALF_UP)) + PERCENT;
    }

    /** A number by four significant digits. */
    static String rounded(double number) {
        return Double.isFinite(number)
                ? exact(new BigDecimal(number).round(new MathContext(4, RoundingMode.HALF_UP)))
                : String.valueOf(number);
    }

    /** A number by all its digits. */
    static String exact(double number) {
        return Double.isFinite(number) ? exact(BigDecimal.valueOf(number)) : String.valueOf(number);
    }

    private static String exact(BigDecimal number) {
        double size = Math.abs(number.doubleValue());
        return size == 0 || (size >= 1e-6 && size < 1e15)
                ? plain(number)
                : number.stripTrailingZeros().toString();
    }

    private static String plain(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(0, shortest.scale()) + "f", shortest);
    }

    /** A time to the second, in UTC. */
    static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
    }

    static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    /** What lies in a histogram's bin. */
    static String bin(Histogram histogram, int bin, boolean whole) {
        double from = histogram.edges().get(bin);
        double to = histogram.edges().get(bin + 1);
        if (whole && to - from == 1) {
            return exact(from);
        }
        return whole && Math.abs(to) < 1e15
                ? exact(from) + " to " + exact(to - 1)
                : exact(from) + " up to " + exact(to);
    }

    /** What an expectation requires, as the end of a sentence that begins with the name of what it is about. */
    static String requirement(Expectation expectation) {
        String type = expectation.type();
        if (ExpectationTypes.knows(type)) {
            List<String> problems = new ArrayList<>();
            Compiled compiled = ExpectationTypes.read(type, new Arguments(expectation.kwargs(), type, problems));
            if (compiled != null) {
                return shortened(compiled.check().requirement());
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
        return shortened("must meet " + type + arguments);
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
                        ? quantity + " off by at most " + percent(Math.max(-about.lower(), about.upper()), 1)
                        : quantity + " between " + rounded(about.lower()) + " and " + rounded(about.upper());
        String sure = about.confidence() >= 1 ? "for certain" : percent(about.confidence(), 1) + " sure";
        String decided = about.decided()
                ? "the verdict is the same anywhere within"
                : "too close to call: the verdict may differ within";
        return "Approximate: " + (bounds ? range + ", " + sure : quantity + " is known within bounds") + "; " + decided
                + ".";
    }
}
