package io.github.camelaiflow.validation.report;

import io.github.camelaiflow.page.Html;
import io.github.camelaiflow.page.Words;
import io.github.camelaiflow.validation.Expectation;
import io.github.camelaiflow.validation.ExpectationResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Expectations, what they require and what was observed. */
final class ExpectationTable {

    /** Ends of names of expectations whose observed value is a count or a measure and never a value of a record. */
    private static final Set<String> MEASURES = Set.of(
            "_row_count_to_be_between",
            "_row_count_to_equal",
            "_column_count_to_be_between",
            "_column_count_to_equal",
            "_unique_value_count_to_be_between",
            "_proportion_of_unique_values_to_be_between",
            "_proportion_of_non_null_values_to_be_between",
            "_kl_divergence_to_be_less_than",
            "_p_value_to_be_greater_than",
            "_cramers_phi_value_to_be_less_than");

    private static final int MOST_VALUES = 10;

    /** Narrow windows lay the table out anew, which would hide from assistive technology that it is one. */
    private static final String[] ROW = {"role", "row"};

    private static final String[] CELL = {"role", "cell"};
    private static final String[] GROUP = {"role", "rowgroup"};

    private final Html html;
    private final boolean showValues;

    ExpectationTable(Html html, boolean showValues) {
        this.html = html;
        this.showValues = showValues;
    }

    /** @param subjects what to name and link for each result; {@code null} if they all are about one subject */
    void write(String caption, List<ExpectationResult> results, List<Subject> subjects) {
        html.tag(
                "table",
                () -> {
                    html.tag("caption", caption);
                    html.tag("thead", () -> html.tag("tr", () -> heads(subjects != null), ROW), GROUP);
                    html.tag(
                            "tbody",
                            () -> {
                                for (int i = 0; i < results.size(); i++) {
                                    row(results.get(i), subjects == null ? null : subjects.get(i));
                                }
                            },
                            GROUP);
                },
                "class",
                "expectations",
                "role",
                "table");
    }

    private void heads(boolean subjects) {
        List<String> names = subjects
                ? List.of("Status", "Column", "Requirement", "Severity", "Observed")
                : List.of("Status", "Requirement", "Severity", "Observed");
        names.forEach(name -> html.tag("th", name, "scope", "col", "role", "columnheader"));
    }

    private void row(ExpectationResult result, Subject subject) {
        Expectation expectation = result.expectation();
        html.tag(
                "tr",
                () -> {
                    html.tag("td", () -> Status.of(result).write(html), CELL);
                    if (subject != null) {
                        html.tag("th", () -> subject.link(html), "scope", "row", "role", "rowheader");
                    }
                    html.tag("td", () -> requirement(expectation), CELL);
                    html.tag("td", expectation.severity().toString(), "class", "severity", "role", "cell");
                    html.tag("td", () -> observed(result), CELL);
                },
                ROW);
    }

    private void requirement(Expectation expectation) {
        html.tag("span", Phrases.requirement(expectation), "class", "name");
        html.tag("small", () -> html.tag("code", Words.shortened(expectation.type())));
        if (expectation.kwargs().get("row_condition") != null) {
            html.tag("small", "of the records that meet its row condition");
        }
    }

    private void observed(ExpectationResult result) {
        if (result.error() != null) {
            html.text("Could not be judged: " + Words.shortened(result.error()));
            return;
        }
        if (result.counts()) {
            counts(result);
        } else {
            html.text(observedValue(result));
        }
        if (result.missingCount() != null && result.missingCount() > 0) {
            html.tag(
                    "small",
                    Words.count(result.missingCount(), "record has", "records have") + " no value, "
                            + Words.percent(result.missingCount(), result.elementCount()));
        }
        if (result.approximation() != null) {
            boolean bounds = showValues
                    || measures(result)
                    || result.approximation().quantity().endsWith("_rank");
            html.tag("small", Phrases.approximation(result.approximation(), bounds));
        }
        if (showValues && !result.unexpectedValues().isEmpty()) {
            html.tag("small", () -> {
                html.text("Unexpected: ");
                html.tag("span", unexpected(result.unexpectedValues()), "class", "name");
            });
        }
    }

    private void counts(ExpectationResult result) {
        int judged = result.judgedCount();
        int unexpected = result.unexpectedCount();
        if (judged == 0) {
            html.text("Nothing to judge");
        } else if (unexpected == 0) {
            html.text("All " + Words.count(judged, "value meets it", "values meet it"));
        } else {
            html.text(Words.count(unexpected) + " of "
                    + Words.count(judged, "value doesn’t meet it", "values don’t meet it") + ", "
                    + Words.percent(unexpected, judged));
        }
        double mostly = result.expectation().mostly();
        if (mostly < 1) {
            html.tag("small", "at least " + Words.percent(mostly, 1) + " must");
        }
    }

    private static boolean measures(ExpectationResult result) {
        return result.counts()
                || MEASURES.stream().anyMatch(result.expectation().type()::endsWith);
    }

    private String observedValue(ExpectationResult result) {
        Object value = result.observedValue();
        if (value == null) {
            return result.judgedCount() == 0 ? "Nothing to judge" : "–";
        }
        if (!showValues && !measures(result)) {
            return "Not shown, as it may tell values of records";
        }
        if (value instanceof Integer || value instanceof Long) {
            return Words.count(((Number) value).longValue());
        }
        return Words.shortened(value instanceof Double number ? Words.rounded(number) : String.valueOf(value));
    }

    private static String unexpected(List<Object> values) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        values.forEach(value -> counts.merge(Words.shortened(String.valueOf(value)), 1, Integer::sum));
        StringBuilder text = new StringBuilder();
        counts.entrySet().stream().limit(MOST_VALUES).forEach(entry -> text.append(text.isEmpty() ? "" : ", ")
                .append(entry.getKey())
                .append(entry.getValue() > 1 ? " (" + entry.getValue() + "×)" : ""));
        return text.append(counts.size() > MOST_VALUES ? ", …" : "").toString();
    }
}
