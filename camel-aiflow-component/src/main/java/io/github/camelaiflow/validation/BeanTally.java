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

    private static final class Places {
        private int count;
        private final List<Integer> first = new ArrayList<>();
    }

    private final int kept;
    private final TreeMap<Violated, Places> violated = new TreeMap<>();
    private int beans;

    /** @param kept how many places of invalid beans are kept per constraint */
    BeanTally(int kept) {
        this.kept = kept;
    }

    /** A bean was judged, with these reasons against it. */
    void judged(int index, List<Reason> reasons) {
        beans++;
        reasons.stream()
                .map(reason -> new Violated(reason.field().replaceAll("\\[\\d+]", "[]"), reason.expectation()))
                .distinct()
                .forEach(key -> add(key, index));
    }

    private void add(Violated key, int index) {
        Places places = violated.computeIfAbsent(key, any -> new Places());
        places.count++;
        if (places.first.size() < kept) {
            places.first.add(index);
        }
    }

    /** Takes what was counted of later records, whose places go on from {@code offset}. */
    void merge(BeanTally later, int offset) {
        beans += later.beans;
        later.violated.forEach((key, from) -> {
            Places places = violated.computeIfAbsent(key, any -> new Places());
            places.count += from.count;
            for (int i = 0; i < from.first.size() && places.first.size() < kept; i++) {
                places.first.add(offset + from.first.get(i));
            }
        });
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
        violated.forEach((key, places) -> {
            Expectation expectation = new Expectation(
                    key.constraint, key.path, Map.of("column", key.path), 1, Severity.CRITICAL, META, null);
            results.add(new ExpectationResult(
                    expectation,
                    false,
                    beans,
                    0,
                    places.count,
                    List.of(),
                    List.copyOf(places.first),
                    null,
                    Map.of(),
                    null,
                    null));
        });
        return results;
    }
}
