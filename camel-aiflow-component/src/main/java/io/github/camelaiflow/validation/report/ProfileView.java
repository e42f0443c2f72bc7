package io.github.camelaiflow.validation.report;

import io.github.camelaiflow.page.Html;
import io.github.camelaiflow.page.Words;
import io.github.camelaiflow.validation.ColumnProfile;
import io.github.camelaiflow.validation.ColumnProfile.Distinct;
import io.github.camelaiflow.validation.ColumnProfile.Kind;
import io.github.camelaiflow.validation.ColumnProfile.Numbers;
import io.github.camelaiflow.validation.ColumnProfile.Quantile;
import io.github.camelaiflow.validation.Histogram;

/**
 * What a column's values look like. Without leave to show values it tells numbers by a histogram with rounded edges only, and
 * of all other values those only that suite or schema name.
 */
final class ProfileView {

    private final Html html;
    private final Draw draw;
    private final Categories categories;
    private final boolean showValues;

    ProfileView(Html html, boolean showValues) {
        this.html = html;
        this.draw = new Draw(html);
        this.categories = new Categories(html, draw, showValues);
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
                        categories.write(subject);
                    });
                },
                "class",
                "profile");
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
                bin(
                        Phrases.bin(histogram, i, numbers.whole()),
                        histogram.counts().get(i),
                        numbers.count());
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
}
