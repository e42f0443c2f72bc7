package io.github.camelaiflow.drift.report;

import io.github.camelaiflow.drift.ChangePoint;
import io.github.camelaiflow.drift.DriftHistory.Evidence;
import io.github.camelaiflow.drift.DriftStatus;
import io.github.camelaiflow.drift.FieldDrift;
import io.github.camelaiflow.drift.TestResult;
import io.github.camelaiflow.page.Blocks;
import io.github.camelaiflow.page.Html;
import io.github.camelaiflow.page.Words;
import java.util.Locale;

/** Verdicts, chances and effects in words. */
final class Told {

    private static final double SMALL = 1e-4;
    private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private Told() {}

    static String word(DriftStatus status) {
        return switch (status) {
            case DRIFTED -> "Drifted";
            case STABLE -> "Stable";
            case INSUFFICIENT_DATA -> "Not enough data";
        };
    }

    static String look(DriftStatus status) {
        return switch (status) {
            case DRIFTED -> "bad";
            case STABLE -> "ok";
            case INSUFFICIENT_DATA -> "none";
        };
    }

    static String mark(DriftStatus status) {
        return switch (status) {
            case DRIFTED -> "≠";
            case STABLE -> "✓";
            case INSUFFICIENT_DATA -> "–";
        };
    }

    static void badge(Html html, DriftStatus status) {
        Blocks.badge(html, look(status), mark(status) + " " + word(status));
    }

    /** A chance: by three digits, small ones by powers of ten. */
    static String chance(double p) {
        if (Double.isNaN(p)) {
            return "–";
        }
        if (p <= 0) {
            return "< 10" + raised(-300);
        }
        if (p >= SMALL) {
            return Words.rounded(Double.parseDouble(String.format(Locale.ROOT, "%.3g", p)));
        }
        String[] parts = String.format(Locale.ROOT, "%.1e", p).split("e");
        return parts[0] + "·10" + raised(Integer.parseInt(parts[1]));
    }

    private static String raised(int exponent) {
        StringBuilder raised = new StringBuilder(exponent < 0 ? "⁻" : "");
        String.valueOf(Math.abs(exponent)).chars().forEach(digit -> raised.append(RAISED.charAt(digit - '0')));
        return raised.toString();
    }

    /** A number by three digits; a dash if it is not known. */
    static String number(double number) {
        return Double.isFinite(number)
                ? Words.rounded(Double.parseDouble(String.format(Locale.ROOT, "%.3g", number)))
                : "–";
    }

    /** How large a difference is: {@code numeric} for a test of a numeric field's values. */
    static String effect(TestResult test, boolean numeric, double effect) {
        if (!Double.isFinite(effect)) {
            return "–";
        }
        return numeric && ofValues(test.test()) ? number(effect) + "\u00A0σ" : Words.percent(effect, 1);
    }

    private static boolean ofValues(String test) {
        return !test.equals("presence") && !test.equals("new-categories");
    }

    /** How many times rarer than the budget allows. */
    static double evidence(double level, double p) {
        return p <= 0 ? Double.MAX_VALUE : level / p;
    }

    static double evidence(Evidence one) {
        return evidence(one.level(), one.pValue());
    }

    /** Of the decisive test; 0 without any. */
    static double evidence(FieldDrift field) {
        return field.decisive()
                .map(test -> evidence(test.level(), test.pValue()))
                .orElse(0.0);
    }

    /** Since when, such as "4,200 records ago (2026-01-02 03:04:05 UTC)". */
    static String since(ChangePoint change, boolean timed) {
        return Words.count(change.sinceRecord(), "record", "records") + " ago"
                + (timed ? " (" + Words.time(change.since()) + ")" : "");
    }
}
