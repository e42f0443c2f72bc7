package io.github.camelaiflow.feedback;

import io.github.camelaiflow.store.JoinTable;
import io.github.camelaiflow.store.JoinTable.Expired;
import io.github.camelaiflow.store.StoreException;
import java.time.Instant;
import java.util.List;

/** Gives up what has waited for too long, in chunks, and counts it. */
final class Expiry {

    static final int CHUNK = 1_000;

    /** A tick must end; the next one goes on. */
    private static final int CHUNKS = 20;

    private final JoinTable table;
    private final Ledger ledger;

    Expiry(JoinTable table, Ledger ledger) {
        this.table = table;
        this.ledger = ledger;
    }

    void run(Instant before) {
        for (int i = 0; i < CHUNKS; i++) {
            List<Expired> dropped = expired(before);
            ledger.count(sums -> dropped.forEach(half -> count(sums, half)));
            if (dropped.size() < CHUNK) {
                return;
            }
        }
    }

    private List<Expired> expired(Instant before) {
        try {
            return table.expire(before, CHUNK);
        } catch (StoreException e) {
            if (e.unreachable()) {
                ledger.count(sums -> sums.add(Sums.Kind.EXPIRIES_IN_DOUBT, 1));
            }
            throw e;
        }
    }

    private static void count(Sums sums, Expired half) {
        if (half.left() == null) {
            sums.add(Sums.Kind.NEVER_PREDICTED, 1);
        } else {
            sums.addExpired(Pair.version(half.left()));
        }
    }
}
