package io.github.camelaiflow.validation.report;

import io.github.camelaiflow.validation.ColumnProfile;
import io.github.camelaiflow.validation.ExpectationResult;
import io.github.camelaiflow.validation.NotEvaluated;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The columns: an overview of all, what fails, and a section each. */
final class Subjects {

    private static final int FIRST_FAILURES = 30;
    private static final int MOST_FAILURES = 200;
    private static final int MOST_OPEN = 25;
    private static final int MOST_ROWS = 100;

    /** Of a column's expectations so many met ones are shown without asking. */
    private static final int MOST_MET = 12;

    private record Failure(ExpectationResult result, Subject subject) {}

    private final Html html;
    private final List<Subject> subjects;
    private final ExpectationTable expectations;
    private final ProfileView profiles;
    private final Draw draw;

    Subjects(Html html, List<Subject> subjects, boolean showValues) {
        this.html = html;
        this.subjects = subjects;
        this.expectations = new ExpectationTable(html, showValues);
        this.profiles = new ProfileView(html, showValues);
        this.draw = new Draw(html);
    }

    void failures() {
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
        scrolled("What is not met", () -> {
            failures(caption, failures.subList(0, first));
            if (first < most) {
                html.tag(
                        "details",
                        () -> {
                            html.tag("summary", Words.count(most - first) + " more");
                            failures("The next " + Words.count(most - first), failures.subList(first, most));
                        },
                        "class",
                        "more");
            }
            if (most < failures.size()) {
                html.tag("p", "The others stand with their columns.", "class", "muted");
            }
        });
    }

    private void failures(String caption, List<Failure> failures) {
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
        scrolled(
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

    void overview() {
        if (subjects.isEmpty()) {
            return;
        }
        html.tag("h2", "Columns", "id", "columns");
        scrolled("Columns", () -> {
            table("All columns and what became of them", subjects.subList(0, Math.min(MOST_ROWS, subjects.size())));
            if (subjects.size() > MOST_ROWS) {
                List<Subject> rest = subjects.subList(MOST_ROWS, subjects.size());
                html.tag(
                        "details",
                        () -> {
                            html.tag("summary", Words.count(rest.size(), "more column", "more columns"));
                            table("The other columns", rest);
                        },
                        "class",
                        "more");
            }
        });
    }

    private void table(String caption, List<Subject> rows) {
        boolean profiled = rows.stream().anyMatch(subject -> subject.profile() != null);
        html.tag(
                "table",
                () -> {
                    html.tag("caption", caption);
                    if (profiled) {
                        html.heads(3, "Column", "Status", "Distribution", "Met", "Missing");
                    } else {
                        html.heads(2, "Column", "Status", "Met");
                    }
                    html.tag("tbody", () -> rows.forEach(subject -> html.tag("tr", () -> row(subject, profiled))));
                },
                "class",
                "overview");
    }

    private void row(Subject subject, boolean profiled) {
        ColumnProfile profile = subject.profile();
        int all = subject.results().size();
        html.tag("th", () -> subject.link(html), "scope", "row");
        html.tag("td", () -> status(subject));
        if (profiled) {
            html.tag("td", () -> {
                if (profile != null && profile.numbers() != null) {
                    draw.spark(profile.numbers().histogram());
                }
            });
        }
        html.tag("td", Words.count(all - subject.failed()) + " of " + Words.count(all), "class", "number");
        if (profiled) {
            String missing = profile == null ? "" : Words.percent(profile.missing(), profile.records());
            html.tag("td", missing, "class", "number");
        }
    }

    private void status(Subject subject) {
        if (subject.results().isEmpty()) {
            html.tag("span", "Nothing expected", "class", "badge none");
        } else {
            subject.worst().write(html);
        }
    }

    void sections() {
        if (subjects.isEmpty()) {
            return;
        }
        html.tag("h2", "Column by column");
        boolean few = subjects.size() <= MOST_OPEN;
        for (int i = 0; i < subjects.size(); i++) {
            Subject subject = subjects.get(i);
            boolean open = few || (i < MOST_OPEN && subject.failed() > 0);
            html.tag(
                    "section",
                    () -> {
                        String[] attributes = open ? new String[] {"open", "open"} : new String[0];
                        html.tag("details", () -> section(subject), attributes);
                    },
                    "id",
                    subject.id(),
                    "class",
                    "column card");
        }
    }

    private void section(Subject subject) {
        html.tag("summary", () -> {
            html.tag("h3", subject.title(), "class", "name");
            status(subject);
        });
        html.tag(
                "div",
                () -> {
                    if (subject.profile() != null) {
                        profiles.write(subject);
                    }
                    int failed = (int) subject.failed();
                    List<ExpectationResult> results = subject.results();
                    int shown = results.size() - failed <= MOST_MET ? results.size() : failed;
                    if (shown > 0) {
                        expectations.write("What is expected", results.subList(0, shown), null);
                    }
                    if (shown < results.size()) {
                        html.tag(
                                "details",
                                () -> {
                                    html.tag("summary", Words.count(results.size() - shown, "is met", "are met"));
                                    expectations.write("What is met", results.subList(shown, results.size()), null);
                                },
                                "class",
                                "more");
                    }
                },
                "class",
                "inside");
    }

    /** A card that can be scrolled sideways, by keyboard too. */
    private void scrolled(String name, Runnable content) {
        html.tag("div", content, "class", "card scroll", "tabindex", "0", "role", "region", "aria-label", name);
    }
}
