package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.statistics.Moments;
import io.github.camelaiflow.statistics.QuantileSketch;
import io.github.camelaiflow.validation.python.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/**
 * {@link ZScore} in bounded memory: mean and deviation by {@link Moments}, and how many values lie beyond by the ranks of a
 * {@link QuantileSketch}, which are off by no more than its certain bound. Which values lie beyond is known at the end only, so
 * the most extreme ones are kept; as long as they are all there are, the count is exact.
 */
final class ZScoreSketch implements BatchState {

    private static final int LEAST_BYTES = 1 << 10;
    private static final int BYTES_BESIDE = 4 << 10;

    /** So near to the threshold, in deviations, the rounding of mean and deviation decides. */
    private static final double ROUNDING = 1e-9;

    private static final Comparator<Extreme> BY_NUMBER = Comparator.comparingDouble(Extreme::number);

    private record Extreme(Object value, double number, int index) {}

    private final ZScore check;
    private final Moments moments = new Moments();
    private final QuantileSketch ranks;
    private final PriorityQueue<Extreme> highest = new PriorityQueue<>(BY_NUMBER);
    private final PriorityQueue<Extreme> lowest = new PriorityQueue<>(BY_NUMBER.reversed());
    private boolean numeric = true;

    ZScoreSketch(ZScore check, Memory memory) {
        this.check = check;
        this.ranks = QuantileSketch.ofBytes(Math.max(LEAST_BYTES, memory.bytes() - BYTES_BESIDE), memory.records());
    }

    @Override
    public void add(Object value, int index) {
        Number number = Coercion.number(value);
        if (number == null) {
            numeric = false;
            return;
        }
        double rounded = Values.toDouble(number);
        moments.add(rounded);
        ranks.add(rounded);
        keep(new Extreme(value, rounded, index));
    }

    private void keep(Extreme extreme) {
        keep(highest, extreme);
        if (check.doubleSided()) {
            keep(lowest, extreme);
        }
    }

    /** A queue gives up first what is least extreme. */
    private static void keep(PriorityQueue<Extreme> extremes, Extreme extreme) {
        boolean full = extremes.size() == Misses.KEPT;
        if (!full || extremes.comparator().compare(extreme, extremes.peek()) > 0) {
            extremes.add(extreme);
            if (full) {
                extremes.poll();
            }
        }
    }

    @Override
    public void merge(BatchState state, int offset) {
        ZScoreSketch later = (ZScoreSketch) state;
        numeric &= later.numeric;
        moments.merge(later.moments);
        ranks.merge(later.ranks);
        Stream.concat(later.highest.stream(), later.lowest.stream())
                .map(extreme -> new Extreme(extreme.value, extreme.number, extreme.index + offset))
                .toList()
                .forEach(this::keepOnce);
    }

    private void keepOnce(Extreme extreme) {
        if (!highest.contains(extreme)) {
            keep(highest, extreme);
        }
        if (check.doubleSided() && !lowest.contains(extreme)) {
            keep(lowest, extreme);
        }
    }

    @Override
    public Finding finding(Counted counted) {
        if (!numeric) {
            return Finding.failed(ZScore.NOT_NUMERIC);
        }
        double lower = beyond(ROUNDING, -1);
        double upper = beyond(-ROUNDING, 1);
        double count = Math.min(Math.max(beyond(0, 0), lower), upper);
        int present = counted.present();
        boolean success = Misses.met(check.mostly(), present, count);
        Finding finding = Finding.judged(success, unexpected().unexpected((int) count));
        if (lower == upper) {
            return finding;
        }
        boolean decided = Misses.met(check.mostly(), present, lower) == Misses.met(check.mostly(), present, upper);
        return finding.within(new Approximation("unexpected_count", lower, upper, 1, decided));
    }

    /**
     * How many values lie as far from the mean as the threshold and some more deviations.
     *
     * @param error -1 for at least, 1 for at most, 0 for about
     */
    private double beyond(double more, int error) {
        double deviation = moments.standardDeviation(1);
        double mean = moments.mean();
        long count = ranks.count();
        if (!(deviation > 0) || !Double.isFinite(deviation) || !Double.isFinite(mean)) {
            return count;
        }
        double distance = (check.threshold() + more) * deviation + Math.signum(more) * 8 * Math.ulp(mean);
        double beyond = above(mean + distance, error);
        if (check.doubleSided()) {
            beyond += below(mean - distance, error);
        }
        return Math.min(count, beyond);
    }

    private double above(double limit, int error) {
        long kept = highest.stream().filter(extreme -> extreme.number >= limit).count();
        return kept < Misses.KEPT ? kept : rough(ranks.count() - ranks.countBelow(limit), error);
    }

    private double below(double limit, int error) {
        long kept = lowest.stream().filter(extreme -> extreme.number <= limit).count();
        return kept < Misses.KEPT ? kept : rough(ranks.countAtMost(limit), error);
    }

    /** A count by ranks, with their error; at least as many as were kept. */
    private double rough(long count, int error) {
        double off = error * ranks.rankError() * ranks.count();
        return Math.max(Misses.KEPT, error < 0 ? Math.ceil(count + off) : Math.floor(count + off));
    }

    private Misses unexpected() {
        double mean = moments.mean();
        double deviation = moments.standardDeviation(1);
        List<Extreme> extremes = new ArrayList<>(highest);
        lowest.stream().filter(extreme -> !highest.contains(extreme)).forEach(extremes::add);
        extremes.sort(Comparator.comparingInt(Extreme::index));
        Misses misses = new Misses(new Memory(1, 1));
        for (Extreme extreme : extremes) {
            if (!check.meets((extreme.number - mean) / deviation)) {
                misses.add(extreme.value, extreme.index);
            }
        }
        return misses;
    }
}
