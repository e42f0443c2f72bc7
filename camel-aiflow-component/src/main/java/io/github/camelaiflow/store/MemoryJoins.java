package io.github.camelaiflow.store;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * A table in memory. Each half takes O(1), a thousand of them (or fewer) one lock. What it holds is bounded by number and bytes: of
 * halves that wait the oldest is dropped and told by the next {@link #expire}, of pairs the oldest is forgotten.
 */
final class MemoryJoins implements JoinTable {

    private static final int AT_ONCE = 1_000;

    private final InstantSource clock;
    private final Bounds bounds;
    private final MemoryJoinState state = new MemoryJoinState(new SecureRandom().nextLong());
    private final JoinRules rules = new JoinRules(state);
    /** Dropped and not yet told. */
    private final Deque<Expired> dropped = new ArrayDeque<>();

    private boolean closed;

    MemoryJoins(InstantSource clock, Bounds bounds) {
        this.clock = clock;
        this.bounds = bounds;
    }

    /**
     * What is kept at most; one of each kind is kept in any case.
     *
     * @param waiting halves of each side that wait
     * @param bytes of the heap that the waiting halves of each side, and the pairs, may take
     * @param dropped halves that were dropped and are not yet told; with more, new ones are refused
     */
    record Bounds(int waiting, long bytes, int dropped) {

        private static final long BYTES_EACH = 200;

        static Bounds of(int waiting) {
            return new Bounds(waiting, BYTES_EACH * waiting, Math.max(AT_ONCE, waiting / 10));
        }
    }

    @Override
    public List<Joined> left(List<Left> halves) {
        Limits.checkLefts(halves);
        return inChunks(halves, left -> {
            List<Joined> joined = rules.left(kept(left)).stream().toList();
            dropBeyond(state.lefts, half -> new Expired(Half.left(half), null));
            return joined;
        });
    }

    @Override
    public List<Outcome> right(List<Right> halves) {
        Limits.checkRights(halves);
        return inChunks(halves, right -> {
            Outcome outcome = rules.right(kept(right));
            dropBeyond(state.rights, half -> new Expired(null, Half.right(half)));
            return List.of(outcome);
        });
    }

    private static Left kept(Left left) {
        return new Left(left.id(), left.alias(), Limits.kept(left.time()), left.content());
    }

    private static Right kept(Right right) {
        return new Right(right.id(), right.alias(), Limits.kept(right.time()), right.content());
    }

    private <H, R> List<R> inChunks(List<H> halves, Function<H, List<R>> work) {
        List<R> results = new ArrayList<>();
        checkRoom();
        for (int from = 0; from < halves.size(); from += AT_ONCE) {
            take(halves.subList(from, Math.min(from + AT_ONCE, halves.size())), work, results);
        }
        return results;
    }

    private synchronized <H, R> void take(List<H> halves, Function<H, List<R>> work, List<R> results) {
        checkOpen();
        state.now(Half.micros(Limits.kept(Limits.within(clock.instant()))));
        for (H half : halves) {
            results.addAll(work.apply(half));
        }
        while (state.pairs.size() > 1 && state.pairs.bytes() > bounds.bytes()) {
            state.pairs.removeFirst();
        }
        while (state.found.size() > 1 && state.found.bytes() > bounds.bytes()) {
            state.found.remove(state.found.oldest());
        }
    }

    /** Only between calls, so that a call is done as a whole or not at all. */
    private synchronized void checkRoom() {
        checkOpen();
        if (dropped.size() >= bounds.dropped()) {
            throw StoreException.refused("The store in memory holds at most " + bounds.waiting()
                    + " halves that wait, and " + dropped.size()
                    + " were dropped for it that nobody has asked for; configure a database as store to keep more");
        }
    }

    private void dropBeyond(Halves halves, Function<byte[], Expired> expired) {
        while (halves.size() > bounds.waiting() || halves.size() > 1 && halves.bytes() > bounds.bytes()) {
            dropped.add(expired.apply(halves.remove(halves.oldest())));
        }
    }

    @Override
    public synchronized List<Joined> joined(long after, int limit) {
        checkOpen();
        Limits.checkLimit(limit);
        return state.pairs.after(after, limit);
    }

    @Override
    public synchronized List<Expired> expire(Instant before, int limit) {
        checkOpen();
        Limits.checkLimit(limit);
        List<Expired> expired = new ArrayList<>();
        while (expired.size() < limit && !dropped.isEmpty()) {
            expired.add(dropped.remove());
        }
        long bound = Half.micros(Limits.within(before));
        while (expired.size() < limit && isOld(state.lefts, bound)) {
            expired.add(new Expired(Half.left(state.lefts.remove(state.lefts.oldest())), null));
        }
        while (expired.size() < limit && isOld(state.rights, bound)) {
            expired.add(new Expired(null, Half.right(state.rights.remove(state.rights.oldest()))));
        }
        return expired;
    }

    private static boolean isOld(Halves halves, long bound) {
        return halves.oldest() >= 0 && Half.came(halves.get(halves.oldest())) < bound;
    }

    @Override
    public int prune(Instant before) {
        long bound = Half.micros(Limits.within(before));
        long last = lastBefore(bound);
        int pruned = 0;
        int more;
        do {
            more = pruneSome(last, bound);
            pruned += more;
        } while (more == AT_ONCE);
        return pruned;
    }

    private synchronized long lastBefore(long bound) {
        checkOpen();
        return state.pairs.lastBefore(bound);
    }

    private synchronized int pruneSome(long last, long bound) {
        for (int i = 0; i < AT_ONCE && isOld(state.found, bound); i++) {
            state.found.remove(state.found.oldest());
        }
        int pruned = 0;
        while (pruned < AT_ONCE && state.pairs.first() <= last) {
            state.pairs.removeFirst();
            pruned++;
        }
        return pruned;
    }

    @Override
    public synchronized Waiting waiting() {
        checkOpen();
        return new Waiting(state.lefts.size(), state.rights.size());
    }

    /** What the halves that wait take of the heap, by the account that their limit is held by. */
    synchronized long bytesWaiting() {
        return state.lefts.bytes() + state.rights.bytes();
    }

    synchronized void close() {
        closed = true;
    }

    private void checkOpen() {
        if (closed) {
            throw StoreException.refused("The store is closed");
        }
    }
}
