package io.github.camelaiflow.drift.profile;

import io.github.camelaiflow.statistics.ExactMoments;
import io.github.camelaiflow.statistics.Interpolation;
import io.github.camelaiflow.statistics.QuantileSketch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Profiles as text for people. */
final class ProfileText {

    private static final int MOST_NAMES = 5;
    private static final double[] SHARES = {0.01, 0.25, 0.5, 0.75, 0.99};

    private ProfileText() {}

    static String describe(Profile profile) {
        StringBuilder text = new StringBuilder(head(profile)).append('\n');
        for (String name : profile.columns()) {
            text.append(name).append(": ").append(describe(profile, name)).append('\n');
        }
        profile.leftOut()
                .forEach((name, why) ->
                        text.append(name).append(": left out, ").append(why).append('\n'));
        profile.segments().forEach((value, part) -> text.append("\n")
                .append(profile.segmentField().orElseThrow())
                .append(" = ")
                .append(value)
                .append(": ")
                .append(describe(part)));
        return text.toString();
    }

    private static String head(Profile profile) {
        String sampled = profile.records() == profile.recordsRead() ? "" : " drawn from " + profile.recordsRead();
        String created = profile.created().map(time -> ", made " + time).orElse("");
        return profile.records() + " records" + sampled + created;
    }

    private static String describe(Profile profile, String name) {
        ColumnProfile column = profile.column(name);
        String kind = column.kind().name().toLowerCase(Locale.ROOT);
        return kind + ", " + presence(profile.presence(name)) + values(column);
    }

    private static String values(ColumnProfile column) {
        if (column.values() == 0) {
            return "";
        }
        return column instanceof NumberProfile numbers ? numbers(numbers) : categories((CategoryProfile) column);
    }

    private static String presence(Presence presence) {
        StringBuilder text = new StringBuilder(presence.values() + " values");
        part(text, presence.missing(), "missing");
        part(text, presence.wrongType(), "of a wrong type");
        part(text, presence.infinite(), "infinite");
        return text.toString();
    }

    private static void part(StringBuilder text, long count, String what) {
        if (count > 0) {
            text.append(", ").append(count).append(' ').append(what);
        }
    }

    private static String numbers(NumberProfile column) {
        ExactMoments moments = column.moments();
        double[] quantiles = column.quantiles().quantiles(Interpolation.NEAREST_RANK, SHARES);
        String error = column.rankError() == 0 ? "" : format(" (ranks to %.3g %%)", 100 * column.rankError());
        return format(
                ", mean %.6g, deviation %.4g, from %.6g to %.6g, quantiles 1 %% %.6g, 25 %% %.6g, 50 %% %.6g, 75 %% %.6g, 99 %% %.6g%s",
                moments.mean(),
                moments.standardDeviation(1),
                moments.min(),
                moments.max(),
                quantiles[0],
                quantiles[1],
                quantiles[2],
                quantiles[3],
                quantiles[4],
                error);
    }

    private static String categories(CategoryProfile column) {
        if (column.hashed()) {
            return ", about " + column.distinct() + " different, too many to be told apart";
        }
        List<String> frequent = column.categories().entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Long> category) -> -category.getValue()))
                .limit(MOST_NAMES)
                .map(category -> category.getKey() + percent(category.getValue(), column.values()))
                .toList();
        return ", " + column.distinct() + " different: " + String.join(", ", frequent)
                + (column.distinct() > MOST_NAMES ? ", …" : "");
    }

    static String diff(Profile one, Profile other) {
        StringBuilder text = new StringBuilder();
        if (!head(one).equals(head(other))) {
            text.append(head(one)).append(" → ").append(head(other)).append('\n');
        }
        Set<String> names = new LinkedHashSet<>(one.columns());
        names.addAll(other.columns());
        for (String name : names) {
            List<String> changes = changes(one, other, name);
            if (!changes.isEmpty()) {
                text.append(name)
                        .append(": ")
                        .append(String.join("; ", changes))
                        .append('\n');
            }
        }
        Set<String> segments = new LinkedHashSet<>(one.segments().keySet());
        segments.retainAll(other.segments().keySet());
        for (String segment : segments) {
            String part = diff(one.segments().get(segment), other.segments().get(segment));
            text.append(part.isEmpty() ? "" : "\nsegment " + segment + ": " + part);
        }
        return text.toString();
    }

    private static List<String> changes(Profile one, Profile other, String name) {
        ColumnProfile before = one.column(name);
        ColumnProfile after = other.column(name);
        if (before == null || after == null) {
            return List.of(before == null ? "new: " + describe(other, name) : "no longer there");
        }
        if (before.kind() != after.kind()) {
            return List.of("was " + describe(one, name) + "; is " + describe(other, name));
        }
        List<String> changes = new ArrayList<>();
        shares(changes, one, other, name);
        if (before.values() > 0 && after.values() > 0) {
            if (before instanceof NumberProfile numbers) {
                numbers(changes, numbers, (NumberProfile) after);
            } else {
                categories(changes, (CategoryProfile) before, (CategoryProfile) after);
            }
        }
        return changes;
    }

    private static void shares(List<String> changes, Profile one, Profile other, String name) {
        Map<String, Function<Presence, Long>> parts = new TreeMap<>(Map.of(
                "missing", Presence::missing, "wrong type", Presence::wrongType, "infinite", Presence::infinite));
        parts.forEach((what, part) -> change(
                changes,
                what,
                percent(part.apply(one.presence(name)), one.records()),
                percent(part.apply(other.presence(name)), other.records())));
    }

    private static void numbers(List<String> changes, NumberProfile before, NumberProfile after) {
        ExactMoments was = before.moments();
        ExactMoments is = after.moments();
        change(changes, "mean", format(" %.4g", was.mean()), format(" %.4g", is.mean()));
        change(
                changes,
                "deviation",
                format(" %.4g", was.standardDeviation(1)),
                format(" %.4g", is.standardDeviation(1)));
        change(changes, "from", format(" %.4g", was.min()), format(" %.4g", is.min()));
        change(changes, "to", format(" %.4g", was.max()), format(" %.4g", is.max()));
        QuantileSketch wasRanks = before.quantiles();
        QuantileSketch isRanks = after.quantiles();
        change(changes, "median", format(" %.4g", wasRanks.quantile(0.5)), format(" %.4g", isRanks.quantile(0.5)));
    }

    private static void categories(List<String> changes, CategoryProfile before, CategoryProfile after) {
        if (before.hashed() || after.hashed()) {
            change(changes, "different", " about " + before.distinct(), " about " + after.distinct());
            return;
        }
        Map<String, Long> was = before.categories();
        Map<String, Long> is = after.categories();
        Set<String> names = new LinkedHashSet<>(was.keySet());
        names.addAll(is.keySet());
        record Moved(String name, double from, double to) {}
        List<Moved> moved = names.stream()
                .map(name -> new Moved(
                        name,
                        was.getOrDefault(name, 0L) / (double) before.values(),
                        is.getOrDefault(name, 0L) / (double) after.values()))
                .filter(move -> move.from() != move.to())
                .sorted(Comparator.comparingDouble(move -> -Math.abs(move.to() - move.from())))
                .toList();
        moved.stream()
                .limit(MOST_NAMES)
                .forEach(move -> changes.add(format(
                        "%s%s %.1f %% → %.1f %%",
                        move.name(),
                        was.containsKey(move.name()) ? "" : " (new)",
                        100 * move.from(),
                        100 * move.to())));
        if (moved.size() > MOST_NAMES) {
            changes.add("and " + (moved.size() - MOST_NAMES) + " more categories");
        }
    }

    private static void change(List<String> changes, String what, String before, String after) {
        if (!before.equals(after)) {
            changes.add(what + before + " →" + after);
        }
    }

    private static String percent(long count, long all) {
        return format(" %.1f %%", all == 0 ? 0 : 100.0 * count / all);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
