package io.github.camelaiflow.rollout;

import io.github.camelaiflow.rollout.evidence.Observation;
import io.github.camelaiflow.store.Store;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A flow's rollout: assigns records, gathers evidence, decides, and shares all that with the other nodes by the store. Thread-safe;
 * {@link #assign}, {@link #answered} and {@link #paired} never wait for the store.
 */
public final class Rollout implements AutoCloseable {

    /**
     * Takes up the plan where the store has it, or begins it.
     *
     * @param node this node's name, unique among those sharing the store, and over restarts
     * @param ids gives ids unique over nodes and restarts
     * @param decided is told of each decision this node learns of, its own or another's, once, in order
     */
    public Rollout(
            RolloutPlan plan,
            Store store,
            InstantSource clock,
            String node,
            Supplier<String> ids,
            Consumer<RolloutDecision> decided) {
        throw new UnsupportedOperationException();
    }

    /** The version that answers a record of that key; the same for the same key while shares stay, and arms only grow. */
    public Assignment assign(String key) {
        throw new UnsupportedOperationException();
    }

    /** The version that serves now: after a promotion the promoted one. */
    public String serving() {
        throw new UnsupportedOperationException();
    }

    /** Whether shadows are asked for a record of that key. */
    public boolean shadowed(String key) {
        throw new UnsupportedOperationException();
    }

    /** An arm answered, or failed to. Answers from a cache or by a stand-in are not told. */
    public void answered(Assignment assignment, String key, Observation observation) {
        throw new UnsupportedOperationException();
    }

    /** A shadow answered a record too. */
    public void paired(String shadow, String key, Observation served, Observation observation) {
        throw new UnsupportedOperationException();
    }

    /** A label came, or an estimate of it, for a record that version had answered; the loss is from 0 (right) to 1 (wrong). */
    public void labelled(String version, double loss) {
        throw new UnsupportedOperationException();
    }

    /** Whether the input drifts: then the ramp and a promotion wait. */
    public void drifting(boolean drifting) {
        throw new UnsupportedOperationException();
    }

    /** Shares evidence, learns what others did, judges and decides. Waits for the store; called about once a second. */
    public void tick() {
        throw new UnsupportedOperationException();
    }

    /**
     * Decides by hand.
     *
     * @param actor who decides, for the audit trail
     * @param reason why, for the audit trail
     * @return the decision
     * @throws RolloutException if the rollout's stage doesn't allow it, or another node decided at the same time
     * @throws io.github.camelaiflow.store.StoreException if the decision could not be made durable; then it isn't made
     */
    public RolloutDecision decide(RolloutDecision.Action action, String actor, String reason) {
        throw new UnsupportedOperationException();
    }

    /** Where the rollout stands. */
    public RolloutStatus status() {
        throw new UnsupportedOperationException();
    }

    /** The newest decisions, newest first, of all rollouts of the flow. */
    public List<RolloutDecision> decisions(int limit) {
        throw new UnsupportedOperationException();
    }

    /** Shares what evidence is left, if the store is there. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
