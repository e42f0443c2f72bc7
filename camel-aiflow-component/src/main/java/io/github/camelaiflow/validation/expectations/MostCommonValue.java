package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether the most common value of a column is in a set; with a tie there is no such value unless ties are okay, then one of
 * them must be. In bounded memory the verdict is exact while all values can be counted, after that as far as the uncounted ones
 * cannot change it.
 */
record MostCommonValue(Set<Object> expected, boolean tiesOkay, String requirement) implements BatchCheck {

    static BatchCheck read(Arguments arguments) {
        Set<Object> expected = DistinctValues.keys(arguments);
        String set = DistinctValues.named(arguments);
        return new MostCommonValue(
                expected, arguments.flag("ties_okay"), "must have its most common value among those " + set);
    }

    @Override
    public BatchState newState(Memory memory) {
        return new Accumulating<>(new ValueCounts(memory, expected), (counts, counted) -> judge(counts));
    }

    private Finding judge(ValueCounts counts) throws Unjudgeable {
        List<ValueCounts.Count> all = counts.sorted();
        long most = all.stream().mapToLong(ValueCounts.Count::times).max().orElse(0);
        List<Object> modes = new ArrayList<>();
        int inSet = 0;
        for (ValueCounts.Count count : all) {
            if (count.times() == most) {
                modes.add(count.value());
                inSet += expected.contains(ValueCounts.key(count.value())) ? 1 : 0;
            }
        }
        boolean success = tiesOkay ? inSet > 0 : modes.size() == 1 && inSet == 1;
        int ties = modes.size();
        Finding finding = ties <= DistinctValues.SHOWN
                ? Finding.observed(success, modes)
                : Finding.observed(
                        success,
                        List.copyOf(modes.subList(0, DistinctValues.SHOWN)),
                        Map.of("observed_value_cut", DistinctValues.SHOWN + " of " + ties + " values"));
        if (counts.complete()) {
            return finding;
        }
        long second = all.stream()
                .mapToLong(ValueCounts.Count::times)
                .filter(times -> times < most)
                .max()
                .orElse(0);
        boolean decided = ties == 1 && most > second + counts.uncounted();
        return finding.within(
                new Approximation("most_common_value_count", most, most + counts.uncounted(), 1, decided));
    }
}
