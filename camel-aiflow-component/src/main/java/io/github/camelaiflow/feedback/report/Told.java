package io.github.camelaiflow.feedback.report;

import io.github.camelaiflow.feedback.quality.Metric;
import io.github.camelaiflow.page.Words;
import java.time.Duration;
import java.util.Locale;

/** Names and numbers in words. */
final class Told {

    private Told() {}

    /** A constant's name as words: {@code LOG_LOSS} is "log loss". */
    static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String metric(Metric metric) {
        String name =
                switch (metric.kind()) {
                    case AUC -> "AUC";
                    case F1 -> "F1";
                    case BRIER -> "Brier score";
                    default -> capital(words(metric.kind()));
                };
        return metric.label() == null ? name : name + " of " + metric.label();
    }

    static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** A number by three digits; a dash if it is not known. */
    static String number(double number) {
        return Double.isFinite(number)
                ? Words.rounded(Double.parseDouble(String.format(Locale.ROOT, "%.3g", number)))
                : "–";
    }

    static String interval(double lower, double upper) {
        return lower <= upper ? number(lower) + " to " + number(upper) : "–";
    }

    /** An e-value by its natural logarithm. */
    static String evidence(double log) {
        double tens = log / Math.log(10);
        if (Double.isNaN(log)) {
            return "–";
        }
        if (Math.abs(tens) > 4) {
            return tens > 0 ? "more than 10,000" : "less than 1/10,000";
        }
        return number(Math.exp(log));
    }

    /** A length of time in its largest unit that fits. */
    static String duration(Duration duration) {
        if (duration.toDays() >= 2) {
            return duration.toDays() + " days";
        }
        if (duration.toHours() >= 2) {
            return duration.toHours() + " hours";
        }
        return duration.toMinutes() >= 2
                ? duration.toMinutes() + " minutes"
                : number(duration.toMillis() / 1000.0) + " seconds";
    }
}
