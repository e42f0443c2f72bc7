package io.github.camelaiflow.validation.report;

import io.github.camelaiflow.page.Html;
import io.github.camelaiflow.page.Words;
import io.github.camelaiflow.validation.ExpectationResult;
import io.github.camelaiflow.validation.NotEvaluated;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is not met of all columns, and what was not evaluated. */
final class Failures {

    private static final int FIRST_FAILURES = 30;
    private static final int MOST_FAILURES = 200;

    private record Failure(ExpectationResult result, Subject subject) {}

    private final Html html;
    private final ExpectationTable expectations;

    Failures(Html html, boolean showValues) {
        this.html = html;
        this.expectations = new ExpectationTable(html, showValues);
    }

    void write(List<Subject> subjects) {
        List<Failure> failures = new ArrayList<>();
        subjects.forEach(subject -> subject.results().stream()
                .filter(result -> !result.success())
                .forEach(result -> failures.add(new Failure(result, subject))));
        if (failures.isEmpty()) {
            return;
        }
        failures.sort(Comparator.comparing(failure -> Status.of(failure.result)));
        int first = Math.min(FIRST_FAILURES, failures.size());
        int most = Math.min(MOST_FAILURES, failures.size());
        String caption =
                Words.count(failures.size(), "expectation is", "expectations are") + " not met, the most severe first";
        html.tag("h2", "What is not met", "id", "failures");
        html.scrolled("What is not met", () -> {
            table(caption, failures.subList(0, first));
            if (first < most) {
                html.tag(
                        "details",
                        () -> {
                            html.tag("summary", Words.count(most - first) + " more");
                            table("The next " + Words.count(most - first), failures.subList(first, most));
                        },
                        "class",
                        "more");
            }
            if (most < failures.size()) {
                html.tag("p", "The others stand with their columns.", "class", "muted");
            }
        });
    }

    private void table(String caption, List<Failure> failures) {
        expectations.write(
                caption,
                failures.stream().map(Failure::result).toList(),
                failures.stream().map(Failure::subject).toList());
    }

    void notEvaluated(List<NotEvaluated> left) {
        if (left.isEmpty()) {
            return;
        }
        html.tag("h2", "What was not evaluated");
        html.scrolled(
                "What was not evaluated",
                () -> html.tag("table", () -> {
                    html.tag(
                            "caption",
                            Words.count(left.size(), "expectation", "expectations") + " of the suite left out");
                    html.heads(3, "Column", "Expectation", "Why");
                    html.tag("tbody", () -> left.stream()
                            .limit(MOST_FAILURES)
                            .forEach(one -> html.tag("tr", () -> {
                                html.tag(
                                        "th",
                                        () -> html.tag("span", Words.shortened(one.column()), "class", "name"),
                                        "scope",
                                        "row");
                                html.tag("td", () -> html.tag("code", Words.shortened(one.type())));
                                html.tag("td", Words.shortened(one.why()), "class", "name");
                            })));
                }));
    }
}
