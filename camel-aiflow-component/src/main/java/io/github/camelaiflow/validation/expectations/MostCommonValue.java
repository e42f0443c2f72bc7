package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.statistics.FrequentValues.Frequency;
import io.github.camelaiflow.validation.python.Unjudgeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether the most common value of a column is in a set. With a tie there is no such value, unless ties are okay: then one of
 * them must be in the set.
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
        return new Accumulating<>(new Frequencies(memory), (frequencies, counted) -> judge(frequencies));
    }

    private Finding judge(Frequencies frequencies) throws Unjudgeable {
        List<Frequency<Object>> modes = frequencies.modes();
        List<Object> values = new ArrayList<>();
        int inSet = 0;
        for (Frequency<Object> mode : modes) {
            values.add(mode.value());
            inSet += Frequencies.among(expected, mode.value()) ? 1 : 0;
        }
        boolean success = tiesOkay ? inSet > 0 : values.size() == 1 && inSet == 1;
        Finding finding = finding(success, values);
        if (frequencies.exact()) {
            return finding;
        }
        Frequency<Object> mode = modes.get(0);
        boolean decided = modes.size() == 1 && mode.lower() > frequencies.mostOfOthers(mode);
        return finding.within(new Approximation("most_common_value_count", mode.lower(), mode.upper(), 1, decided));
    }

    private static Finding finding(boolean success, List<Object> values) {
        int shown = DistinctValues.SHOWN;
        return values.size() <= shown
                ? Finding.observed(success, values)
                : Finding.observed(
                        success,
                        List.copyOf(values.subList(0, shown)),
                        Map.of("observed_value_cut", shown + " of " + values.size() + " values"));
    }
}
