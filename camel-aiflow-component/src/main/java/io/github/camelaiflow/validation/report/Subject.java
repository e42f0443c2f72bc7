package io.github.camelaiflow.validation.report;

import io.github.camelaiflow.page.Html;
import io.github.camelaiflow.page.Words;
import io.github.camelaiflow.validation.ColumnProfile;
import io.github.camelaiflow.validation.ExpectationResult;
import io.github.camelaiflow.validation.ValidationResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A column, or several together, or the table, and what is told of it.
 *
 * @param id what links on the page name it by
 * @param name the column, or the columns with commas; empty for the table
 * @param results what became of its expectations, the worst first
 * @param profile what its values look like; {@code null} if that is not known
 */
record Subject(String id, String name, List<ExpectationResult> results, ColumnProfile profile) {

    /** All there are: those with the worst results first, then in the order of the result. */
    static List<Subject> of(ValidationResult result) {
        Map<String, List<ExpectationResult>> results = new LinkedHashMap<>();
        Map<String, ColumnProfile> profiles = new LinkedHashMap<>();
        for (ColumnProfile profile : result.profiles()) {
            results.put(profile.column(), new ArrayList<>());
            profiles.put(profile.column(), profile);
        }
        for (ExpectationResult one : result.results()) {
            results.computeIfAbsent(one.expectation().column(), any -> new ArrayList<>())
                    .add(one);
        }
        List<Subject> subjects = new ArrayList<>();
        results.forEach((name, own) -> {
            own.sort(Comparator.comparing(Status::of));
            subjects.add(new Subject("c" + (subjects.size() + 1), name, own, profiles.get(name)));
        });
        subjects.sort(Comparator.comparing(Subject::worst));
        return subjects;
    }

    Status worst() {
        return results.isEmpty() ? Status.MET : Status.of(results.get(0));
    }

    long failed() {
        return results.stream().filter(result -> !result.success()).count();
    }

    /** How people call it. */
    String title() {
        return name.isEmpty() ? "All columns together" : Words.shortened(name);
    }

    /** Writes a link to its section. */
    void link(Html html) {
        html.tag("a", title(), "href", "#" + id, "class", "name");
    }
}
