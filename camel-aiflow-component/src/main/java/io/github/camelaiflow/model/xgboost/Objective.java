package io.github.camelaiflow.model.xgboost;

import java.util.Map;
import java.util.Set;

/**
 * How margins become answers. The formulas are those of XGBoost 2.1's {@code src/objective}: {@code ProbToMargin} for the
 * base score, {@code PredTransform} for the answer.
 */
enum Objective {
    /** The probability of the second of two classes. */
    LOGISTIC,
    /** The same, with a base score that is a margin already. */
    RAW_LOGISTIC,
    /** One of two classes, without a probability. */
    HINGE,
    /** A probability per class. */
    SOFTMAX,
    /** A value, as it is. */
    VALUE,
    /** A value between 0 and 1, of a logistic margin. */
    FRACTION,
    /** A positive value, of its logarithm. */
    EXPONENTIAL;

    private static final Map<String, Objective> NAMES = Map.ofEntries(
            Map.entry("binary:logistic", LOGISTIC),
            Map.entry("binary:logitraw", RAW_LOGISTIC),
            Map.entry("binary:hinge", HINGE),
            Map.entry("multi:softprob", SOFTMAX),
            Map.entry("multi:softmax", SOFTMAX),
            Map.entry("reg:squarederror", VALUE),
            Map.entry("reg:linear", VALUE),
            Map.entry("reg:squaredlogerror", VALUE),
            Map.entry("reg:pseudohubererror", VALUE),
            Map.entry("reg:absoluteerror", VALUE),
            Map.entry("reg:quantileerror", VALUE),
            Map.entry("rank:pairwise", VALUE),
            Map.entry("rank:ndcg", VALUE),
            Map.entry("rank:map", VALUE),
            Map.entry("reg:logistic", FRACTION),
            Map.entry("reg:gamma", EXPONENTIAL),
            Map.entry("reg:tweedie", EXPONENTIAL),
            Map.entry("count:poisson", EXPONENTIAL));

    /** @throws DamagedException if it is none that is answered */
    static Objective of(String name) {
        Objective objective = NAMES.get(name);
        if (objective == null) {
            throw new DamagedException(
                    "the objective must be binary:logistic, binary:logitraw, binary:hinge, multi:softprob, multi:softmax,"
                            + " reg:*, rank:* or count:poisson");
        }
        return objective;
    }

    /** Whether it answers with labels. */
    boolean labels() {
        return Set.of(LOGISTIC, RAW_LOGISTIC, HINGE, SOFTMAX).contains(this);
    }

    /** The margin each row starts with; NaN or infinite if the base score can't be one of this objective. */
    float margin(float baseScore) {
        return switch (this) {
            case LOGISTIC, FRACTION -> (float) -Math.log(1f / baseScore - 1f);
            case EXPONENTIAL -> (float) Math.log(baseScore);
            default -> baseScore;
        };
    }

    /** The answer of one group; of SOFTMAX its margin. */
    double answer(float margin) {
        return switch (this) {
            case LOGISTIC, RAW_LOGISTIC, FRACTION -> 1 / (1 + Math.exp(-margin));
            case HINGE -> margin > 0 ? 1 : 0;
            case EXPONENTIAL -> Math.exp(margin);
            default -> margin;
        };
    }

    /** Probabilities that add up to 1. */
    static double[] softmax(float[] margins) {
        double largest = Double.NEGATIVE_INFINITY;
        for (float margin : margins) {
            largest = Math.max(largest, margin);
        }
        double[] probabilities = new double[margins.length];
        double sum = 0;
        for (int i = 0; i < margins.length; i++) {
            probabilities[i] = Math.exp(margins[i] - largest);
            sum += probabilities[i];
        }
        for (int i = 0; i < margins.length; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }
}
