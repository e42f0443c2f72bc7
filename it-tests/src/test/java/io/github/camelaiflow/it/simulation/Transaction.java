package io.github.camelaiflow.it.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** What one producer does between two ends. Decided at once, seen on each partition when its marker comes. */
final class Transaction {

    enum State {
        OPEN,
        COMMITTED,
        ABORTED
    }

    final long began;
    final Set<SimLog> logs = new LinkedHashSet<>();
    final List<SimLog.Entry> entries = new ArrayList<>();
    final Map<TopicPartition, Long> offsets = new HashMap<>();
    State state = State.OPEN;
    /** Whether every marker is written. */
    boolean complete;

    Transaction(long began) {
        this.began = began;
    }
}
