package io.github.camelaiflow.store;

import io.github.camelaiflow.store.JoinTable.Joined;
import io.github.camelaiflow.store.JoinTable.Left;
import io.github.camelaiflow.store.JoinTable.Right;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The halves and pairs of one table in memory. Not thread-safe. */
final class MemoryJoinState implements JoinState {

    final Halves lefts;
    /** Those that wait. */
    final Halves rights;
    /** Those with an alias that have found a left half, by when they last did. */
    final Halves found;

    final MemoryPairs pairs;
    private long now;

    MemoryJoinState(long seed) {
        lefts = new Halves(seed);
        rights = new Halves(seed);
        found = new Halves(seed);
        pairs = new MemoryPairs(seed);
    }

    /** @param micros the time that what comes next comes at; may go back */
    void now(long micros) {
        if (micros < now) {
            lefts.clampTo(micros);
            rights.clampTo(micros);
            found.clampTo(micros);
        }
        now = micros;
    }

    @Override
    public boolean knows(String id) {
        Key key = Key.of(id);
        return lefts.byId(key) >= 0 || pairs.has(key);
    }

    @Override
    public Optional<Left> waiting(String id) {
        return half(lefts, lefts.byId(Key.of(id))).map(Half::left);
    }

    @Override
    public List<Left> waitingOf(String alias) {
        List<Left> waiting = new ArrayList<>();
        lefts.eachOf(Key.of(alias), slot -> waiting.add(Half.left(lefts.get(slot))));
        return waiting;
    }

    @Override
    public Optional<String> said(String id) {
        return Optional.ofNullable(pairs.said(Key.of(id)));
    }

    @Override
    public List<String> saidOf(String alias) {
        return pairs.saidOf(Key.of(alias));
    }

    @Override
    public Optional<Right> rightFor(String id) {
        return half(rights, rights.byId(Key.of(id))).map(Half::right);
    }

    @Override
    public Optional<Right> rightForAll(String alias) {
        Key key = Key.of(alias);
        return half(rights, rights.byAlias(key))
                .or(() -> half(found, found.byAlias(key)))
                .map(Half::right);
    }

    private static Optional<byte[]> half(Halves halves, int slot) {
        return slot < 0 ? Optional.empty() : Optional.of(halves.get(slot));
    }

    @Override
    public void keep(Left left) {
        lefts.add(Half.of(left, now));
    }

    @Override
    public void keep(Right right, boolean hasFound) {
        (hasFound ? found : rights).add(Half.of(right, now));
    }

    @Override
    public void found(String alias) {
        Key key = Key.of(alias);
        Halves from = rights.byAlias(key) >= 0 ? rights : found;
        found.add(Half.came(from.remove(from.byAlias(key)), now));
    }

    @Override
    public Joined join(Left left, Right right) {
        Key id = Key.of(left.id());
        int waits = lefts.byId(id);
        byte[] leftHalf = waits < 0 ? Half.of(left, now) : lefts.remove(waits);
        return pairs.add(leftHalf, rightHalf(right, id), now);
    }

    private byte[] rightHalf(Right right, Key id) {
        if (right.id() == null) {
            // One array for all that it is joined with now
            return found.get(found.byAlias(Key.of(right.alias())));
        }
        int waits = rights.byId(id);
        return waits < 0 ? Half.of(right, now) : rights.remove(waits);
    }
}
