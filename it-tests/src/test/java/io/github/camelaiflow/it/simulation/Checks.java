package io.github.camelaiflow.it.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelaiflow.delivery.DeliveryMode;
import io.github.camelaiflow.delivery.Origin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** What must hold after every step. The first thing that doesn't is kept, since the worker might swallow an exception. */
final class Checks {

    private final DeliveryMode mode;
    private final int maxPollRecords;
    private final boolean ordered;
    private final boolean printing;
    private final Map<String, Input> inputs = new HashMap<>();
    private final Map<String, Origin> origins = new HashMap<>();
    private final Map<String, Map<Long, String>> byPartition = new HashMap<>();
    /** Outcomes by origin. */
    private final Map<String, String> outcomes = new TreeMap<>();

    private final Map<String, Long> lastOfKey = new HashMap<>();
    private Fibers fibers;
    private String violation;
    private long trace = 1;
    private int doubles;
    private boolean late;

    /** @param ordered whether keys have to keep their order in at-least-once mode too */
    Checks(DeliveryMode mode, int maxPollRecords, boolean ordered, boolean printing) {
        this.mode = mode;
        this.maxPollRecords = maxPollRecords;
        this.ordered = ordered;
        this.printing = printing;
    }

    void on(Fibers own) {
        fibers = own;
    }

    /** A record was sent to the workers, by a transaction that is not aborted. */
    void expect(Origin origin, Input input) {
        inputs.put(origin.toString(), input);
        origins.put(origin.toString(), origin);
        byPartition
                .computeIfAbsent(
                        new TopicPartition(origin.topic(), origin.partition()).toString(), p -> new TreeMap<>())
                .put(origin.offset(), origin.toString());
    }

    void visible(List<SimLog.Entry> entries) {
        for (SimLog.Entry entry : entries) {
            visible(
                    new String(entry.headers().lastHeader(Input.ORIGIN).value(), UTF_8),
                    entry.topic() + ": " + new String(entry.value(), UTF_8));
        }
    }

    /** An outcome is there for everybody, or decided to be. */
    void visible(String origin, String outcome) {
        event("visible", origin);
        Input input = inputs.get(origin);
        if (input == null) {
            violated("phantom: " + outcome + " about " + origin + ", which was never sent");
        } else if (!input.outcome().equals(outcome)) {
            violated("wrong: " + origin + " became " + outcome + " instead of " + input.outcome());
        } else if (outcomes.put(origin, outcome) == null) {
            first(origins.get(origin), input);
        } else if (mode == DeliveryMode.AT_LEAST_ONCE) {
            doubles++;
        } else {
            violated("doubled: " + origin);
        }
    }

    private void first(Origin origin, Input input) {
        // At least once, what a topic refuses goes to the dead letters later: there only decisions keep their order.
        String line = mode == DeliveryMode.AT_LEAST_ONCE ? input.kind() + input.key() : input.key();
        Long before = lastOfKey.put(line, origin.offset());
        boolean relevant = mode != DeliveryMode.AT_LEAST_ONCE || ordered && input.kind() == Input.Kind.DECIDED;
        if (relevant && before != null && before > origin.offset()) {
            violated("order of key " + input.key() + ": " + origin + " after offset " + before);
        }
    }

    /** The group's offset moved; with a database that is for those who watch, and nobody goes on from it. */
    void committed(TopicPartition partition, long before, long after) {
        if (mode != DeliveryMode.DATABASE) {
            moved(partition, before, after);
        }
    }

    /** The offset to go on with moved. */
    void moved(TopicPartition partition, long before, long after) {
        event("committed", partition + " " + after);
        if (after < before && !(mode == DeliveryMode.AT_LEAST_ONCE && late)) {
            violated("offset of " + partition + " went back from " + before + " to " + after);
        }
        byPartition.getOrDefault(partition.toString(), Map.of()).forEach((offset, origin) -> {
            if (offset >= before && offset < after && !outcomes.containsKey(origin)) {
                violated("lost: " + origin + " has no outcome, and " + after + " is committed");
            }
        });
    }

    void buffered(SimProcess process, int records) {
        if (records > maxPollRecords) {
            violated("memory: " + process.name + " buffers " + records + " records");
        }
    }

    void inHand(String worker, int records, int threads) {
        if (records < 0 || records > maxPollRecords * threads) {
            violated("memory: " + worker + " has " + records + " records in hand");
        }
    }

    boolean settled() {
        return outcomes.size() == inputs.size();
    }

    int missing() {
        return inputs.size() - outcomes.size();
    }

    int size() {
        return inputs.size();
    }

    /** A request came late: at least once, that may be an older commit, and nothing tells the broker so. */
    void late() {
        late = true;
    }

    boolean wasLate() {
        return late;
    }

    int doubles() {
        return doubles;
    }

    Map<String, String> outcomes() {
        return outcomes;
    }

    void violated(String what) {
        if (violation == null) {
            violation = what;
            event("VIOLATED", what);
        }
    }

    /** The first violation; null as long as all holds. */
    String violation() {
        return violation;
    }

    void trace(SimProcess process, String where) {
        event(process.name, where);
    }

    void event(String who, String what) {
        trace = (trace * 31 + fibers.now()) * 31 + who.hashCode() * 17L + what.hashCode();
        if (printing) {
            System.out.printf("%9d %-14s %s%n", fibers.now(), fibers.running().name, who + ": " + what);
        }
    }

    /** The same for the same run. */
    long traceHash() {
        return trace;
    }
}
