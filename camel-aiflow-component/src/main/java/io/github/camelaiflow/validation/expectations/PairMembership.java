package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a pair of values is one of a set of pairs, by Python's equality; a missing value is {@code null} there.
 *
 * @param pairs the set; {@code null} for every pair, as in GX
 */
record PairMembership(Set<List<Object>> pairs, String requirement) implements ValueCheck {

    private static final int SHOWN = 10;

    static ValueCheck read(Arguments arguments) {
        if (arguments.has("value_pairs_set") && arguments.value("value_pairs_set") == null) {
            return new PairMembership(null, "may be any pair");
        }
        List<Object> given = arguments.list("value_pairs_set");
        Set<List<Object>> pairs = new HashSet<>();
        for (Object entry : given) {
            List<Object> pair = pair(entry);
            if (pair == null) {
                arguments.problem("value_pairs_set must hold pairs, as [[1, \"a\"], [2, \"b\"]]");
                break;
            }
            pairs.add(pair);
        }
        String shown = given.size() <= SHOWN ? given.toString() : "the " + given.size() + " pairs of its set";
        return new PairMembership(pairs, "must be one of " + shown);
    }

    private static List<Object> pair(Object entry) {
        try {
            return entry instanceof List<?> list && list.size() == 2 ? Keys.ofAll(list) : null;
        } catch (Unjudgeable e) {
            return null;
        }
    }

    @Override
    public boolean meets(Object value) throws Unjudgeable {
        return pairs == null || pairs.contains(Keys.ofAll((List<?>) value));
    }
}
