package io.github.camelaiflow.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far the partitions of topics were read, and what was decided about their records: both change in one transaction, so that a record
 * is decided about once, whatever dies and whoever reads. Thread-safe. Methods throw a {@link StoreException} as those of
 * {@link Store}; then nothing of the call was done, or all of it.
 */
public interface Deliveries {

    /** The offsets to read next, by partition; a partition of which nothing was ever settled is absent. */
    Map<Integer, Long> offsets(String topic);

    /**
     * Moves offsets and writes what became of the records in between, if all the offsets are where they were when the records were read: all
     * of it or nothing. Settling again under the same id what was settled is answered as the first time, as long as nobody has moved
     * the offsets since: so an answer that was lost does no harm.
     */
    Answer settle(Settlement settlement);

    /** The decision of that id. */
    Optional<Kept> decision(String id);

    /**
     * Decisions about a partition's records, by offset. None turns up later at or before an offset that was read, as long as they are
     * written with moves.
     *
     * @param after the last offset that was read, -1 at first
     * @param limit how many at most
     */
    List<Kept> decisions(String topic, int partition, long after, int limit);

    /**
     * Deletes decisions that were written before. A record that is delivered again after that is decided anew.
     *
     * @return how many
     */
    int prune(Instant before);

    /**
     * What is settled at once.
     *
     * @param id of this settlement, the same for every try of it and never used for another one
     * @param moves of each partition one at most; empty for outcomes that come without offsets
     * @param decisions one whose id or origin is there already is not written twice
     * @param letters for {@link Store#deadLetters} of the same space; one whose id is there already is not written twice
     * @param messages for {@link Store#outbox} of the same space; one whose id is there already is not written twice
     */
    record Settlement(
            String id,
            List<Move> moves,
            List<Decision> decisions,
            List<DeadLetters.Letter> letters,
            List<Outbox.Draft> messages) {

        public Settlement {
            moves = List.copyOf(moves);
            decisions = List.copyOf(decisions);
            letters = List.copyOf(letters);
            messages = List.copyOf(messages);
        }

        @Override
        public String toString() {
            return "Settlement[" + id + "]";
        }
    }

    /**
     * From where to where a partition was read.
     *
     * @param from the partition's offset in the store when the reading began, or where the last settlement moved it; {@link #NONE} if
     *     there was none
     * @param to the offset to read next, greater than {@code from}
     */
    record Move(String topic, int partition, long from, long to) {

        /** Of a partition of which nothing was ever settled. */
        public static final long NONE = -1;
    }

    /**
     * A decision.
     *
     * @param id unique in the space
     * @param topic together with partition and offset: where the record came from, unique in the space
     */
    record Decision(String id, String topic, int partition, long offset, Message message) {}

    /** A decision, and when it was written by the clock of the node that did. */
    record Kept(Decision decision, Instant written) {}

    /**
     * What became of a settlement.
     *
     * @param settled whether it is written, now or by an earlier try; if not, somebody else has moved an offset, and nothing was written
     * @param offsets of the partitions that were to be moved, as they are now: to go on from there; those that have none are absent
     * @param known how many decisions were there already, and stay as they are; 0 if an earlier try has settled it
     */
    record Answer(boolean settled, List<Offset> offsets, int known) {

        public Answer {
            offsets = List.copyOf(offsets);
        }
    }

    /** The offset to read next. */
    record Offset(String topic, int partition, long offset) {}
}
