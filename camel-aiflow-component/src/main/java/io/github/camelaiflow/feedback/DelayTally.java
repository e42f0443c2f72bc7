package io.github.camelaiflow.feedback;

import io.github.camelaiflow.feedback.outcome.LabelDelays;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Delays of labels by cohort, which is a span of time in which predictions were made: a thousand of them within the time limit, each with its
 * delays on a grid that grows by half an octave from about a two-millionth of the limit. A cohort says something of an age once all its
 * predictions are that old. Bounded. Not thread-safe.
 */
final class DelayTally {

    private static final int COHORTS = 1_000;
    private static final int AGES = 43;
    /** Fewer predictions watched for an age say nothing of it. */
    private static final long LEAST = 100;

    private final long span;
    private final long[] ages = new long[AGES];
    private final TreeMap<Long, int[]> delays = new TreeMap<>();

    DelayTally(Duration limit) {
        span = Math.max(1, limit.toMillis() / COHORTS);
        for (int i = 0; i < AGES; i++) {
            ages[i] = Math.max(1, Math.round(limit.toMillis() * Math.pow(2, (i - AGES + 1) / 2.0)));
        }
    }

    long cohort(Instant time) {
        return Math.floorDiv(time.toEpochMilli(), span);
    }

    /** The first cohort that still counts: those of one and a half time limits. */
    long first(Instant now) {
        return cohort(now) - COHORTS - COHORTS / 2;
    }

    void add(Pair pair) {
        long millis = pair.delay().toMillis();
        int index = 0;
        while (index < AGES && ages[index] < millis) {
            index++;
        }
        if (index < AGES) {
            delays.computeIfAbsent(cohort(pair.time()), cohort -> new int[AGES])[index]++;
            if (delays.size() > 3 * COHORTS) {
                delays.pollFirstEntry();
            }
        }
    }

    /** @param tracked how many predictions were tracked in each cohort */
    LabelDelays delays(Map<Long, Long> tracked, Instant now) {
        delays.headMap(first(now)).clear();
        List<Duration> known = new ArrayList<>();
        List<Double> labelled = new ArrayList<>();
        double waiting = 1;
        for (int age = 0; age < AGES; age++) {
            long watched = 0;
            long before = 0;
            long events = 0;
            for (Map.Entry<Long, Long> cohort : tracked.entrySet()) {
                if (now.toEpochMilli() - (cohort.getKey() + 1) * span < ages[age]) {
                    continue;
                }
                int[] counts = delays.getOrDefault(cohort.getKey(), new int[AGES]);
                watched += cohort.getValue();
                before += sum(counts, age);
                events += counts[age];
            }
            if (watched < LEAST) {
                break;
            }
            // a process that was killed may not have told of all it tracked
            long atRisk = Math.max(watched - before, events);
            waiting *= atRisk == 0 ? 1 : 1 - (double) events / atRisk;
            known.add(Duration.ofMillis(ages[age]));
            labelled.add(1 - waiting);
        }
        return new LabelDelays(
                known.toArray(Duration[]::new),
                labelled.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static long sum(int[] counts, int until) {
        long sum = 0;
        for (int i = 0; i < until; i++) {
            sum += counts[i];
        }
        return sum;
    }
}
