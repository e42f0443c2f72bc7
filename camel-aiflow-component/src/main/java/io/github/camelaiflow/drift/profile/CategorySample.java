package io.github.camelaiflow.drift.profile;

import io.github.camelaiflow.statistics.Hash64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Categories with how often each occurred.
 *
 * @param categories by their texts, or by {@link #bucket} if there are too many to be told apart
 * @param counts of the whole sample
 * @param hashed whether they are by bucket; what is compared with them must be too, see {@link #like}
 */
public record CategorySample(Map<String, Integer> categories, ValueCounts counts, boolean hashed)
        implements FieldSample {

    /** How many buckets there are. */
    public static final int BUCKETS = 4096;

    private static final Hash64 HASH = new Hash64(0);

    /** Categories by their texts. */
    public CategorySample(Map<String, Integer> categories, ValueCounts counts) {
        this(categories, counts, false);
    }

    /** The number of the bucket a category falls into, from 0; the same on every machine. */
    public static int bucket(String category) {
        return (int) (HASH.of(category) & BUCKETS - 1);
    }

    /** What a bucket is called. */
    public static String name(int bucket) {
        return String.format(Locale.ROOT, "#%04d", bucket);
    }

    /** What a category is called here: by its text, or by its bucket. */
    public String named(String category) {
        return hashed ? name(bucket(category)) : category;
    }

    /** This, by bucket if the other one is. */
    public CategorySample like(CategorySample other) {
        if (hashed || !other.hashed) {
            return this;
        }
        Map<String, Integer> buckets = new TreeMap<>();
        categories.forEach((category, count) -> buckets.merge(other.named(category), count, Integer::sum));
        return new CategorySample(buckets, counts, true);
    }
}
