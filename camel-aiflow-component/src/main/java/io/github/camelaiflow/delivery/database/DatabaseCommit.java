package io.github.camelaiflow.delivery.database;

import io.github.camelaiflow.delivery.Commit;
import io.github.camelaiflow.delivery.CommitException;
import io.github.camelaiflow.delivery.Partition;
import io.github.camelaiflow.delivery.Settlement;
import io.github.camelaiflow.store.Deliveries;
import io.github.camelaiflow.store.Deliveries.Answer;
import io.github.camelaiflow.store.Deliveries.Move;
import io.github.camelaiflow.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Outcomes are rows of a store, written in the transaction that moves the offsets, if these are where they were when the records were taken.
 * So each record has one outcome, whoever else believes to have its partition. Not thread-safe: one a delivering thread.
 */
public final class DatabaseCommit implements Commit {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseCommit.class);

    private final Deliveries deliveries;
    private final Rows rows;
    private final Supplier<String> ids;
    /** The store's offsets as last heard, of partitions that were asked about. */
    private final Map<Partition, Long> known = new HashMap<>();
    /** Written or not: its answer was lost. */
    private Deliveries.Settlement open;
    /** The last batch had decisions that were there already. */
    private boolean told;

    /**
     * Reaches nothing yet.
     *
     * @param deliveries of the space that is the flow's alone; a store that isn't durable forgets its offsets with the process
     * @param rows what is written of outcomes
     * @param ids gives an id that is never given again, such as a random UUID's text
     */
    public DatabaseCommit(Deliveries deliveries, Rows rows, Supplier<String> ids) {
        this.deliveries = deliveries;
        this.rows = rows;
        this.ids = ids;
    }

    @Override
    public boolean keepsOffsets() {
        return true;
    }

    /** @throws StoreException if the store can't be asked now */
    @Override
    public Map<Partition, Long> positions(Set<Partition> partitions) {
        if (open != null) {
            settleOpen();
        }
        Map<String, Map<Integer, Long>> offsets = new HashMap<>();
        Map<Partition, Long> positions = new HashMap<>();
        for (Partition partition : partitions) {
            Long offset = offsets.computeIfAbsent(partition.topic(), deliveries::offsets)
                    .get(partition.number());
            known.put(partition, offset == null ? Move.NONE : offset);
            if (offset != null) {
                positions.put(partition, offset);
            }
        }
        return positions;
    }

    /** Written now if it wasn't, unless somebody else was faster. What the store refuses wasn't and won't be, and is decided anew. */
    private void settleOpen() {
        try {
            deliveries.settle(open);
        } catch (StoreException e) {
            if (e.unreachable()) {
                throw e;
            }
            LOG.warn(
                    "The store has refused outcomes of which it was unsure whether it had written them ({}): their records are decided anew",
                    kind(e));
            LOG.debug("Refused by the store", e);
        }
        open = null;
    }

    private static String kind(StoreException failure) {
        return (failure.getCause() == null ? failure : failure.getCause())
                .getClass()
                .getSimpleName();
    }

    @Override
    public void settle(Settlement settlement) throws CommitException {
        Map<Integer, String> refused = rows.refused(settlement.outcomes());
        if (!refused.isEmpty()) {
            throw CommitException.refused(refused, null);
        }
        open = rows.of(ids.get(), moves(settlement), settlement.outcomes());
        Answer answer;
        try {
            answer = deliveries.settle(open);
        } catch (StoreException e) {
            throw failed(e);
        }
        open = null;
        if (!answer.settled()) {
            throw CommitException.moved("another node has moved the offsets in the store since the records were taken");
        }
        known.putAll(settlement.next());
        tell(answer.known(), settlement);
    }

    /** A line for many batches one after the other. */
    private void tell(int copies, Settlement settlement) {
        if (copies > 0 && !told) {
            LOG.warn(
                    "The store had {} decisions about records of {} already, and keeps those: were rows of aiflow_offset"
                            + " deleted without those of aiflow_decision? Records of a topic made anew are not decided then",
                    copies,
                    settlement.first().keySet());
        }
        told = copies > 0;
    }

    private CommitException failed(StoreException failure) {
        if (failure.unreachable()) {
            return CommitException.unknown("it is unsure whether the store has written the outcomes", failure);
        }
        open = null;
        return CommitException.none("the store has refused the outcomes", failure);
    }

    private List<Move> moves(Settlement settlement) throws CommitException {
        List<Move> moves = new ArrayList<>();
        for (Map.Entry<Partition, Long> next : settlement.next().entrySet()) {
            Partition partition = next.getKey();
            Long from = known.get(partition);
            if (from == null) {
                throw CommitException.unknown("the store was not asked where " + partition + " stands", null);
            }
            long first = settlement.first().get(partition);
            if (first < from) {
                throw CommitException.none(
                        "the store stands at offset " + from + " of " + partition + ", and records come from "
                                + first + ": was the topic made anew? Then delete its rows of aiflow_offset"
                                + " and aiflow_decision, or give the flow another name",
                        null);
            }
            moves.add(new Move(partition.topic(), partition.number(), from, next.getValue()));
        }
        return moves;
    }

    /** Nothing stays open but the store, which is others' too. */
    @Override
    public void close() {
        known.clear();
        open = null;
    }
}
