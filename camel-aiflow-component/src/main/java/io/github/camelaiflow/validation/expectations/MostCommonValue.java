package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.statistics.FrequentValues.Frequency;
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

    private Finding judge(Frequencies frequencies) {
        List<Frequency<Object>> modes = frequencies.modes(DistinctValues.SHOWN);
        long ties = frequencies.ties();
        long most = frequencies.most();
        long inSet =
                expected.stream().filter(key -> frequencies.mode(key, most)).count();
        boolean success = tiesOkay ? inSet > 0 : ties == 1 && inSet == 1;
        List<Object> values = new ArrayList<>();
        modes.forEach(mode -> values.add(mode.value()));
        Finding finding = finding(success, values, ties);
        if (frequencies.exact()) {
            return finding;
        }
        if (modes.isEmpty()) {
            // So many different values came that none is known to have come more often than another
            long possible = frequencies.maximumError();
            return finding.within(new Approximation("most_common_value_count", 1, possible, 1, expected.isEmpty()));
        }
        Frequency<Object> mode = modes.get(0);
        boolean decided = ties == 1 && mode.lower() > frequencies.mostOfOthers(mode);
        return finding.within(new Approximation("most_common_value_count", mode.lower(), mode.upper(), 1, decided));
    }

    private static Finding finding(boolean success, List<Object> values, long ties) {
        return ties == values.size()
                ? Finding.observed(success, values)
                : Finding.observed(
                        success, values, Map.of("observed_value_cut", values.size() + " of " + ties + " values"));
    }
}
