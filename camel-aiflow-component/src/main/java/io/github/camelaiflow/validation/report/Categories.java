package io.github.camelaiflow.validation.report;

import io.github.camelaiflow.page.Html;
import io.github.camelaiflow.page.Words;
import io.github.camelaiflow.validation.ColumnProfile;
import io.github.camelaiflow.validation.ColumnProfile.Category;
import io.github.camelaiflow.validation.ColumnProfile.Kind;
import io.github.camelaiflow.validation.ExpectationResult;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How often values come that are no numbers. */
final class Categories {

    private static final double HARDLY = 0.9;

    private final Html html;
    private final Draw draw;
    private final boolean showValues;

    Categories(Html html, Draw draw, boolean showValues) {
        this.html = html;
        this.draw = draw;
        this.showValues = showValues;
    }

    void write(Subject subject) {
        ColumnProfile profile = subject.profile();
        if (hardlyRepeats(profile)) {
            html.tag("p", "Nearly all values are different.", "class", "muted");
        } else if (!profile.categories().isEmpty()) {
            table(profile, named(subject.results()));
        }
    }

    /** Whether the most frequent values tell nothing, as those of a key. */
    private static boolean hardlyRepeats(ColumnProfile profile) {
        return profile.distinct() != null
                && profile.other() > 0
                && profile.distinct().estimate() > HARDLY * profile.present();
    }

    /** The values that sets of the suite or the schema name, as categories have them. */
    private static Set<String> named(List<ExpectationResult> results) {
        Set<String> named = new HashSet<>();
        for (ExpectationResult result : results) {
            if (result.expectation().kwargs().get("value_set") instanceof Iterable<?> values) {
                values.forEach(value -> named.add(ColumnProfile.category(String.valueOf(value))));
            }
        }
        return named;
    }

    private void table(ColumnProfile profile, Set<String> named) {
        List<Category> shown = profile.categories().stream()
                .filter(category -> shown(profile, category, named))
                .toList();
        long told = profile.categories().stream().mapToLong(Category::atLeast).sum();
        long left = profile.other()
                + told
                - shown.stream().mapToLong(Category::atLeast).sum();
        long all = told + profile.other();
        long most =
                Math.max(left, shown.stream().mapToLong(Category::atLeast).max().orElse(0));
        String caption = shown.size() == profile.categories().size()
                ? "The most frequent values"
                : "Values that the suite or the schema names; others are not shown";
        html.tag(
                "table",
                () -> {
                    html.tag("caption", caption);
                    html.tag("tbody", () -> {
                        shown.forEach(one -> bar(one.value(), "bin", one.atLeast(), one.atMost(), all, most));
                        if (left > 0) {
                            bar("other (" + Words.count(left, "value", "values") + ")", "out", left, left, all, most);
                        }
                    });
                },
                "class",
                "bars");
    }

    private boolean shown(ColumnProfile profile, Category category, Set<String> named) {
        return showValues || profile.kind() == Kind.BOOLEAN || named.contains(category.value());
    }

    private void bar(String name, String look, long atLeast, long atMost, long all, long most) {
        html.tag("tr", () -> {
            html.tag(
                    "th",
                    () -> html.tag("span", name.isEmpty() ? "(empty text)" : name, "class", "name"),
                    "scope",
                    "row");
            html.tag("td", () -> draw.share(look, (double) atLeast / Math.max(1, most)), "class", "draw");
            html.tag(
                    "td",
                    atLeast == atMost ? Words.count(atLeast) : Words.count(atLeast) + " to " + Words.count(atMost),
                    "class",
                    "number");
            html.tag("td", Words.percent(atLeast, all), "class", "number");
        });
    }
}
