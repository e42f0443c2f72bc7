package io.github.camelaiflow.it.simulation;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** What happens next, as the seed says. A run has a few classes of faults, at rates of its own, and so many faults as its budget allows. */
final class Faults {

    private final SplittableRandom random;
    private final Map<Fault, Double> rates = new EnumMap<>(Fault.class);
    private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
    private final Set<Fault> enabled = EnumSet.noneOf(Fault.class);
    private final double yielding;
    private final long joinDelay;
    private int budget;

    /** @param allowed the classes to draw from; empty for the run without faults */
    Faults(SplittableRandom random, Set<Fault> allowed) {
        this.random = random;
        boolean few = random.nextInt(3) == 0;
        for (Fault fault : allowed) {
            if (fault.isDrawn() && random.nextInt(100) < (few ? 10 : 45)) {
                enabled.add(fault);
                rates.put(fault, 0.002 * Math.pow(30, random.nextDouble()));
            }
        }
        yielding = random.nextDouble() * 0.5;
        joinDelay = random.nextInt(3) == 0 ? 3_000 : 0;
        budget = 1 + random.nextInt(12);
    }

    boolean enabled(Fault fault) {
        return enabled.contains(fault);
    }

    Set<Fault> enabled() {
        return enabled;
    }

    /** Whether it strikes at this call. */
    boolean strikes(Fault fault) {
        if (budget == 0 || !enabled.contains(fault) || random.nextDouble() >= rates.get(fault)) {
            return false;
        }
        budget--;
        count(fault);
        return true;
    }

    void count(Fault fault) {
        counts.merge(fault, 1, Integer::sum);
    }

    Map<Fault, Integer> counts() {
        return counts;
    }

    int count(Set<Fault> faults) {
        return faults.stream().mapToInt(fault -> counts.getOrDefault(fault, 0)).sum();
    }

    /** From now on nothing fails. */
    void stop() {
        budget = 0;
        enabled.clear();
    }

    /** Whether another thread may come before this one goes on. */
    boolean yields() {
        return random.nextDouble() < yielding;
    }

    long joinDelay() {
        return joinDelay;
    }

    /** How long a transaction's next marker takes; mostly nothing. */
    long markerDelay() {
        return random.nextInt(4) == 0 ? between(1, 400) : 0;
    }

    /** A number of 0 until bound. */
    int pick(int bound) {
        return random.nextInt(bound);
    }

    <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    long between(long from, long to) {
        return random.nextLong(from, to + 1);
    }

    /** Mostly small, at times as long as {@code most}: milliseconds. */
    long duration(long most) {
        return (long) Math.pow(most, random.nextDouble());
    }
}
