package io.github.camelaiflow;

import io.github.camelaiflow.delivery.Incoming;
import io.github.camelaiflow.delivery.Origin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often records have failed by what may pass: each by itself, or all together, when not even one of them alone was decided. What fails
 * only together with another record is not counted. Bounded by a batch a partition. Thread-safe.
 */
final class Redeliveries {

    private final int maximum;
    private final Map<Origin, Tried> tried = new ConcurrentHashMap<>();

    /** @param maximum how often at most; -1 for ever */
    Redeliveries(int maximum) {
        this.maximum = maximum;
    }

    boolean forEver() {
        return maximum < 0;
    }

    boolean never() {
        return maximum == 0;
    }

    /** What lies before these is settled. */
    void begin(List<Incoming> records) {
        if (tried.isEmpty()) {
            return;
        }
        Map<String, Long> first = new HashMap<>();
        for (Incoming record : records) {
            first.merge(partition(record.origin()), record.origin().offset(), Math::min);
        }
        tried.keySet().removeIf(origin -> origin.offset() < first.getOrDefault(partition(origin), 0L));
    }

    /** Counts a failure of the record alone, while others pass. */
    void failedAlone(Origin origin) {
        tried.merge(origin, new Tried(1, true), (old, one) -> new Tried(old.times + 1, true));
    }

    /** Counts a failure of all of them: there may be no fault of theirs. */
    void failedTogether(List<Incoming> records) {
        for (Incoming record : records) {
            tried.merge(record.origin(), new Tried(1, false), (old, one) -> new Tried(old.times + 1, old.alone));
        }
    }

    /** Whether the record may be tried again. */
    boolean left(Origin origin) {
        return maximum < 0 || times(origin) <= maximum;
    }

    /** Whether the record has failed while others passed. */
    boolean isSuspect(Origin origin) {
        Tried now = tried.get(origin);
        return now != null && now.alone;
    }

    /** One of the records, another one after each failure. */
    Incoming witness(List<Incoming> records) {
        int times = records.stream()
                .mapToInt(record -> times(record.origin()))
                .max()
                .orElse(0);
        return records.get(times % records.size());
    }

    private int times(Origin origin) {
        Tried now = tried.get(origin);
        return now == null ? 0 : now.times;
    }

    /** They are decided. */
    void passed(List<Incoming> records) {
        if (!tried.isEmpty()) {
            records.forEach(record -> tried.remove(record.origin()));
        }
    }

    private static String partition(Origin origin) {
        return origin.partition() + "|" + origin.topic();
    }

    /** @param alone whether it failed at least once while others passed */
    private record Tried(int times, boolean alone) {}
}
