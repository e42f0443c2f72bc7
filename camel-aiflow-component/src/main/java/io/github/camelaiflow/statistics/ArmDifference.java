package io.github.camelaiflow.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Evidence about the difference d of two arms' rates of an event (treatment less control) that holds at any number of looks:
 * e-values against "d is at most m" and "d is at least m" for every m, and a confidence sequence.
 *
 * <p>A record that went to the treatment by chance w gives Z = (Y - c) / w there and Z = -(Y - c) / (1 - w) in the control, Y
 * being 1 for an event and 0 else; its mean is d whatever the constant c is (D. G. Horvitz and D. J. Thompson, JASA 47, 1952),
 * and the closer c to the rate, the less Z varies. A pair of answers to one record gives Z = Y1 - Y0, as Q. McNemar,
 * Psychometrika 12, 1947, counts. The mean of Z is bet on as {@link BoundedMean} does. With c = 0 and m = 0 the bet is the
 * likelihood ratio of "given an event, whose is it", and records without event tell nothing. The rates may change over time,
 * for both arms; the hypothesis must hold of each record. w and c must be chosen before the record's arm and answer are known.
 *
 * <p>Counts are all that is kept, so adding is cheap, and the evidence of several nodes is their sum. Not thread-safe.
 */
public final class ArmDifference {

    private static final double[] PAIRED = {1, -1, 0, 0};

    private final Map<Draw, long[]> randomised = new TreeMap<>();
    private final long[] paired = new long[4];
    // Most records are drawn as the one before.
    private double lastShare = Double.NaN;
    private double lastCentre;
    private long[] lastCounts;

    /**
     * Records that were given to an arm by chance.
     *
     * @param share chance of the treatment
     * @param centre c
     * @param treatmentEvents records of the treatment with the event
     * @param treatmentOthers those without
     * @param controlEvents records of the control with the event
     * @param controlOthers those without
     */
    public record Cell(
            double share,
            double centre,
            long treatmentEvents,
            long treatmentOthers,
            long controlEvents,
            long controlOthers) {}

    /**
     * Records that both arms answered.
     *
     * @param treatmentOnly those with the event in the treatment only
     * @param controlOnly those with the event in the control only
     * @param both those with the event in both
     * @param neither those without
     */
    public record Pairs(long treatmentOnly, long controlOnly, long both, long neither) {}

    /** How a record was given to an arm, and what is taken from its answer. */
    private record Draw(double share, double centre) implements Comparable<Draw> {

        double[] values() {
            return new double[] {
                (1 - centre) / share, -centre / share, -(1 - centre) / (1 - share), centre / (1 - share)
            };
        }

        double low() {
            return -Math.max(centre / share, (1 - centre) / (1 - share));
        }

        double high() {
            return Math.max((1 - centre) / share, centre / (1 - share));
        }

        @Override
        public int compareTo(Draw other) {
            int byShare = Double.compare(share, other.share);
            return byShare != 0 ? byShare : Double.compare(centre, other.centre);
        }
    }

    /**
     * Takes records that were given to an arm by chance.
     *
     * @param share chance of the treatment, above 0 and below 1
     * @param centre c, from 0 to 1
     * @throws IllegalArgumentException if an argument is out of range
     */
    public void add(boolean treatment, double share, double centre, boolean event, long times) {
        Binomial.checkInside("a share", share);
        if (!(centre >= 0 && centre <= 1) || times < 0) {
            throw new IllegalArgumentException("a centre must be from 0 to 1, and counts not negative");
        }
        if (times > 0) {
            counts(share, centre)[(treatment ? 0 : 2) + (event ? 0 : 1)] += times;
        }
    }

    private long[] counts(double share, double centre) {
        if (share != lastShare || centre != lastCentre) {
            lastCounts = randomised.computeIfAbsent(new Draw(share, centre), draw -> new long[4]);
            lastShare = share;
            lastCentre = centre;
        }
        return lastCounts;
    }

    /** Takes records that both arms answered. */
    public void addPairs(boolean control, boolean treatment, long times) {
        if (times < 0) {
            throw new IllegalArgumentException("counts must not be negative");
        }
        paired[control == treatment ? (control ? 2 : 3) : (treatment ? 0 : 1)] += times;
    }

    /** Takes what another one took; the other one stays as it is. */
    public void merge(ArmDifference other) {
        other.randomised.forEach(
                (draw, counts) -> addAll(randomised.computeIfAbsent(draw, key -> new long[4]), counts));
        addAll(paired, other.paired);
    }

    private static void addAll(long[] to, long[] from) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }

    /** Logarithm of the e-value against "d is at most m"; 0 without records. */
    public double logAbove(double m) {
        return logEvidence(m, true);
    }

    /** Logarithm of the e-value against "d is at least m"; 0 without records. */
    public double logBelow(double m) {
        return logEvidence(m, false);
    }

    private double logEvidence(double m, boolean above) {
        double[] logs = new double[Bets.COUNT];
        randomised.forEach((draw, counts) -> bet(logs, draw.values(), counts, draw.low(), draw.high(), m, above));
        bet(logs, PAIRED, paired, -1, 1, m, above);
        return Bets.logMixture(logs);
    }

    private static void bet(
            double[] logs, double[] values, long[] counts, double low, double high, double m, boolean above) {
        double range = high - low;
        long records = 0;
        for (int i = 0; i < values.length; i++) {
            Bets.add(logs, (above ? values[i] - low : high - values[i]) / range, counts[i]);
            records += counts[i];
        }
        if (records > 0) {
            Bets.divide(logs, (above ? m - low : high - m) / range, records);
        }
    }

    /** d is above this, with a chance of at most alpha to be ever wrong about it. */
    public double lowerLimit(double alpha) {
        return Bets.lowerLimit(this::logAbove, -1, 1, alpha);
    }

    /** d is below this, with a chance of at most alpha to be ever wrong about it. */
    public double upperLimit(double alpha) {
        return -Bets.lowerLimit(m -> logBelow(-m), -1, 1, alpha);
    }

    /** How many records an arm answered. */
    public long records(boolean treatment) {
        long pairs = paired[0] + paired[1] + paired[2] + paired[3];
        return pairs
                + randomised.values().stream()
                        .mapToLong(counts -> treatment ? counts[0] + counts[1] : counts[2] + counts[3])
                        .sum();
    }

    /** How many of these had the event. */
    public long events(boolean treatment) {
        long pairs = paired[2] + (treatment ? paired[0] : paired[1]);
        return pairs
                + randomised.values().stream()
                        .mapToLong(counts -> treatment ? counts[0] : counts[2])
                        .sum();
    }

    /** The records that were given to an arm by chance, by share and centre. */
    public List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        randomised.forEach((draw, counts) ->
                cells.add(new Cell(draw.share, draw.centre, counts[0], counts[1], counts[2], counts[3])));
        return cells;
    }

    /** The records that both arms answered. */
    public Pairs pairs() {
        return new Pairs(paired[0], paired[1], paired[2], paired[3]);
    }
}
