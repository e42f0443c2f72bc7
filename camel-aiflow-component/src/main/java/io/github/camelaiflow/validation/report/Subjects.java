package io.github.camelaiflow.validation.report;

import io.github.camelaiflow.page.Html;
import io.github.camelaiflow.page.Words;
import io.github.camelaiflow.validation.ColumnProfile;
import io.github.camelaiflow.validation.ExpectationResult;
import java.util.List;

/** The columns: an overview of all, and a section each. */
final class Subjects {

    private static final int MOST_OPEN = 25;
    private static final int MOST_ROWS = 100;

    /** Of a column's expectations so many met ones are shown without asking. */
    private static final int MOST_MET = 12;

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

    void overview() {
        if (subjects.isEmpty()) {
            return;
        }
        html.tag("h2", "Columns", "id", "columns");
        html.scrolled("Columns", () -> {
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
}
