package io.github.camelaiflow.drift.profile;

import io.github.camelaiflow.statistics.ExactMoments;
import io.github.camelaiflow.statistics.ExactSum;
import io.github.camelaiflow.statistics.QuantileSketch;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the columns of a stored profile. */
final class ColumnReader {

    private static final int MOST_LEVELS = 64;
    private static final Map<String, FieldKind> KINDS = new HashMap<>();

    static {
        for (FieldKind kind : FieldKind.values()) {
            KINDS.put(kind.name().toLowerCase(Locale.ROOT), kind);
        }
    }

    private final int capacity;
    private final long records;

    ColumnReader(int capacity, long records) {
        this.capacity = capacity;
        this.records = records;
    }

    ColumnProfile read(JsonPlace place) {
        place.require(place.has("kind"), "be an object with kind");
        FieldKind kind = KINDS.get(place.get("kind").text());
        place.get("kind").require(kind != null, "be number, category, boolean, length or shape");
        JsonPlace presence = place.has("presence") ? place.get("presence") : place.object("kind", "presence");
        presence.object("values", "missing", "wrongType", "infinite");
        long values = presence.get("values").count();
        long wrongType = presence.get("wrongType").count();
        long infinite = presence.get("infinite").count();
        long all = values + wrongType + infinite + presence.get("missing").count();
        presence.require(all == records, "add up to the records");
        ColumnProfile column = kind.numeric() ? numbers(place, kind) : categories(place, kind, values);
        presence.get("values").require(column.values() == values, "be as many as the column has");
        column.addOthers(wrongType, infinite);
        return column;
    }

    private ColumnProfile numbers(JsonPlace place, FieldKind kind) {
        place.object("kind", "presence", "about", "moments", "sketch");
        JsonPlace sketch = place.get("sketch").object("up", "down", "levels");
        JsonPlace kept = place.get("moments").object("min", "max", "sum", "squares");
        List<double[]> levels = sketch.get("levels").items(MOST_LEVELS).stream()
                .map(level -> level.numbers(capacity))
                .toList();
        long count = 0;
        for (int level = 0; level < levels.size(); level++) {
            long weight = levels.get(level).length * (1L << Math.min(level, 40));
            count = Math.min(JsonPlace.MOST, count + Math.min(JsonPlace.MOST, weight));
        }
        boolean any = count > 0;
        double min = any ? kept.get("min").number() : Double.POSITIVE_INFINITY;
        double max = any ? kept.get("max").number() : Double.NEGATIVE_INFINITY;
        QuantileSketch.State state = new QuantileSketch.State(
                capacity,
                count,
                min,
                max,
                sketch.get("up").count(),
                sketch.get("down").count(),
                levels);
        QuantileSketch quantiles = sketch.make(() -> QuantileSketch.of(state));
        ExactSum sum = sum(kept.get("sum"));
        ExactSum squares = sum(kept.get("squares"));
        ExactMoments moments = kept.make(() -> ExactMoments.of(state.count(), sum, squares, min, max));
        if (quantiles.exact()) {
            ExactMoments same = new ExactMoments();
            levels.forEach(level -> Arrays.stream(level).forEach(same::add));
            kept.require(same.equals(moments), "fit the values of the sketch");
        }
        return new NumberProfile(kind, quantiles, moments);
    }

    private static ExactSum sum(JsonPlace place) {
        String text = place.text();
        return place.make(() -> ExactSum.parse(text));
    }

    private static ColumnProfile categories(JsonPlace place, FieldKind kind, long values) {
        if (place.has("buckets")) {
            place.object("kind", "presence", "about", "buckets", "hashes");
            return hashed(place, kind, values);
        }
        place.object("kind", "presence", "about", "categories");
        CategoryProfile column = new CategoryProfile(kind);
        JsonPlace categories = place.get("categories");
        for (Map.Entry<String, JsonPlace> category : categories.members(CategoryProfile.MOST_CATEGORIES)) {
            // Its name is a value
            long count = category.getValue().at(categories.path() + "[…]").count();
            categories.require(count > 0, "have counts above 0");
            // Before a sum may be too large for a long.
            categories.require(count <= values - column.values(), "add up to the values");
            column.add(category.getKey(), count);
        }
        categories.require(!column.hashed(), "have at most " + CategoryProfile.MOST_CHARACTERS + " characters in all");
        return column;
    }

    private static ColumnProfile hashed(JsonPlace place, FieldKind kind, long values) {
        long[] buckets = place.get("buckets").counts(CategorySample.BUCKETS);
        long left = values;
        for (long bucket : buckets) {
            place.get("buckets").require(bucket <= left, "add up to the values");
            left -= bucket;
        }
        place.get("buckets").require(left == 0, "add up to the values");
        HashedCategories hashed = new HashedCategories(buckets);
        JsonPlace hashes = place.get("hashes");
        List<JsonPlace> items = hashes.items(HashedCategories.SMALLEST);
        items.forEach(hash -> hashed.addHash(ProfileReader.hash(hash)));
        hashes.require(hashed.smallest().size() == items.size() && !items.isEmpty(), "be different");
        return new CategoryProfile(kind, hashed, values);
    }
}
