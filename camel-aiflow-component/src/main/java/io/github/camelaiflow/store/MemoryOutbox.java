package io.github.camelaiflow.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** An outbox in memory. Of what was sent it keeps the newest ids, as many as messages may wait. */
final class MemoryOutbox implements Outbox {

    static final long BYTES_AT_ONCE = 16 << 20;

    private final MemoryGuard guard;
    private final InstantSource clock;
    private final MemoryRoom room;
    private final NavigableMap<Long, Waiting> waiting = new TreeMap<>();
    private final Map<String, Long> positions = new HashMap<>();
    private final Map<String, Instant> sent = new LinkedHashMap<>();
    private long last;

    MemoryOutbox(MemoryGuard guard, InstantSource clock, MemoryRoom.Bounds bounds) {
        this.guard = guard;
        this.clock = clock;
        this.room = new MemoryRoom("messages to be sent", bounds);
    }

    @Override
    public void put(List<Draft> messages) {
        DeliveryLimits.checkDrafts(messages);
        guard.locked(() -> {
            checkRoom(messages);
            add(messages);
            return null;
        });
    }

    /** Only under the guard. */
    void checkRoom(List<Draft> messages) {
        Set<String> ids = new HashSet<>();
        long bytes = 0;
        for (Draft draft : messages) {
            if (!known(draft) && ids.add(draft.id())) {
                bytes += draft.message().size();
            }
        }
        if (!ids.isEmpty()) {
            room.check(ids.size(), bytes);
        }
    }

    /** Only under the guard, and after {@link #checkRoom}. */
    void add(List<Draft> messages) {
        Instant now = Limits.kept(clock.instant());
        for (Draft draft : messages) {
            if (!known(draft)) {
                waiting.put(++last, new Waiting(last, draft, now));
                positions.put(draft.id(), last);
                room.take(draft.message().size());
            }
        }
    }

    private boolean known(Draft draft) {
        return positions.containsKey(draft.id()) || sent.containsKey(draft.id());
    }

    @Override
    public List<Waiting> next(long after, int limit) {
        Limits.checkLimit(limit);
        return guard.locked(() -> {
            List<Waiting> next = new ArrayList<>();
            long bytes = 0;
            for (Waiting each : waiting.tailMap(after, false).values()) {
                bytes += each.draft().message().size();
                if (next.size() == limit || !next.isEmpty() && bytes > BYTES_AT_ONCE) {
                    break;
                }
                next.add(each);
            }
            return next;
        });
    }

    @Override
    public void sent(List<String> ids) {
        guard.locked(() -> {
            Instant now = Limits.kept(clock.instant());
            ids.forEach(id -> sent(id, now));
            return null;
        });
    }

    private void sent(String id, Instant now) {
        Long position = positions.remove(id);
        if (position == null) {
            return;
        }
        room.give(waiting.remove(position).draft().message().size());
        sent.put(id, now);
        if (sent.size() > room.limit()) {
            Iterator<String> oldest = sent.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    @Override
    public Backlog backlog() {
        return guard.locked(() -> new Backlog(
                waiting.size(), waiting.values().stream().map(Waiting::written).min(Instant::compareTo)));
    }

    @Override
    public int prune(Instant before) {
        return guard.locked(() -> {
            int count = sent.size();
            sent.values().removeIf(time -> time.isBefore(before));
            return count - sent.size();
        });
    }
}
