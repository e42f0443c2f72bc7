package io.github.camelaiflow.rollout.evidence;

import java.util.Objects;

/**
 * What the arms are compared by, and how much worse the version on trial may be. Worse than by the margin leads to a rollback
 * once established; a promotion needs worse-by-the-margin excluded.
 *
 * @param kind what is compared
 * @param margin of ERRORS, INVALID, AGREEMENT and QUALITY a difference of rates or mean losses (0 to 1); of SCORES a difference
 *     of distribution functions (0 to 1); of LATENCY a part of the baseline's latency (0.25: a quarter longer)
 * @param quantile which quantile LATENCY compares, between 0 and 1; without meaning for the others
 * @param required whether a promotion waits until there is data to exclude worse-by-the-margin on. One that isn't required must
 *     be excluded too once it has data, but doesn't block while it has none: no shadows, no labels, no scores
 */
public record Guardrail(Kind kind, double margin, double quantile, boolean required) {

    private static final double USUAL_QUANTILE = 0.95;

    /** @throws IllegalArgumentException if the margin or the quantile is out of range */
    public Guardrail {
        Objects.requireNonNull(kind, "kind");
        if (!(margin >= 0) || Double.isInfinite(margin)) {
            throw new IllegalArgumentException("the margin of " + kind.word() + " must be finite and not negative");
        }
        if (kind != Kind.LATENCY && margin > 1) {
            throw new IllegalArgumentException("the margin of " + kind.word() + " must be at most 1");
        }
        if (!(quantile > 0 && quantile < 1)) {
            throw new IllegalArgumentException("the quantile of " + kind.word() + " must be above 0 and below 1");
        }
    }

    /** A guardrail that someone asked for: required. */
    public Guardrail(Kind kind, double margin, double quantile) {
        this(kind, margin, quantile, true);
    }

    /** The guardrail with its default margin and quantile; required if its data come with every answer (ERRORS, INVALID). */
    public static Guardrail of(Kind kind) {
        return new Guardrail(kind, kind.usualMargin, USUAL_QUANTILE, kind == Kind.ERRORS || kind == Kind.INVALID);
    }

    /** Whether the same is compared: what was gathered for one serves the other. */
    boolean sameAs(Guardrail other) {
        return kind == other.kind && margin == other.margin && (kind != Kind.LATENCY || quantile == other.quantile);
    }

    /** What arms can be compared by. */
    public enum Kind {
        /** Calls that failed. */
        ERRORS("errors", 0.005),
        /** How long an answer took: a quantile. */
        LATENCY("latency", 0.25),
        /** Records the model had no usable answer for. */
        INVALID("invalid", 0.005),
        /** The distribution of scores, and the shares of labels. */
        SCORES("scores", 0.1),
        /** Records, asked of both arms, that the version on trial answered otherwise. */
        AGREEMENT("agreement", 0.1),
        /** The loss, once labels or estimates are there. */
        QUALITY("quality", 0.02);

        private final String word;
        private final double usualMargin;

        Kind(String word, double usualMargin) {
            this.word = word;
            this.usualMargin = usualMargin;
        }

        /** As definitions, meters and documents write it. */
        public String word() {
            return word;
        }
    }
}
