package io.github.camelaiflow.validation.expectations;

/**
 * How exact an approximated quantity is.
 *
 * @param quantity what it bounds, such as {@code unique_value_count} or {@code quantile_rank}
 * @param lower the true quantity is at least that; for a rank error the lowest deviation, a share from -1 to 0
 * @param upper the true quantity is at most that; for a rank error the highest deviation, a share from 0 to 1
 * @param confidence how surely, from 0 to 1; 1 for a guarantee
 * @param decided whether the verdict would be the same anywhere within these bounds
 */
public record Approximation(String quantity, double lower, double upper, double confidence, boolean decided) {}
