package io.github.camelaiflow.validation.expectations;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.validation.expectations.BatchState.Counted;
import io.github.camelaiflow.validation.expectations.ExpectationTypes.Compiled;
import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and runs expectations without the engine. */
final class Checks {

    private Checks() {}

    /** Arguments by name and value in turn. */
    static Map<String, Object> kwargs(Object... namesAndValues) {
        Map<String, Object> kwargs = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            kwargs.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return kwargs;
    }

    static Compiled read(String type, Object... kwargs) {
        List<String> problems = new ArrayList<>();
        Compiled compiled = ExpectationTypes.read(type, new Arguments(kwargs(kwargs), "suite", problems));
        assertThat(problems).isEmpty();
        return compiled;
    }

    static List<String> problems(String type, Object... kwargs) {
        List<String> problems = new ArrayList<>();
        ExpectationTypes.read(type, new Arguments(kwargs(kwargs), "suite", problems));
        return problems;
    }

    static boolean meets(Compiled compiled, Object... values) throws Unjudgeable {
        return ((ValueCheck) compiled.check()).meets(java.util.Arrays.asList(values));
    }

    /** A batch of values, of which missing ones are left out. */
    static Finding batch(Compiled compiled, Object... values) {
        return panes(compiled, Memory.EXACT, java.util.Arrays.asList(values), values.length + 1);
    }

    /** Values in panes of a size, merged into the first. */
    static Finding panes(Compiled compiled, Memory memory, List<?> values, int size) {
        BatchCheck check = (BatchCheck) compiled.check();
        BatchState all = check.newState(memory);
        int missing = 0;
        for (int from = 0; from < values.size(); from += size) {
            BatchState pane = check.newState(memory);
            int to = Math.min(from + size, values.size());
            for (int i = from; i < to; i++) {
                if (Values.missing(values.get(i))) {
                    missing++;
                } else {
                    pane.add(values.get(i), i - from);
                }
            }
            all.merge(pane, from);
        }
        return all.finding(new Counted(values.size(), missing));
    }
}
