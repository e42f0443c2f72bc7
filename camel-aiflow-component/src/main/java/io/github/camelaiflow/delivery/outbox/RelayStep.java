package io.github.camelaiflow.delivery.outbox;

import io.github.camelaiflow.store.DeadLetters;
import io.github.camelaiflow.store.DeadLetters.Letter;
import io.github.camelaiflow.store.Outbox;
import io.github.camelaiflow.store.Outbox.Draft;
import io.github.camelaiflow.store.Outbox.Waiting;
import io.github.camelaiflow.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** What a relay does again and again: sends some messages, if this node is the one to do so. Used by one thread. */
final class RelayStep {

    /** Key of the document that says who sends. */
    static final String LEASE = "outbox/relay";

    private final Outbox outbox;
    private final DeadLetters letters;
    private final Lease lease;
    private final Publisher publisher;
    private final int atOnce;
    private final InstantSource clock;
    private final LongSupplier nanos;
    /** Sent and not yet marked so. */
    private final List<String> unmarked = new ArrayList<>();

    private long sent;
    private long refused;

    RelayStep(
            Store store,
            String space,
            String owner,
            Publisher publisher,
            Duration hold,
            int atOnce,
            InstantSource clock,
            LongSupplier nanos) {
        this.outbox = store.outbox(space);
        this.letters = store.deadLetters(space);
        this.lease = new Lease(store, space, LEASE, owner, hold);
        this.publisher = publisher;
        this.atOnce = atOnce;
        this.clock = clock;
        this.nanos = nanos;
    }

    /**
     * Sends some.
     *
     * @return whether there may be more now; {@code false} too if another node sends
     * @throws Exception if that failed; what was not sent is still there
     */
    boolean run() throws Exception {
        boolean had = lease.held();
        if (!lease.take(nanos.getAsLong())) {
            if (had) {
                publisher.close();
            }
            unmarked.clear();
            return false;
        }
        mark();
        List<Waiting> next = outbox.next(0, atOnce);
        if (next.isEmpty()) {
            return false;
        }
        publish(next.stream().map(Waiting::draft).toList());
        mark();
        return true;
    }

    private void publish(List<Draft> drafts) throws Exception {
        List<Draft> rest = new ArrayList<>(drafts);
        while (!rest.isEmpty()) {
            try {
                publisher.publish(List.copyOf(rest));
                rest.forEach(draft -> unmarked.add(draft.id()));
                sent += rest.size();
                return;
            } catch (PublishException e) {
                rest = setAside(rest, e.refused());
            }
        }
    }

    /** What will never be taken must not keep others waiting; gives the others. */
    private List<Draft> setAside(List<Draft> drafts, Map<Integer, String> reasons) {
        List<Draft> others = new ArrayList<>();
        List<Letter> set = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            if (reasons.containsKey(i)) {
                set.add(letter(drafts.get(i), reasons.get(i)));
                unmarked.add(drafts.get(i).id());
            } else {
                others.add(drafts.get(i));
            }
        }
        letters.put(set);
        refused += set.size();
        return others;
    }

    private Letter letter(Draft draft, String reason) {
        return new Letter(draft.id(), "outbox", reason, null, null, null, -1, -1, clock.instant(), draft.message());
    }

    private void mark() {
        outbox.sent(unmarked);
        unmarked.clear();
    }

    boolean active() {
        return lease.held();
    }

    long sent() {
        return sent;
    }

    long refused() {
        return refused;
    }

    /** Lets another node send. */
    void release() {
        publisher.close();
        lease.release();
    }
}
