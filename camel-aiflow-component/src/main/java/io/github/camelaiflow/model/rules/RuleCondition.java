package io.github.camelaiflow.model.rules;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * One condition on one field.
 *
 * @param field the field it reads
 * @param test how the value is compared
 * @param operands what it is compared with: one, for {@code in} several of one kind; Number, String or Boolean
 */
record RuleCondition(String field, Test test, List<Object> operands) {

    RuleCondition {
        operands = List.copyOf(operands);
    }

    /** The ways to compare. */
    enum Test {
        MISSING("missing"),
        ABOVE("above"),
        BELOW("below"),
        AT_LEAST("atLeast"),
        AT_MOST("atMost"),
        EQUALS("equals"),
        IN("in");

        private final String word;

        Test(String word) {
            this.word = word;
        }

        /** The word definitions use. */
        @Override
        public String toString() {
            return word;
        }

        /** The test of that word, {@code null} if there is none. */
        static Test of(String word) {
            for (Test test : values()) {
                if (test.word.equals(word)) {
                    return test;
                }
            }
            return null;
        }

        boolean comparesNumbers() {
            return this == ABOVE || this == BELOW || this == AT_LEAST || this == AT_MOST;
        }
    }

    /** What comes of trying a condition on a value. */
    enum Result {
        HOLDS,
        FAILS,
        /** There is no value, and the condition needs one. */
        MISSING,
        /** The value is of another type than the condition's. */
        WRONG
    }

    Result test(Object value) {
        boolean missing = value == null || value instanceof Number n && Double.isNaN(n.doubleValue());
        if (test == Test.MISSING) {
            return result(operands.get(0).equals(missing));
        }
        if (missing) {
            return Result.MISSING;
        }
        if (!kind(value).equals(kind(operands.get(0)))) {
            return Result.WRONG;
        }
        if (test.comparesNumbers()) {
            return result(compares(compare((Number) value, (Number) operands.get(0))));
        }
        for (Object operand : operands) {
            if (same(value, operand)) {
                return Result.HOLDS;
            }
        }
        return Result.FAILS;
    }

    private static Result result(boolean holds) {
        return holds ? Result.HOLDS : Result.FAILS;
    }

    private boolean compares(int order) {
        return switch (test) {
            case ABOVE -> order > 0;
            case BELOW -> order < 0;
            case AT_LEAST -> order >= 0;
            default -> order <= 0;
        };
    }

    private static boolean same(Object value, Object operand) {
        return value instanceof Number number ? compare(number, (Number) operand) == 0 : value.equals(operand);
    }

    /** Exact, so that no two longs or decimals are equal that differ. */
    private static int compare(Number left, Number right) {
        double difference = left.doubleValue() - right.doubleValue();
        if (Math.abs(difference) > 1) {
            return (int) Math.signum(difference);
        }
        return new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString()));
    }

    /** Kind of a value as messages name it. */
    static String kind(Object value) {
        if (value instanceof Number number) {
            return Double.isInfinite(number.doubleValue()) ? "an infinite number" : "a finite number";
        }
        if (value instanceof Boolean) {
            return "true or false";
        }
        return value instanceof String
                ? "text"
                : "another type (" + value.getClass().getSimpleName().toLowerCase(Locale.ROOT) + ")";
    }

    /** What values can be tried, for messages. */
    String expected() {
        return kind(operands.get(0));
    }
}
