package io.github.camelaiflow.delivery.outbox;

import io.github.camelaiflow.delivery.StoredLetter;
import io.github.camelaiflow.store.DeadLetters;
import io.github.camelaiflow.store.DeadLetters.Letter;
import io.github.camelaiflow.store.Outbox;
import io.github.camelaiflow.store.Outbox.Draft;
import io.github.camelaiflow.store.Outbox.Waiting;
import io.github.camelaiflow.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a relay does again and again: sends some messages, if this node is the one to do so. Used by one thread. */
final class RelayStep {

    private static final Logger LOG = LoggerFactory.getLogger(RelayStep.class);

    /** Key of the document that says who sends. */
    static final String LEASE = "outbox/relay";

    private final Outbox outbox;
    private final DeadLetters letters;
    private final Lease lease;
    private final Publisher publisher;
    private final int most;
    private final InstantSource clock;
    private final LongSupplier nanos;
    /** Sent and not yet marked so. */
    private final List<String> unmarked = new ArrayList<>();

    private final Set<String> toldKept = new HashSet<>();
    /** Fewer after a publishing that failed, which over a slow line may have been too much to be answered in time. */
    private int atOnce;

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
        this.most = atOnce;
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
        if (!lease.keep(nanos.getAsLong())) {
            lost(had);
            return false;
        }
        mark();
        List<Waiting> next = outbox.next(0, atOnce);
        if (next.isEmpty()) {
            return false;
        }
        boolean opened = publisher.open();
        // Only who still holds the lease sends, and with all its time left
        if (!lease.take(nanos.getAsLong())) {
            lost(true);
            return false;
        }
        if (opened) {
            // That may have taken long: what waits now
            next = outbox.next(0, atOnce);
        }
        publish(next.stream().map(Waiting::draft).toList());
        mark();
        return true;
    }

    private void lost(boolean had) {
        if (had) {
            publisher.close();
        }
        unmarked.clear();
    }

    private void publish(List<Draft> drafts) throws Exception {
        if (drafts.isEmpty()) {
            return;
        }
        try {
            publisher.publish(drafts);
            drafts.forEach(draft -> unmarked.add(draft.id()));
            sent += drafts.size();
            atOnce = (int) Math.min(most, 2L * atOnce);
        } catch (PublishException e) {
            setAside(drafts, e.refused());
        } catch (Exception e) {
            atOnce = Math.max(1, drafts.size() / 2);
            throw e;
        }
    }

    /** What will never be taken must not keep others waiting, which are sent the next time. */
    private void setAside(List<Draft> drafts, Map<Integer, String> reasons) {
        List<Draft> ended = new ArrayList<>();
        List<Letter> set = new ArrayList<>();
        for (Map.Entry<Integer, String> each : new TreeMap<>(reasons).entrySet()) {
            Draft draft = drafts.get(each.getKey());
            ended.add(draft);
            if (isKept(draft)) {
                tellKept(draft, each.getValue());
            } else {
                set.add(letter(draft, each.getValue()));
            }
        }
        // Before they count as sent: they are asked about again if the store is away now
        letters.put(set);
        ended.forEach(draft -> unmarked.add(draft.id()));
        refused += ended.size();
    }

    /** A dead letter is in the store already: as a second letter its record would be replayed twice. */
    private boolean isKept(Draft draft) {
        Optional<String> letter = StoredLetter.ofMessage(draft.id());
        return letter.isPresent() && letters.get(letter.get()).isPresent();
    }

    private void tellKept(Draft draft, String reason) {
        if (toldKept.add(draft.destination() + " " + reason)) {
            LOG.warn(
                    "Topic {} never takes dead letter {} ({}): it is in the store, and not sent there; others follow without a word",
                    draft.destination(),
                    StoredLetter.ofMessage(draft.id()).orElseThrow(),
                    reason);
        }
    }

    private Letter letter(Draft draft, String reason) {
        return new Letter(
                draft.id(),
                DeadLetters.OUTBOX,
                reason,
                null,
                null,
                draft.destination(),
                -1,
                -1,
                clock.instant(),
                draft.message());
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
