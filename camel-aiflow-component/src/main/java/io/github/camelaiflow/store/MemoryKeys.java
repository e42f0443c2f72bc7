package io.github.camelaiflow.store;

import io.github.camelaiflow.store.IdempotencyKeys.Claim;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Idempotency keys in memory. */
final class MemoryKeys implements IdempotencyKeys {

    private final MemoryGuard guard;
    private final InstantSource clock;
    private final MemoryRoom room;
    private final Map<String, Held> keys = new HashMap<>();

    MemoryKeys(MemoryGuard guard, InstantSource clock, MemoryRoom.Bounds bounds) {
        this.guard = guard;
        this.clock = clock;
        this.room = new MemoryRoom("idempotency keys", bounds);
    }

    /** A key; the result is null as long as its work is not done. */
    record Held(String digest, String owner, Instant claimed, Instant until, String result) {

        /** What a claim finds, {@code null} if it may take the key. */
        Claim answer(String otherDigest, String otherOwner, Instant now) {
            if (result == null && !until.isAfter(now) && !owner.equals(otherOwner)) {
                return null;
            }
            if (!digest.equals(otherDigest)) {
                return new Claim(Verdict.CONFLICT, null);
            }
            if (result != null) {
                return new Claim(Verdict.DONE, result);
            }
            return new Claim(owner.equals(otherOwner) ? Verdict.CLAIMED : Verdict.HELD, null);
        }

        private int size() {
            return result == null ? 0 : result.length() * Character.BYTES;
        }
    }

    @Override
    public Claim claim(String id, String digest, String owner, Duration hold) {
        DeliveryLimits.checkClaim(id, digest, owner, hold);
        return guard.locked(() -> {
            Instant now = Limits.kept(Limits.within(clock.instant()));
            Held held = keys.get(id);
            Claim answer = held == null ? null : held.answer(digest, owner, now);
            if (answer != null) {
                return answer;
            }
            if (held == null) {
                room.check(1, 0);
                room.take(0);
            }
            keys.put(id, new Held(digest, owner, now, Limits.kept(Limits.within(now.plus(hold))), null));
            return new Claim(Verdict.CLAIMED, null);
        });
    }

    @Override
    public boolean keep(String id, String owner, String result) {
        DeliveryLimits.checkResult(id, owner, result);
        return guard.locked(() -> {
            Held held = keys.get(id);
            if (held == null || !held.owner().equals(owner)) {
                return false;
            }
            if (held.result() != null) {
                return held.result().equals(result);
            }
            Held done = new Held(held.digest(), owner, held.claimed(), held.until(), result);
            room.give(0);
            try {
                room.check(1, done.size());
            } catch (StoreException full) {
                room.take(0);
                throw full;
            }
            room.take(done.size());
            keys.put(id, done);
            return true;
        });
    }

    @Override
    public boolean release(String id, String owner) {
        DeliveryLimits.checkClaim(id, owner);
        return guard.locked(() -> {
            Held held = keys.get(id);
            if (held == null || !held.owner().equals(owner) || held.result() != null) {
                return false;
            }
            keys.remove(id);
            room.give(0);
            return true;
        });
    }

    @Override
    public int prune(Instant before) {
        return guard.locked(() -> {
            Instant now = clock.instant();
            int count = keys.size();
            keys.values().removeIf(held -> {
                boolean old = held.claimed().isBefore(before)
                        && (held.result() != null || !held.until().isAfter(now));
                if (old) {
                    room.give(held.size());
                }
                return old;
            });
            return count - keys.size();
        });
    }
}
