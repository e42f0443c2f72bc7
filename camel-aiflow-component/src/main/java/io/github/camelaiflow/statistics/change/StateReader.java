package io.github.camelaiflow.statistics.change;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Gives back what a {@link StateWriter} collected; a state may come from a file that anyone could have changed. */
final class StateReader {

    private final Iterator<Long> longs;
    private final Iterator<Double> doubles;

    StateReader(DetectorState state) {
        this.longs = state.longs().iterator();
        this.doubles = state.doubles().iterator();
    }

    /** A count from 0 to the most. */
    long count(long most) {
        check(longs.hasNext());
        long count = longs.next();
        check(count >= 0 && count <= most);
        return count;
    }

    int count(int most) {
        return (int) count((long) most);
    }

    ChangeStatus status() {
        return ChangeStatus.values()[count(ChangeStatus.values().length - 1)];
    }

    /** A number in a range. */
    double number(double least, double most) {
        check(doubles.hasNext());
        double number = doubles.next();
        check(number >= least && number <= most);
        return number;
    }

    void numbers(double[] to, double least, double most) {
        for (int i = 0; i < to.length; i++) {
            to[i] = number(least, most);
        }
    }

    void counts(long[] to, long most) {
        for (int i = 0; i < to.length; i++) {
            to[i] = count(most);
        }
    }

    /** What wasn't read yet, as a state of its own. */
    DetectorState rest() {
        List<Long> restOfLongs = new ArrayList<>();
        longs.forEachRemaining(restOfLongs::add);
        List<Double> restOfDoubles = new ArrayList<>();
        doubles.forEachRemaining(restOfDoubles::add);
        return new DetectorState(restOfLongs, restOfDoubles);
    }

    void end() {
        check(!longs.hasNext() && !doubles.hasNext());
    }

    static void check(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "a detector's state must be one that a detector of the same settings left");
        }
    }
}
