package io.github.camelaiflow.validation;

/**
 * How many expectations held: GX's statistics block. Severity plays no part in it.
 *
 * @param evaluated all expectations
 * @param successful those met
 * @param successPercent 0 to 100; {@code null} if there were none
 */
public record Statistics(int evaluated, int successful, Double successPercent) {

    /** Those not met. */
    public int unsuccessful() {
        return evaluated - successful;
    }

    static Statistics of(int evaluated, int successful) {
        return new Statistics(evaluated, successful, evaluated == 0 ? null : 100.0 * successful / evaluated);
    }
}
