package io.github.camelaiflow.drift.profile;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The categories of a column. Up to {@value #MOST_CATEGORIES} different ones (and {@value #MOST_CHARACTERS} characters of their
 * texts in all) each is counted exactly. Beyond, they are {@linkplain #hashed hashed}: their texts are let go, and the counts of
 * {@link CategorySample#BUCKETS} buckets, which stay exact, stand for theirs. Either is the same however the records are split and
 * merged. Immutable from outside, thread-safe.
 */
public final class CategoryProfile extends ColumnProfile {

    /** How many different categories are counted each. */
    public static final int MOST_CATEGORIES = 10_000;

    /** How many characters the texts of these have in all. */
    public static final int MOST_CHARACTERS = 300_000;

    private final Map<String, Long> counts = new HashMap<>();
    private long characters;
    private HashedCategories hashed;
    private long values;

    CategoryProfile(FieldKind kind) {
        super(kind);
    }

    /** Of categories that were kept as buckets. */
    CategoryProfile(FieldKind kind, HashedCategories hashed, long values) {
        super(kind);
        this.hashed = hashed;
        this.values = values;
    }

    @Override
    void add(Object value) {
        Object kept = FieldValue.kept(value);
        if (kept == null) {
            return;
        }
        boolean wrong = kept == FieldValue.UNREADABLE || kind() == FieldKind.BOOLEAN && !(kept instanceof Boolean);
        if (wrong) {
            addWrongType();
        } else if (FieldValue.isInfinite(kept)) {
            addInfinite();
        } else if (!FieldValue.isNaN(kept)) {
            add(FieldValue.category(kept), 1);
        }
    }

    void add(String category, long count) {
        values += count;
        if (hashed != null) {
            hashed.add(category, count);
            return;
        }
        if (counts.merge(category, count, Long::sum) == count) {
            characters += category.length();
            if (counts.size() > MOST_CATEGORIES || characters > MOST_CHARACTERS) {
                hash();
            }
        }
    }

    private void hash() {
        hashed = new HashedCategories();
        counts.forEach(hashed::add);
        counts.clear();
    }

    @Override
    CategoryProfile empty(int capacity) {
        return new CategoryProfile(kind());
    }

    @Override
    void mergeValues(ColumnProfile other) {
        CategoryProfile categories = (CategoryProfile) other;
        if (categories.hashed == null) {
            // A copy, since it may be this one.
            Map.copyOf(categories.counts).forEach(this::add);
            return;
        }
        if (hashed == null) {
            hash();
        }
        hashed.merge(categories.hashed);
        values += categories.values;
    }

    @Override
    public long values() {
        return values;
    }

    /** Whether there are too many to be told apart, so that only buckets are counted. */
    public boolean hashed() {
        return hashed != null;
    }

    /** How often each occurred, by text; empty if {@link #hashed}. */
    public SortedMap<String, Long> categories() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    /** How often a category of each bucket occurred; all 0 unless {@link #hashed}. */
    public long[] buckets() {
        return hashed == null ? new long[CategorySample.BUCKETS] : hashed.buckets();
    }

    /** How many different ones there are; an estimate, right to about 6 % (standard error), if {@link #hashed}. */
    public long distinct() {
        return hashed == null ? counts.size() : hashed.distinct();
    }

    HashedCategories hashes() {
        return hashed;
    }

    @Override
    CategorySample sample(Presence presence, double scale) {
        Map<String, Integer> sample = new HashMap<>();
        if (hashed == null) {
            counts.forEach((category, count) -> sample.put(category, Presence.scaled(count, scale)));
        } else {
            long[] buckets = hashed.buckets();
            for (int i = 0; i < buckets.length; i++) {
                if (buckets[i] > 0) {
                    sample.put(CategorySample.name(i), Presence.scaled(buckets[i], scale));
                }
            }
        }
        return new CategorySample(sample, presence.counts(scale), hashed != null);
    }
}
