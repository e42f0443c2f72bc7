package io.github.camelaiflow;

import io.github.camelaiflow.delivery.Incoming;
import io.github.camelaiflow.delivery.Origin;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often the records of a poll have been tried, by the partition that the poll begins with: bounded by the number of these. */
final class Redeliveries {

    private final int maximum;
    private final Map<String, Tried> tried = new ConcurrentHashMap<>();

    /** @param maximum how often at most; -1 for ever */
    Redeliveries(int maximum) {
        this.maximum = maximum;
    }

    /** Counts a try. Whether the records may be tried again after it. */
    boolean left(List<Incoming> records) {
        if (maximum < 0) {
            return true;
        }
        Origin first = records.get(0).origin();
        Tried now = tried.merge(
                partition(first),
                new Tried(first.offset(), 0),
                (old, fresh) -> old.offset == fresh.offset ? new Tried(old.offset, old.times + 1) : fresh);
        return now.times < maximum;
    }

    void passed(List<Incoming> records) {
        tried.remove(partition(records.get(0).origin()));
    }

    private static String partition(Origin origin) {
        return origin.partition() + "|" + origin.topic();
    }

    private record Tried(long offset, int times) {}
}
