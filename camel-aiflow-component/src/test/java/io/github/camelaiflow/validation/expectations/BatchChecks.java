package io.github.camelaiflow.validation.expectations;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.validation.expectations.BatchState.Counted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Batch checks as tests want them: by name and arguments, over values, missing ones as {@code null}. */
final class BatchChecks {

    private BatchChecks() {}

    /** Arguments from names and values in turn, with a column. */
    static Map<String, Object> kwargs(Object... namesAndValues) {
        Map<String, Object> kwargs = new LinkedHashMap<>();
        kwargs.put("column", "c");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            kwargs.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return kwargs;
    }

    static BatchCheck read(String type, Map<String, Object> kwargs) {
        List<String> problems = new ArrayList<>();
        ExpectationTypes.Compiled compiled = ExpectationTypes.read(type, new Arguments(kwargs, "here", problems));
        assertThat(problems).isEmpty();
        return (BatchCheck) compiled.check();
    }

    static List<String> problems(String type, Map<String, Object> kwargs) {
        List<String> problems = new ArrayList<>();
        ExpectationTypes.read(type, new Arguments(kwargs, "here", problems));
        return problems;
    }

    static Finding exactly(String type, Map<String, Object> kwargs, List<?> values) {
        return judge(read(type, kwargs), Memory.EXACT, values);
    }

    static Finding judge(BatchCheck check, Memory memory, List<?> values) {
        return finding(state(check, memory, values), values);
    }

    static BatchState state(BatchCheck check, Memory memory, List<?> values) {
        BatchState state = check.newState(memory);
        int index = 0;
        for (Object value : values) {
            if (value != null || check.judgesMissing()) {
                state.add(value, index);
            }
            index++;
        }
        return state;
    }

    static Finding finding(BatchState state, List<?> values) {
        int missing = (int) values.stream().filter(value -> value == null).count();
        return state.finding(new Counted(values.size(), missing));
    }
}
