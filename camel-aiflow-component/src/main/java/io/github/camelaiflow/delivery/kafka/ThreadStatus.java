package io.github.camelaiflow.delivery.kafka;

import io.github.camelaiflow.delivery.Partition;
import java.time.Instant;
import java.util.SortedSet;

/**
 * How a delivering thread stands.
 *
 * @param thread from 0
 * @param partitions assigned now, by topic and number
 * @param lastCommit {@code null} before the first
 * @param failures failed tries since the start
 * @param lastFailure kind of the last failure, such as {@code commit: TimeoutException}, never its message; {@code null} without any
 */
public record ThreadStatus(
        int thread,
        State state,
        SortedSet<Partition> partitions,
        Instant lastCommit,
        long failures,
        String lastFailure) {

    /** What a thread does. */
    public enum State {
        /** Connects, and has not joined the group yet. */
        STARTING,
        /** Takes records. */
        RUNNING,
        /** Takes none for a while, since something failed; tries again by itself. */
        HOLDING,
        /** Was stopped. */
        STOPPED,
        /** Ended by a fault of its own; its records are left to others, and to the next start. */
        FAILED
    }
}
