package io.github.camelaiflow.validation.suggest;

/**
 * What a suggested suite promises, and how much of the sample is kept. Immutable.
 *
 * @param alpha the chance, above 0 and below 1, that a later batch of the same distribution fails the suite as a whole;
 *     shared by all its expectations
 * @param batchSize records of such a batch; 0 for as many as the sample had, at most {@code maxRows}
 * @param maxRows rows kept of a larger sample, chosen uniformly
 * @param maxCategories a column with more different values is no category
 * @param seed decides which rows are kept, and which of them explored
 */
public record SuggestSettings(double alpha, int batchSize, int maxRows, int maxCategories, long seed) {

    /** alpha 0.05, a batch as large as the sample, 100,000 rows, 100 categories, seed 1. */
    public static final SuggestSettings DEFAULT = new SuggestSettings(0.05, 0, 100_000, 100, 1);

    private static final int ROWS_LIMIT = 1_000_000;

    /** @throws IllegalArgumentException naming the setting that is out of its range */
    public SuggestSettings {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha must be above 0 and below 1, was " + alpha);
        }
        if (batchSize < 0 || batchSize > ROWS_LIMIT) {
            throw new IllegalArgumentException(
                    "the batch size must be from 1 to " + ROWS_LIMIT + ", or 0 for the sample's, was " + batchSize);
        }
        if (maxRows < 1 || maxRows > ROWS_LIMIT) {
            throw new IllegalArgumentException("rows kept must be from 1 to " + ROWS_LIMIT + ", was " + maxRows);
        }
        if (maxCategories < 1) {
            throw new IllegalArgumentException("categories must be at least 1, was " + maxCategories);
        }
    }

    public SuggestSettings withAlpha(double chance) {
        return new SuggestSettings(chance, batchSize, maxRows, maxCategories, seed);
    }

    public SuggestSettings withBatchSize(int records) {
        return new SuggestSettings(alpha, records, maxRows, maxCategories, seed);
    }

    public SuggestSettings withMaxRows(int rows) {
        return new SuggestSettings(alpha, batchSize, rows, maxCategories, seed);
    }

    public SuggestSettings withSeed(long number) {
        return new SuggestSettings(alpha, batchSize, maxRows, maxCategories, number);
    }
}
