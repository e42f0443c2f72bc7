package io.github.camelaiflow.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Messages that are written in the same transaction as what they tell of, and sent after it. A message is sent at least once and has an id by
 * which receivers can drop copies; whoever sends takes them by {@link #next} in order, sends, and then says {@link #sent}. To send each
 * once as long as nothing fails, one does so at a time. Thread-safe. Methods throw a {@link StoreException} as those of
 * {@link Store}; then nothing of the call was done, or all of it, and trying again does no harm.
 */
public interface Outbox {

    /** Takes messages; one whose id is there already, sent or not, is not taken twice. */
    void put(List<Draft> messages);

    /**
     * Messages that were not sent yet, in the order they were taken. What was written by transactions that came one after the other is in
     * their order; of those that overlap in time, the later one's messages may be seen first.
     *
     * @param after the position of the last one that was seen, 0 to begin anew
     * @param limit how many at most; fewer come where they would have more than 16 MiB, but one does
     */
    List<Waiting> next(long after, int limit);

    /** These were sent: they come no more. Their bytes are deleted, their ids stay until they are pruned. */
    void sent(List<String> ids);

    /** How many wait. Reads all that do: to be asked now and then. */
    Backlog backlog();

    /**
     * Forgets messages that were sent before; one of the same id is taken again from then on.
     *
     * @return how many
     */
    int prune(Instant before);

    /**
     * A message to be sent.
     *
     * @param id unique in the space
     * @param destination a topic, or what else the sender understands
     */
    record Draft(String id, String destination, Message message) {

        @Override
        public String toString() {
            return "Draft[" + id + "]";
        }
    }

    /**
     * A message that waits.
     *
     * @param position ascends in the order messages were taken, not necessarily by one
     * @param written by the clock of the node that wrote it
     */
    record Waiting(long position, Draft draft, Instant written) {}

    /**
     * What waits.
     *
     * @param oldest when the oldest was written; empty if none waits
     */
    record Backlog(long waiting, Optional<Instant> oldest) {}
}
