package io.github.camelaiflow.delivery;

import java.util.Map;
import java.util.Set;

/** Makes outcomes and offsets visible together. Each delivering thread has one of its own and is the only one to call it. */
public interface Commit extends AutoCloseable {

    /**
     * Whether offsets are kept here and not by the consumer group. Then {@link #positions} is asked about each partition that is assigned,
     * before a record of it is taken.
     */
    default boolean keepsOffsets() {
        return false;
    }

    /**
     * The offsets to go on with, as last settled. Whatever an earlier settlement left open is decided first. Is called once before all else,
     * when partitions are assigned (see {@link #keepsOffsets}) and after a settlement whose effect is {@link CommitException.Effect#UNKNOWN} or MOVED.
     *
     * @param partitions may be empty
     * @return nothing for a partition of which nothing was ever settled
     * @throws Exception if that can't be said now; it is asked again later
     */
    Map<Partition, Long> positions(Set<Partition> partitions) throws Exception;

    /**
     * Makes all of it visible. When it returns, it is, durably.
     *
     * @throws CommitException says what became of it
     */
    void settle(Settlement settlement) throws CommitException;

    /**
     * The group has been arranged anew: these partitions are this thread's, and no others. Whatever is remembered of records of others says
     * nothing about what is settled later: the topic may have been made anew meanwhile.
     */
    default void assigned(Set<Partition> partitions) {}

    /** Closes at once what is open; a settlement under way stays undecided, or is undone. Throws nothing. */
    @Override
    void close();
}
