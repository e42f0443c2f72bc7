package io.github.camelaiflow.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.drift.profile.CategorySample;
import io.github.camelaiflow.statistics.Distances;
import io.github.camelaiflow.statistics.SeededRandom;
import io.github.camelaiflow.statistics.TableStatistic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

/** How often each distance alarms where nothing has drifted; the tables of docs/drift-figures.md. */
class DistanceFalseAlarmTest {

    private static final int REPETITIONS = Simulation.REPETITIONS;
    private static final int[] WINDOWS = Simulation.WINDOWS;
    private static final int[] CATEGORIES = {3, 10, 30, 100};
    private static final List<DistanceTest> OF_CATEGORIES = Arrays.stream(DistanceTest.values())
            .filter(test -> !test.numbersOnly())
            .toList();
    private static final double FIXED = 0.1;
    /** One in twenty trials: what an alarm that looks at nothing would do at this level. */
    private static final int DUMMY = 20;

    @Test
    void numbers() {
        Map<DistanceTest, int[]> alarms = new EnumMap<>(DistanceTest.class);
        for (DistanceTest test : DistanceTest.values()) {
            alarms.put(test, new int[WINDOWS.length]);
        }
        int[] fixed = new int[WINDOWS.length];
        for (int w = 0; w < WINDOWS.length; w++) {
            for (int i = 0; i < REPETITIONS; i++) {
                UniformRandomProvider random = SeededRandom.stream(51, WINDOWS[w], i);
                double[] reference = Simulation.normal(random, Simulation.REFERENCE, 0, 1);
                double[] window = Simulation.normal(random, WINDOWS[w], 0, 1);
                for (DistanceTest test : DistanceTest.values()) {
                    boolean alarm =
                            Simulation.alarm(Simulation.numbers(reference), Simulation.numbers(window), test, i);
                    alarms.get(test)[w] += alarm ? 1 : 0;
                }
                fixed[w] += Distances.standardizedWasserstein(reference, window) >= FIXED ? 1 : 0;
            }
        }
        StringBuilder table = new StringBuilder(Simulation.header("numbers, " + REPETITIONS + " repetitions"));
        alarms.forEach((test, counts) -> table.append(Simulation.row(test.label(), counts, REPETITIONS)));
        table.append(Simulation.row("*fixed: Wasserstein/σ ≥ 0.1*", fixed, REPETITIONS));
        System.out.println(table.append(dummy()));
        alarms.forEach((test, counts) -> holds(test.label(), counts, alarms.size() * WINDOWS.length));
        assertThat(Simulation.tooMany(fixed[0], REPETITIONS, 1)).isTrue();
    }

    @Test
    void categories() {
        List<String> names = new ArrayList<>();
        List<int[]> alarms = new ArrayList<>();
        for (int k : CATEGORIES) {
            int from = alarms.size();
            OF_CATEGORIES.forEach(test -> {
                names.add(test.label() + ", k = " + k);
                alarms.add(new int[WINDOWS.length]);
            });
            names.add("*fixed: Jensen–Shannon ≥ 0.1, k = " + k + "*");
            alarms.add(new int[WINDOWS.length]);
            for (int w = 0; w < WINDOWS.length; w++) {
                for (int i = 0; i < REPETITIONS; i++) {
                    trial(k, w, i, alarms.subList(from, alarms.size()));
                }
            }
        }
        StringBuilder table = new StringBuilder(Simulation.header("categories, " + REPETITIONS + " repetitions"));
        for (int i = 0; i < names.size(); i++) {
            table.append(Simulation.row(names.get(i), alarms.get(i), REPETITIONS));
        }
        System.out.println(table.append(dummy()));
        int cells = CATEGORIES.length * OF_CATEGORIES.size() * WINDOWS.length;
        for (int i = 0; i < names.size(); i++) {
            if (!names.get(i).startsWith("*")) {
                holds(names.get(i), alarms.get(i), cells);
            }
        }
        assertThat(Simulation.tooMany(alarms.get(alarms.size() - 1)[0], REPETITIONS, 1))
                .isTrue();
    }

    private static void trial(int k, int w, int i, List<int[]> alarms) {
        UniformRandomProvider random = SeededRandom.stream(52, k, WINDOWS[w], i);
        CategorySample reference = Simulation.uniform(random, Simulation.REFERENCE, k);
        CategorySample window = Simulation.uniform(random, WINDOWS[w], k);
        for (int t = 0; t < OF_CATEGORIES.size(); t++) {
            alarms.get(t)[w] += Simulation.alarm(reference, window, OF_CATEGORIES.get(t), i) ? 1 : 0;
        }
        alarms.get(OF_CATEGORIES.size())[w] += jensenShannon(reference, window) >= FIXED ? 1 : 0;
    }

    private static double jensenShannon(CategorySample reference, CategorySample window) {
        TreeSet<String> names = new TreeSet<>(reference.categories().keySet());
        names.addAll(window.categories().keySet());
        int[] row = names.stream()
                .mapToInt(name -> window.categories().getOrDefault(name, 0))
                .toArray();
        int[] totals = names.stream()
                .mapToInt(name -> window.categories().getOrDefault(name, 0)
                        + reference.categories().getOrDefault(name, 0))
                .toArray();
        return TableStatistic.JENSEN_SHANNON
                .on(totals, window.counts().values())
                .applyAsDouble(row);
    }

    private static void holds(String name, int[] alarms, int cells) {
        for (int w = 0; w < WINDOWS.length; w++) {
            assertThat(Simulation.tooMany(alarms[w], REPETITIONS, cells))
                    .as("%s, window %d: %d alarms of %d", name, WINDOWS[w], alarms[w], REPETITIONS)
                    .isFalse();
        }
    }

    private static String dummy() {
        int[] alarms = new int[WINDOWS.length];
        for (int i = 1; i <= REPETITIONS; i++) {
            for (int w = 0; w < WINDOWS.length; w++) {
                alarms[w] += i % DUMMY == 0 ? 1 : 0;
            }
        }
        return Simulation.row("*dummy: alarms every 20*", alarms, REPETITIONS);
    }
}
