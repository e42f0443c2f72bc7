package io.github.camelaiflow.rollout;

import io.github.camelaiflow.rollout.RolloutDecision.Stage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trial as this node knows it. The store's state is what counts: a decision is made by writing it over the state it was made
 * from, so of several nodes one wins and the others take up what it decided.
 *
 * <p>A rollback by verdict alone is in force on this node before it is written ({@link #rollBackHere}). Once the store is there it
 * is written over whatever was decided meanwhile, but for a rollback, which says the same, and a person's promotion, who decided
 * otherwise. Decisions have numbers; should a store come back with an older state, the newer is written again. Not thread-safe.
 */
final class Trial {

    private static final Logger LOG = LoggerFactory.getLogger(Trial.class);

    private final TrialStore store;
    private final Announcer announcer;

    private TrialState first;
    private TrialState known;
    private long revision;
    private TrialState unwritten;
    private RolloutDecision overruled;
    private long told;

    Trial(TrialStore store, Announcer announcer) {
        this.store = store;
        this.announcer = announcer;
    }

    /** What is in force on this node; {@code null} while it isn't known. */
    TrialState state() {
        return unwritten == null ? known : unwritten;
    }

    /** How many writings wait for the store. */
    int waiting() {
        return (unwritten == null ? 0 : 1) + (overruled == null ? 0 : 1);
    }

    /**
     * Learns what the others decided and writes what waits.
     *
     * @param start the first state, if there is none
     */
    void sync(Supplier<TrialState> start) {
        read();
        if (known == null) {
            first = first == null ? start.get() : first;
            write(first);
        }
        settle();
        tellNews();
    }

    /** Whether the decision was made; if not, another node's was and is known now. */
    boolean decide(TrialState next) {
        boolean made = write(next);
        tellNews();
        return made;
    }

    /** A rollback by verdict: in force here at once; it waits to be written. */
    void rollBackHere(TrialState next) {
        unwritten = next;
    }

    /** Tells of a rollback that the store could not be told of. */
    void tellUnwritten() {
        if (unwritten != null) {
            announcer.add(unwritten.decision());
        }
    }

    private void read() {
        Optional<TrialStore.Kept> kept = store.read();
        if (kept.isEmpty()) {
            revision = 0;
            restore();
            return;
        }
        revision = kept.get().revision();
        TrialState there = kept.get().state();
        if (known == null) {
            known = there;
            told = isFirst(there) ? 0 : there.number();
        } else if (there.number() < known.number()) {
            restore();
        } else if (!there.decision().id().equals(known.decision().id())) {
            told = Math.min(told, there.number() - 1);
            known = there;
        }
    }

    /** Whether this node began the trial, though writing that seemed to fail. */
    private boolean isFirst(TrialState there) {
        return first != null && there.decision().id().equals(first.decision().id());
    }

    private void restore() {
        if (known != null) {
            LOG.warn(
                    "The store has lost decision {} of rollout {}; it is written again",
                    known.number(),
                    known.decision().rollout());
            store.write(known, revision).ifPresent(now -> revision = now);
        }
    }

    private boolean write(TrialState next) {
        OptionalLong now = store.write(next, revision);
        if (now.isPresent()) {
            revision = now.getAsLong();
            known = next;
            return true;
        }
        read();
        // An earlier attempt may have been written though it seemed to fail.
        return known != null && known.decision().id().equals(next.decision().id());
    }

    private void settle() {
        if (unwritten != null && overrules(known, unwritten.decision())) {
            overruled = unwritten.decision().id().equals(known.decision().id()) ? null : unwritten.decision();
            unwritten = null;
        }
        if (unwritten != null && write(unwritten.after(known))) {
            unwritten = null;
        }
        if (overruled != null) {
            store.append(overruled);
            overruled = null;
        }
    }

    private static boolean overrules(TrialState there, RolloutDecision rollback) {
        return there.stage() == Stage.ROLLED_BACK
                || there.stage() == Stage.PROMOTED && there.decision().byHand();
    }

    private void tellNews() {
        if (known == null || told >= known.number()) {
            return;
        }
        if (known.number() - told > 1) {
            List<RolloutDecision> missed = store.numbered(known.decision().rollout(), told + 1, known.number() - 1);
            missed.forEach(announcer::add);
        }
        announcer.add(known.decision());
        told = known.number();
    }
}
