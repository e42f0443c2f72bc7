package io.github.camelaiflow.validation;

import io.github.camelaiflow.validation.expectations.Arguments;
import io.github.camelaiflow.validation.expectations.ExpectationTypes;
import io.github.camelaiflow.validation.expectations.ValueCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a validator judges, laid out by position: expectations, the columns they read, the reasons they give. */
final class Plan {

    private final List<Expectation> expectations;
    private final String[] columns;
    private final int[] columnOf;
    private final Reason[] reasons;
    private final boolean[] judgesMissing;

    Plan(List<Expectation> expectations) {
        this.expectations = List.copyOf(expectations);
        int count = expectations.size();
        this.columnOf = new int[count];
        this.reasons = new Reason[count];
        this.judgesMissing = new boolean[count];
        Map<String, Integer> positions = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            Expectation expectation = expectations.get(i);
            columnOf[i] = positions.computeIfAbsent(expectation.column(), name -> positions.size());
            ValueCheck check = check(expectation);
            judgesMissing[i] = check.judgesMissing();
            reasons[i] =
                    new Reason(expectation.column(), expectation.type(), expectation.severity(), check.requirement());
        }
        this.columns = positions.keySet().toArray(String[]::new);
    }

    private static ValueCheck check(Expectation expectation) {
        List<String> problems = new ArrayList<>();
        String place = expectation.type() + " of " + expectation.column();
        if (!ExpectationTypes.knows(expectation.type())) {
            throw new SuiteException(List.of(place + ": type is not known"));
        }
        ExpectationTypes.Compiled compiled =
                ExpectationTypes.read(expectation.type(), new Arguments(expectation.kwargs(), place, problems));
        if (compiled == null) {
            throw new SuiteException(problems);
        }
        return (ValueCheck) compiled.check();
    }

    int size() {
        return expectations.size();
    }

    Expectation expectation(int position) {
        return expectations.get(position);
    }

    String[] columns() {
        return columns;
    }

    int columnOf(int position) {
        return columnOf[position];
    }

    boolean judgesMissing(int position) {
        return judgesMissing[position];
    }

    /** Why a record fails this expectation; the same object for every record. */
    Reason reason(int position) {
        return reasons[position];
    }
}
