package io.github.camelaiflow.cluster;

import io.github.camelaiflow.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The leadership of one name, lent for a time. Its document says who holds it, for how long and in which term; its revision grows with
 * each renewal. No clock is compared with another: the holder counts the time from before it wrote, on its own monotonic clock, and
 * others take over only after they have seen the same revision for that time and a tenth more, each on its own. A holder that stood
 * still finds its time over; what it writes then is refused, because the revision is another. {@link #held} waits for nothing and may
 * be called by any thread, the rest by one at a time.
 */
final class Lease {

    private static final String SPACE = "cluster";
    private static final int TRIES = 3;

    private final Store store;
    private final String name;
    private final String member;
    private final Duration length;
    private final LongSupplier nanos;

    private volatile boolean mine;
    private volatile long until;
    private volatile Claim last = Claim.NONE;
    private long revision;
    private boolean seen;
    private long seenAt;
    private boolean given;

    /**
     * @param member names this process unlike all others and those before it
     * @param length how long the lease holds without being renewed
     * @param nanos a monotonic clock, in ns
     */
    Lease(Store store, String name, String member, Duration length, LongSupplier nanos) {
        this.store = store;
        this.name = name;
        this.member = member;
        this.length = length;
        this.nanos = nanos;
        this.until = nanos.getAsLong();
    }

    /** Whether this member leads now. */
    boolean held() {
        return mine && nanos.getAsLong() - until < 0;
    }

    /** Counts up whenever another member takes over: what a lower term asks for is out of date. 0 while this member doesn't lead. */
    long term() {
        Claim claim = last;
        return held() ? claim.term() : 0;
    }

    /** Who held it last, as far as this member has seen. */
    Optional<String> holder() {
        String owner = last.owner();
        return owner.isEmpty() || owner.equals(member) && !held() ? Optional.empty() : Optional.of(owner);
    }

    /**
     * Renews the lease, takes it if it is free or has not been renewed in its time, or watches whether it is.
     *
     * @throws io.github.camelaiflow.store.StoreException if the store cannot be reached
     */
    void step() {
        for (int i = 0; i < TRIES && !given; i++) {
            if (mine ? write(last.term(), member) : free() && write(last.term() + 1, member)) {
                return;
            }
            if (!look()) {
                return;
            }
        }
    }

    /** Writes over what was seen last; if it is another's by now, nothing is written. */
    private boolean write(long term, String owner) {
        long start = nanos.getAsLong();
        Claim next = new Claim(owner, term, length);
        Optional<Store.Document> written = store.replace(SPACE, name, revision, next.text(), List.of());
        written.ifPresent(document -> {
            revision = document.revision();
            last = next;
            until = start + length.toNanos();
            mine = owner.equals(member);
        });
        return written.isPresent();
    }

    /** Reads who holds it; whether there is something to be done at once. */
    private boolean look() {
        Optional<Store.Document> document = store.get(SPACE, name);
        long found = document.map(Store.Document::revision).orElse(0L);
        if (found != revision || !seen) {
            revision = found;
            seen = true;
            seenAt = nanos.getAsLong();
        }
        Claim claim = document.map(there -> Claim.of(there.content())).orElse(Claim.NONE);
        // Our own name stands there also when we got no answer to what we wrote
        mine = claim.owner().equals(member);
        last = claim;
        return mine || free();
    }

    private boolean free() {
        if (!seen) {
            return false;
        }
        Claim claim = last;
        long patience = claim.length().toNanos() / 10 * 11;
        return claim.owner().isEmpty() || nanos.getAsLong() - seenAt > patience;
    }

    /**
     * Gives the lease back, so that another may have it at once; no step takes it again.
     *
     * @throws io.github.camelaiflow.store.StoreException if the store cannot be reached; the lease then ends with its time
     */
    void release() {
        boolean had = mine;
        given = true;
        mine = false;
        if (had) {
            write(last.term(), "");
        }
    }
}
