package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the different values of a column relate to a set. The verdict is exact in bounded memory too; the list of values
 * that came is cut to {@value #SHOWN}, or to what fits the memory.
 *
 * @param expected keys of the set; {@code null} for a set that was not given, which holds every value
 */
record DistinctValues(Relation relation, Set<Object> expected, String requirement) implements BatchCheck {

    /** How many values a finding tells at most. */
    static final int SHOWN = 1000;

    private static final int NAMED = 10;

    enum Relation {
        /** No value came that is not in the set. */
        IN("must have no values but"),
        /** Every value of the set came. */
        CONTAIN("must have each of the values"),
        /** Both. */
        EQUAL("must have exactly the values");

        private final String words;

        Relation(String words) {
            this.words = words;
        }
    }

    static BatchCheck read(Arguments arguments, Relation relation) {
        if (relation == Relation.IN
                && (arguments.value("value_set") == null || List.of().equals(arguments.value("value_set")))) {
            LegacyDates.refuse(arguments);
            return new DistinctValues(relation, null, "may have any values");
        }
        Set<Object> expected = keys(arguments);
        LegacyDates.refuse(arguments);
        return new DistinctValues(relation, expected, relation.words + " " + named(arguments));
    }

    /** The keys of {@code value_set}. */
    static Set<Object> keys(Arguments arguments) {
        Set<Object> keys = new HashSet<>();
        for (Object value : arguments.list("value_set")) {
            try {
                if (!Values.missing(value)) {
                    keys.add(Keys.of(value));
                }
            } catch (Unjudgeable e) {
                arguments.problem("value_set must hold plain values");
            }
        }
        return keys;
    }

    /** The set for a requirement, if it is short. */
    static String named(Arguments arguments) {
        return arguments.value("value_set") instanceof List<?> set && set.size() <= NAMED
                ? set.toString()
                : "of its set";
    }

    @Override
    public BatchState newState(Memory memory) {
        Set<Object> always = expected == null ? Set.of() : expected;
        return new Accumulating<>(new ValueCounts(memory, always), (counts, counted) -> judge(counts));
    }

    private Finding judge(ValueCounts counts) {
        boolean success = expected == null
                || switch (relation) {
                    case IN -> counts.allExpected();
                    case CONTAIN -> counts.everyExpected();
                    case EQUAL -> counts.allExpected() && counts.everyExpected();
                };
        List<ValueCounts.Count> shown = counts.first(SHOWN, count -> true);
        Map<String, Object> details = new LinkedHashMap<>();
        if (counts.distinct() > shown.size() || !counts.complete()) {
            String all = (counts.complete() ? "" : "more than ") + counts.distinct();
            details.put("value_counts_cut", shown.size() + " of " + all + " different values");
        }
        details.put("value_counts", shown.stream().map(DistinctValues::entry).toList());
        List<Object> observed = new ArrayList<>();
        shown.forEach(count -> observed.add(count.value()));
        return Finding.observed(success, observed, details);
    }

    private static Map<String, Object> entry(ValueCounts.Count count) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("value", count.value());
        entry.put("count", count.times());
        return entry;
    }
}
