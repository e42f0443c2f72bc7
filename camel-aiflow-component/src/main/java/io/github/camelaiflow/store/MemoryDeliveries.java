package io.github.camelaiflow.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Offsets and decisions in memory. */
final class MemoryDeliveries implements Deliveries {

    private final MemoryGuard guard;
    private final InstantSource clock;
    private final MemoryDeadLetters letters;
    private final MemoryOutbox outbox;
    private final MemoryRoom room;
    private final Map<Partition, Place> places = new HashMap<>();
    private final Map<String, Kept> decisions = new HashMap<>();
    private final Map<Partition, NavigableMap<Long, Kept>> byOrigin = new HashMap<>();

    MemoryDeliveries(
            MemoryGuard guard,
            InstantSource clock,
            MemoryDeadLetters letters,
            MemoryOutbox outbox,
            MemoryRoom.Bounds bounds) {
        this.guard = guard;
        this.clock = clock;
        this.letters = letters;
        this.outbox = outbox;
        this.room = new MemoryRoom("decisions", bounds);
    }

    private record Partition(String topic, int number) {

        static Partition of(Move move) {
            return new Partition(move.topic(), move.partition());
        }

        static Partition of(Decision decision) {
            return new Partition(decision.topic(), decision.partition());
        }
    }

    /** The offset to read next, and what settled it. */
    private record Place(long offset, String settlement) {}

    @Override
    public Map<Integer, Long> offsets(String topic) {
        Limits.checkName("A topic", topic);
        return guard.locked(() -> {
            Map<Integer, Long> offsets = new TreeMap<>();
            places.forEach((partition, place) -> {
                if (partition.topic().equals(topic)) {
                    offsets.put(partition.number(), place.offset());
                }
            });
            return offsets;
        });
    }

    @Override
    public Answer settle(Settlement settlement) {
        DeliveryLimits.check(settlement);
        return guard.locked(() -> {
            List<Move> moves = settlement.moves();
            if (!moves.isEmpty() && moves.stream().allMatch(move -> doneBefore(move, settlement.id()))) {
                return new Answer(true, offsets(moves), 0);
            }
            if (!moves.stream().allMatch(this::fits)) {
                return new Answer(false, offsets(moves), 0);
            }
            List<Decision> added = unknown(settlement.decisions());
            checkRoom(added, settlement);
            for (Move move : moves) {
                places.put(Partition.of(move), new Place(move.to(), settlement.id()));
            }
            add(added);
            letters.add(settlement.letters());
            outbox.add(settlement.messages());
            return new Answer(true, offsets(moves), settlement.decisions().size() - added.size());
        });
    }

    private boolean doneBefore(Move move, String settlement) {
        return new Place(move.to(), settlement).equals(places.get(Partition.of(move)));
    }

    private boolean fits(Move move) {
        Place place = places.get(Partition.of(move));
        return move.from() == (place == null ? Move.NONE : place.offset());
    }

    private List<Offset> offsets(List<Move> moves) {
        List<Offset> offsets = new ArrayList<>();
        for (Move move : moves) {
            Place place = places.get(Partition.of(move));
            if (place != null) {
                offsets.add(new Offset(move.topic(), move.partition(), place.offset()));
            }
        }
        return offsets;
    }

    private List<Decision> unknown(List<Decision> all) {
        Set<String> ids = new HashSet<>();
        Set<Map.Entry<Partition, Long>> origins = new HashSet<>();
        List<Decision> unknown = new ArrayList<>();
        for (Decision decision : all) {
            Partition partition = Partition.of(decision);
            if (!decisions.containsKey(decision.id())
                    && !of(partition).containsKey(decision.offset())
                    && !ids.contains(decision.id())
                    && origins.add(Map.entry(partition, decision.offset()))) {
                ids.add(decision.id());
                unknown.add(decision);
            }
        }
        return unknown;
    }

    private NavigableMap<Long, Kept> of(Partition partition) {
        return byOrigin.getOrDefault(partition, new TreeMap<>());
    }

    private void checkRoom(List<Decision> added, Settlement settlement) {
        if (!added.isEmpty()) {
            room.check(
                    added.size(),
                    added.stream().mapToLong(it -> it.message().size()).sum());
        }
        letters.checkRoom(settlement.letters());
        outbox.checkRoom(settlement.messages());
    }

    private void add(List<Decision> added) {
        Instant now = Limits.kept(clock.instant());
        for (Decision decision : added) {
            Kept kept = new Kept(decision, now);
            decisions.put(decision.id(), kept);
            byOrigin.computeIfAbsent(Partition.of(decision), partition -> new TreeMap<>())
                    .put(decision.offset(), kept);
            room.take(decision.message().size());
        }
    }

    @Override
    public Optional<Kept> decision(String id) {
        Limits.checkName("A decision's id", id);
        return guard.locked(() -> Optional.ofNullable(decisions.get(id)));
    }

    @Override
    public List<Kept> decisions(String topic, int partition, long after, int limit) {
        Limits.checkName("A topic", topic);
        Limits.checkLimit(limit);
        return guard.locked(() -> of(new Partition(topic, partition)).tailMap(after, false).values().stream()
                .limit(limit)
                .toList());
    }

    @Override
    public int prune(Instant before) {
        return guard.locked(() -> {
            List<Kept> old = decisions.values().stream()
                    .filter(kept -> kept.written().isBefore(before))
                    .toList();
            for (Kept kept : old) {
                decisions.remove(kept.decision().id());
                byOrigin.get(Partition.of(kept.decision()))
                        .remove(kept.decision().offset());
                room.give(kept.decision().message().size());
            }
            return old.size();
        });
    }
}
