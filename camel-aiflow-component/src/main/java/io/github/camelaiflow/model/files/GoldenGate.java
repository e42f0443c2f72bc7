package io.github.camelaiflow.model.files;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelCard.Golden;
import io.github.camelaiflow.model.ModelCard.GoldenRecord;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks a loaded model the golden records before it serves: labels must be equal, numbers within the tolerance. Records are
 * asked as one batch, and then one by one, since a model may answer differently. Messages name the record and what differs,
 * never a value.
 */
final class GoldenGate {

    private static final int TOLD = 10;

    private final String place;
    private final Model model;
    private final Golden golden;
    private final List<String> problems = new ArrayList<>();
    private int found;

    private GoldenGate(String place, Model model, Golden golden) {
        this.place = place;
        this.model = model;
        this.golden = golden;
    }

    /** @throws ModelException (not retryable) naming the records that are answered otherwise and what differs */
    static void check(String place, Model model, Golden golden) {
        GoldenGate gate = new GoldenGate(place, model, golden);
        gate.batch();
        if (gate.problems.isEmpty()) {
            gate.oneByOne();
        }
        if (gate.found > TOLD) {
            gate.problems.add("and " + (gate.found - TOLD) + " more");
        }
        if (!gate.problems.isEmpty()) {
            throw ModelException.unfit(place, gate.problems);
        }
    }

    private void batch() {
        List<Integer> indexes = new ArrayList<>();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < golden.records().size(); i++) {
            if (golden.records().get(i).record() != null) {
                indexes.add(i);
                rows.add(golden.records().get(i).record());
            }
        }
        if (rows.isEmpty()) {
            return;
        }
        List<Outcome> outcomes = ask(new ModelInput.Rows(rows), "as one batch");
        if (outcomes != null && outcomes.size() != rows.size()) {
            problem("golden records as one batch get " + outcomes.size() + " answers, not " + rows.size());
            return;
        }
        for (int i = 0; outcomes != null && i < rows.size(); i++) {
            compare(indexes.get(i), outcomes.get(i));
        }
    }

    private void oneByOne() {
        for (int i = 0; i < golden.records().size(); i++) {
            GoldenRecord record = golden.records().get(i);
            List<Outcome> outcomes = ask(input(place, i, record, model), "number " + i);
            if (outcomes != null && outcomes.size() != 1) {
                problem("golden record " + i + " gets " + outcomes.size() + " answers, not one");
            } else if (outcomes != null) {
                compare(i, outcomes.get(0));
            }
        }
    }

    static ModelInput input(String place, int index, GoldenRecord record, Model model) {
        return record.record() != null
                ? new ModelInput.Rows(List.of(record.record()))
                : new ModelInput.Tensors(GoldenTensors.arrays(
                        place, index, record.tensors(), model.signature().inputs()));
    }

    private List<Outcome> ask(ModelInput input, String which) {
        try {
            return model.predict(input);
        } catch (DataException e) {
            problem("golden records, " + which + ": the model refuses the input (" + e.reason() + ")");
        } catch (ModelException e) {
            problem("golden records, " + which + ": " + e.getMessage());
        }
        return null;
    }

    private void problem(String problem) {
        found++;
        if (found <= TOLD) {
            problems.add(problem);
        }
    }

    private void compare(int index, Outcome outcome) {
        String record = "golden record " + index + ": ";
        if (outcome.error() != null) {
            problem(record + "the model cannot score it (" + outcome.error().reason() + ")");
            return;
        }
        Output output = outcome.output();
        GoldenRecord expected = golden.records().get(index);
        if (expected.label() != null && !expected.label().equals(output.label())) {
            problem(record + "label differs");
        }
        if (expected.score() != null && !near(expected.score(), output.score())) {
            problem(record + "score differs by more than " + golden.tolerance());
        }
        if (expected.scores() != null) {
            scores(record, expected.scores(), output.scores());
        }
        if (expected.value() != null && !equal(expected.value(), plain(output.value()))) {
            problem(record + "value differs by more than " + golden.tolerance());
        }
    }

    private void scores(String record, Map<String, Double> expected, Map<String, Double> actual) {
        if (!expected.keySet().equals(actual.keySet())) {
            problem(record + "scores are of other names");
            return;
        }
        for (Map.Entry<String, Double> score : expected.entrySet()) {
            if (!near(score.getValue(), actual.get(score.getKey()))) {
                problem(record + "scores." + score.getKey() + " differs by more than " + golden.tolerance());
            }
        }
    }

    private boolean near(double expected, Object actual) {
        // not "greater than": NaN is never near
        return actual instanceof Number number && Math.abs(number.doubleValue() - expected) <= golden.tolerance();
    }

    private boolean equal(Object expected, Object actual) {
        if (expected instanceof Number number) {
            return near(number.doubleValue(), actual);
        }
        if (expected instanceof List<?> list && actual instanceof Set<?> set) {
            return list.size() == set.size() && set.equals(new HashSet<>(list));
        }
        if (expected instanceof List<?> list && actual instanceof List<?> other) {
            return list.size() == other.size() && elements(list, other);
        }
        if (expected instanceof Map<?, ?> map && actual instanceof Map<?, ?> other) {
            return map.keySet().equals(other.keySet())
                    && map.entrySet().stream().allMatch(entry -> equal(entry.getValue(), other.get(entry.getKey())));
        }
        return expected == null ? actual == null : expected.equals(actual);
    }

    private boolean elements(List<?> expected, List<?> actual) {
        for (int i = 0; i < expected.size(); i++) {
            if (!equal(expected.get(i), actual.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Arrays as nested lists. */
    static Object plain(Object value) {
        if (value != null && value.getClass().isArray()) {
            return GoldenTensors.list(value);
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, one) -> copy.put(key, plain(one)));
            return copy;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(GoldenGate::plain).toList();
        }
        return value;
    }
}
