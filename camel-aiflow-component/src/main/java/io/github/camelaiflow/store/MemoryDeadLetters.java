package io.github.camelaiflow.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Dead letters in memory. */
final class MemoryDeadLetters implements DeadLetters {

    private final MemoryGuard guard;
    private final InstantSource clock;
    private final MemoryOutbox outbox;
    private final MemoryRoom room;
    /** In the order they were taken. */
    private final Map<String, Kept> letters = new LinkedHashMap<>();

    private final Set<String> changes = new HashSet<>();
    /** Ids of letters that were pruned, the oldest first, with when. */
    private final Map<String, Instant> pruned = new LinkedHashMap<>();

    private long last;

    MemoryDeadLetters(MemoryGuard guard, InstantSource clock, MemoryOutbox outbox, MemoryRoom.Bounds bounds) {
        this.guard = guard;
        this.clock = clock;
        this.outbox = outbox;
        this.room = new MemoryRoom("dead letters", bounds);
    }

    private static final class Kept {

        private Summary summary;
        private final Message message;
        private final Map<String, Changed> history = new LinkedHashMap<>();
        private String last;

        Kept(Summary summary, Message message) {
            this.summary = summary;
            this.message = message;
        }

        /** Whether the last change has that id, if there is one to ask for. */
        boolean isLast(String change) {
            return change == null || change.equals(last);
        }
    }

    @Override
    public int put(List<Letter> more) {
        DeliveryLimits.checkLetters(more);
        return guard.locked(() -> {
            checkRoom(more);
            return add(more);
        });
    }

    /** Only under the guard. */
    void checkRoom(List<Letter> more) {
        Map<String, Integer> sizes = new HashMap<>();
        for (Letter letter : more) {
            if (!known(letter)) {
                sizes.putIfAbsent(letter.id(), letter.message().size());
            }
        }
        if (!sizes.isEmpty()) {
            room.check(
                    sizes.size(),
                    sizes.values().stream().mapToLong(size -> size).sum());
        }
    }

    /** Only under the guard, and after {@link #checkRoom}; gives how many are new. */
    int add(List<Letter> more) {
        Instant now = Limits.kept(clock.instant());
        int added = 0;
        for (Letter letter : more) {
            if (!known(letter)) {
                letters.put(letter.id(), new Kept(summary(letter, ++last, now), letter.message()));
                room.take(letter.message().size());
                added++;
            }
        }
        return added;
    }

    private boolean known(Letter letter) {
        return letters.containsKey(letter.id()) || pruned.containsKey(letter.id());
    }

    static Summary summary(Letter letter, long position, Instant now) {
        return new Summary(
                position,
                letter.id(),
                State.NEW,
                letter.stage(),
                letter.reason(),
                letter.fields(),
                letter.route(),
                letter.topic(),
                letter.partition(),
                letter.offset(),
                Limits.kept(letter.received()),
                letter.message().size(),
                null,
                now,
                null);
    }

    @Override
    public List<Summary> list(Criteria criteria, long after, int limit) {
        Limits.checkLimit(limit);
        DeliveryLimits.check(criteria);
        return guard.locked(() -> letters.values().stream()
                .map(kept -> kept.summary)
                .filter(summary -> summary.position() > after && criteria.match(summary))
                .limit(limit)
                .toList());
    }

    @Override
    public Optional<Found> get(String id) {
        Limits.checkName("A dead letter's id", id);
        return guard.locked(
                () -> Optional.ofNullable(letters.get(id)).map(kept -> new Found(kept.summary, kept.message)));
    }

    @Override
    public Optional<Summary> change(String id, Change change, List<Outbox.Draft> messages) {
        DeliveryLimits.check(id, change);
        DeliveryLimits.checkDrafts(messages);
        return guard.locked(() -> {
            Kept kept = letters.get(id);
            if (kept == null) {
                return Optional.empty();
            }
            if (kept.history.containsKey(change.id())) {
                return Optional.of(kept.summary);
            }
            if (kept.summary.state() != change.from() || !kept.isLast(change.after())) {
                return Optional.empty();
            }
            if (changes.contains(change.id())) {
                throw StoreException.refused("The id of a change must not be another letter's");
            }
            outbox.checkRoom(messages);
            changes.add(change.id());
            Instant now = Limits.kept(clock.instant());
            kept.summary = changed(kept.summary, change, now);
            kept.history.put(change.id(), new Changed(change.kept(), now));
            kept.last = change.id();
            outbox.add(messages);
            return Optional.of(kept.summary);
        });
    }

    static Summary changed(Summary old, Change change, Instant now) {
        return new Summary(
                old.position(),
                old.id(),
                change.to(),
                old.stage(),
                old.reason(),
                old.fields(),
                old.route(),
                old.topic(),
                old.partition(),
                old.offset(),
                old.received(),
                old.bytes(),
                change.actor(),
                now,
                change.note());
    }

    @Override
    public List<Changed> history(String id) {
        Limits.checkName("A dead letter's id", id);
        return guard.locked(() ->
                letters.containsKey(id) ? List.copyOf(letters.get(id).history.values()) : List.of());
    }

    @Override
    public Optional<Instant> oldestOpen() {
        return guard.locked(() -> letters.values().stream()
                .filter(kept -> kept.summary.state().open())
                .map(kept -> kept.summary.received())
                .min(Instant::compareTo));
    }

    @Override
    public Map<State, Long> counts() {
        return guard.locked(() -> {
            Map<State, Long> counts = new EnumMap<>(State.class);
            for (State state : State.values()) {
                counts.put(state, 0L);
            }
            letters.values().forEach(kept -> counts.merge(kept.summary.state(), 1L, Long::sum));
            return counts;
        });
    }

    @Override
    public int prune(Instant before) {
        return guard.locked(() -> {
            List<Kept> old = new ArrayList<>();
            for (Kept kept : letters.values()) {
                if (!kept.summary.state().open() && kept.summary.changed().isBefore(before)) {
                    old.add(kept);
                }
            }
            Set<String> ids = new HashSet<>();
            old.forEach(kept -> {
                ids.add(kept.summary.id());
                changes.removeAll(kept.history.keySet());
                room.give(kept.message.size());
            });
            letters.keySet().removeAll(ids);
            remember(ids);
            return old.size();
        });
    }

    private void remember(Set<String> ids) {
        Instant now = Limits.kept(clock.instant());
        ids.forEach(id -> pruned.put(id, now));
        Instant forgotten = now.minus(JdbcDeadLetters.REMEMBERED);
        Iterator<Instant> oldest = pruned.values().iterator();
        while (oldest.hasNext() && (oldest.next().isBefore(forgotten) || pruned.size() > room.limit())) {
            oldest.remove();
        }
    }
}
