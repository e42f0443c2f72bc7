package io.github.camelaiflow.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts, per path and Jakarta constraint, the beans that violate it. Indexes in paths don't count apart. */
final class BeanTally {

    private static final Map<String, Object> META = Map.of("source", "jakarta");

    private record Violated(String path, String constraint) implements Comparable<Violated> {
        @Override
        public int compareTo(Violated other) {
            int byPath = path.compareTo(other.path);
            return byPath == 0 ? constraint.compareTo(other.constraint) : byPath;
        }
    }

    private final int kept;
    private final TreeMap<Violated, List<Integer>> violated = new TreeMap<>();
    private int beans;

    BeanTally(ResultFormat format) {
        this.kept = format.unexpectedKept();
    }

    /** A bean was judged, with these reasons against it. */
    void judged(int index, List<Reason> reasons) {
        beans++;
        reasons.stream()
                .map(reason -> new Violated(reason.field().replaceAll("\\[\\d+]", "[]"), reason.expectation()))
                .distinct()
                .forEach(key ->
                        violated.computeIfAbsent(key, any -> new ArrayList<>()).add(index));
    }

    boolean judgedAny() {
        return beans > 0;
    }

    boolean allValid() {
        return violated.isEmpty();
    }

    /** One result per constraint violated, by path. */
    List<ExpectationResult> results() {
        List<ExpectationResult> results = new ArrayList<>(violated.size());
        violated.forEach((key, indexes) -> {
            Expectation expectation = new Expectation(
                    key.constraint, key.path, Map.of("column", key.path), 1, Severity.CRITICAL, META, null);
            List<Integer> shown = List.copyOf(indexes.subList(0, Math.min(kept, indexes.size())));
            results.add(new ExpectationResult(expectation, false, beans, 0, indexes.size(), List.of(), shown, null));
        });
        return results;
    }
}
