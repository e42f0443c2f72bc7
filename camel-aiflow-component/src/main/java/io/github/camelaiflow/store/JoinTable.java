package io.github.camelaiflow.store;

import java.time.Instant;
import java.util.List;

/**
 * Pairs of halves that belong together and come in any order: left ones (what was predicted) and right ones (its truth). A left half is
 * joined with a right one at most once, whatever the order, the number of tries and of nodes. Thread-safe. Methods throw a
 * {@link StoreException} as those of {@link Store}; then nothing of the call was done, or all of it, and trying again does no harm.
 *
 * <p>A pair is returned by one call of {@link #left} or {@link #right} at most: the one that joined it, not one that tries again what was
 * done although its answer was lost. So what must count each pair once, without exception, counts those of the feed, {@link #joined};
 * what only must not count a pair twice may count what calls return.
 *
 * <p>A half came when it was taken, by the clock of the node that took it; a clock that is set back makes none older.
 */
public interface JoinTable {

    /**
     * Takes left halves; one whose id is there already, waiting or joined, is not taken twice. A right half that waits for its id or alias
     * is joined at once; that for its id is preferred.
     *
     * @return what was joined by this call
     */
    List<Joined> left(List<Left> halves);

    /**
     * Takes right halves. One with an id is for that left half; one with an alias is for all left halves of that alias that have none, those
     * that come later too. What finds no left half waits for it.
     *
     * @return one outcome a half, in order; of one that was taken by an earlier call, whose answer may have been lost, DUPLICATE
     */
    List<Outcome> right(List<Right> halves);

    /**
     * What was joined, by whichever node, in the order of {@link Joined#position}; the same for every node and after a restart. A pair never
     * turns up at or before a position that somebody has read.
     *
     * @param after the last position that was read, 0 at first
     * @param limit how many at most
     */
    List<Joined> joined(long after, int limit);

    /**
     * Drops left halves that came before and never got a right one, and right ones that came before and never found a left one. What
     * comes for them later waits anew. Those a store in memory had to drop for want of room are told too, first. Each is told once, to one
     * node: if the answer is lost, so are they.
     *
     * @return what was dropped, at most so many; fewer means that no more are there
     */
    List<Expired> expire(Instant before, int limit);

    /**
     * Drops joined pairs that were joined before; they are no longer in the feed, and their labels are unknown from then on. Right halves
     * for an alias that found their last left half before are dropped with them.
     *
     * @return how many pairs
     */
    int prune(Instant before);

    /** How many wait, by side. Costs little, in a database one row by its key: it may be asked every second. */
    Waiting waiting();

    /**
     * A left half.
     *
     * @param id unique in the table
     * @param alias another name by which it is found, not unique; {@code null} for none
     * @param time when what it tells of happened
     * @param content text, up to 64 KiB
     */
    record Left(String id, String alias, Instant time, String content) {}

    /**
     * A right half.
     *
     * @param id of the left half it belongs to; {@code null} if alias is given
     * @param alias of the left halves it belongs to; {@code null} if id is given
     * @param time when what it tells of happened
     * @param content text, up to 64 KiB
     */
    record Right(String id, String alias, Instant time, String content) {}

    /**
     * A pair.
     *
     * @param position ascends, not necessarily by one; by it the feed goes on
     * @param joinedAt by the clock of the node that joined it
     */
    record Joined(long position, Left left, Right right, Instant joinedAt) {}

    /**
     * What became of a right half.
     *
     * @param pairs what this half was joined with; empty unless JOINED
     */
    record Outcome(Verdict verdict, List<Joined> pairs) {}

    /** What may become of a right half. Contents are compared, not times. */
    enum Verdict {
        /** Joined now. */
        JOINED,
        /** No left half yet: it waits. */
        WAITING,
        /** The same was said before. */
        DUPLICATE,
        /**
         * Something else was said before, and that stays. If that was said with ids, and this is the first with their alias, it is for
         * those of the alias that come later.
         */
        CONTRADICTION
    }

    /** A half that was dropped: exactly one of both, the other is {@code null}. */
    record Expired(Left left, Right right) {}

    /** How many halves wait for the other one. A right half with an alias that has found one waits no longer. */
    record Waiting(long left, long right) {}
}
