package io.github.camelaiflow.validation.report;

import io.github.camelaiflow.validation.ColumnProfile;
import io.github.camelaiflow.validation.ColumnProfile.Category;
import io.github.camelaiflow.validation.ColumnProfile.Distinct;
import io.github.camelaiflow.validation.ColumnProfile.Kind;
import io.github.camelaiflow.validation.ColumnProfile.Numbers;
import io.github.camelaiflow.validation.ColumnProfile.Quantile;
import io.github.camelaiflow.validation.ExpectationResult;
import io.github.camelaiflow.validation.Histogram;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a column's values look like. Without leave to show values it tells numbers by a histogram with rounded edges only, and
 * of all other values those only that suite or schema name.
 */
final class ProfileView {

    private static final double HARDLY = 0.9;

    private final Html html;
    private final Draw draw;
    private final boolean showValues;

    ProfileView(Html html, boolean showValues) {
        this.html = html;
        this.draw = new Draw(html);
        this.showValues = showValues;
    }

    void write(Subject subject) {
        ColumnProfile profile = subject.profile();
        html.tag(
                "div",
                () -> {
                    html.tag("dl", () -> facts(profile), "class", "facts");
                    html.tag("div", () -> {
                        if (profile.numbers() != null) {
                            distribution(profile);
                        }
                        if (hardlyRepeats(profile)) {
                            html.tag("p", "Nearly all values are different.", "class", "muted");
                        } else if (!profile.categories().isEmpty()) {
                            categories(profile, named(subject.results()));
                        }
                    });
                },
                "class",
                "profile");
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

    private void facts(ColumnProfile profile) {
        fact(
                "Values",
                switch (profile.kind()) {
                    case NUMBER ->
                        profile.numbers() != null && profile.numbers().whole() ? "whole numbers" : "numbers";
                    case TEXT -> "texts";
                    case BOOLEAN -> "true or false";
                    case TIME -> "dates or times";
                    case NESTED -> "lists, objects or bytes";
                    case MIXED -> "of several kinds";
                    case EMPTY -> "none";
                });
        fact("Present", Words.count(profile.present()) + " of " + Words.count(profile.records()));
        fact("Missing", Words.count(profile.missing()) + ", " + Words.percent(profile.missing(), profile.records()));
        if (profile.distinct() != null && profile.kind() != Kind.NESTED && profile.kind() != Kind.EMPTY) {
            fact("Different", distinct(profile.distinct()));
        }
        if (profile.numbers() != null && profile.numbers().infinite() > 0) {
            fact("Infinite", Words.count(profile.numbers().infinite()));
        }
        if (showValues) {
            values(profile);
        }
    }

    private void values(ColumnProfile profile) {
        Numbers numbers = profile.numbers();
        if (numbers != null) {
            fact("Smallest", Words.exact(numbers.min()));
            for (Quantile quantile : numbers.quantiles()) {
                String name = quantile.share() == 0.5 ? "Median" : "Quantile " + Words.percent(quantile.share(), 1);
                fact(name, Words.exact(quantile.value()));
            }
            fact("Largest", Words.exact(numbers.max()));
            fact("Mean", Words.rounded(numbers.mean()));
            if (numbers.standardDeviation() != null) {
                fact("Deviation", Words.rounded(numbers.standardDeviation()));
            }
        }
        if (profile.lengths() != null) {
            fact(
                    "Lengths",
                    Words.count(profile.lengths().min()) + " to "
                            + Words.count(profile.lengths().max()) + ", mean "
                            + Words.rounded(profile.lengths().mean()));
        }
    }

    private void fact(String name, String value) {
        html.tag("dt", name);
        html.tag("dd", value);
    }

    private static String distinct(Distinct distinct) {
        if (distinct.lower() == distinct.upper()) {
            return Words.count(distinct.estimate());
        }
        return "about " + Words.count(distinct.estimate()) + " (" + Words.count(distinct.lower()) + " to "
                + Words.count(distinct.upper()) + ", " + Words.percent(distinct.confidence(), 1) + " sure)";
    }

    private void distribution(ColumnProfile profile) {
        Numbers numbers = profile.numbers();
        Histogram histogram = numbers.histogram();
        String label = "Distribution of " + Words.count(numbers.count(), "number", "numbers") + " from "
                + Words.exact(histogram.edges().get(0)) + " to "
                + Words.exact(histogram.edges().get(histogram.edges().size() - 1));
        html.tag("figure", () -> {
            draw.histogram(numbers, label);
            html.tag("figcaption", () -> {
                html.text(label);
                if (histogram.below() > 0 || histogram.above() > 0) {
                    html.text("; apart, in a lighter colour, the few beyond");
                }
                html.text(". ");
                if (numbers.rankError() > 0) {
                    double bin = Math.max(1, 2 * numbers.rankError() * numbers.count());
                    html.text("A bar may be off by " + Words.count((long) Math.ceil(bin)) + ". ");
                }
            });
        });
        html.tag(
                "details",
                () -> {
                    html.tag("summary", "The chart in numbers", "class", "muted");
                    html.tag("table", () -> bins(numbers));
                },
                "class",
                "more");
    }

    private void bins(Numbers numbers) {
        Histogram histogram = numbers.histogram();
        html.tag("caption", "How many numbers lie where");
        html.tag("tbody", () -> {
            if (histogram.below() > 0) {
                bin("below " + Words.exact(histogram.edges().get(0)), histogram.below(), numbers.count());
            }
            for (int i = 0; i < histogram.counts().size(); i++) {
                bin(Words.bin(histogram, i, numbers.whole()), histogram.counts().get(i), numbers.count());
            }
            if (histogram.above() > 0) {
                double last = histogram.edges().get(histogram.edges().size() - 1);
                bin(Words.exact(last) + " or more", histogram.above(), numbers.count());
            }
        });
    }

    private void bin(String name, long count, long all) {
        html.tag("tr", () -> {
            html.tag("th", name, "scope", "row");
            html.tag("td", Words.count(count), "class", "number");
            html.tag("td", Words.percent(count, all), "class", "number");
        });
    }

    private void categories(ColumnProfile profile, Set<String> named) {
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
