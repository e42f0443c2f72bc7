package io.github.camelaiflow.store;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A bounded log; the last written entry is first. */
final class MemoryLog {

    private final Deque<Store.Entry> entries = new ArrayDeque<>();
    private long characters;

    /** Adds an entry; gives those dropped for it. */
    List<Store.Entry> add(Store.Entry entry, int maxEntries, long maxCharacters) {
        entries.addFirst(entry);
        characters += entry.content().length();
        List<Store.Entry> dropped = new ArrayList<>();
        while (entries.size() > 1 && (entries.size() > maxEntries || characters > maxCharacters)) {
            Store.Entry oldest = entries.removeLast();
            characters -= oldest.content().length();
            dropped.add(oldest);
        }
        return dropped;
    }

    List<Store.Entry> newest(int limit) {
        return entries.stream().limit(limit).toList();
    }

    /** Removes what happened before; gives what it removed. */
    List<Store.Entry> removeBefore(Instant before) {
        List<Store.Entry> old =
                entries.stream().filter(entry -> entry.time().isBefore(before)).toList();
        entries.removeAll(old);
        characters -= old.stream().mapToLong(entry -> entry.content().length()).sum();
        return old;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }
}
