package io.github.camelaiflow.rollout;

import io.github.camelaiflow.rollout.evidence.Judgement;
import io.github.camelaiflow.rollout.evidence.Observation;
import io.github.camelaiflow.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A flow's rollout: assigns records, gathers evidence, decides, and shares all that with the other nodes by the store. Thread-safe;
 * {@link #assign}, {@link #answered} and {@link #paired} never wait for the store.
 */
public final class Rollout implements AutoCloseable {

    private static final int LONGEST_REASON = 1000;

    private final RolloutPlan plan;
    private final Store store;
    private final Places places;
    private final Points arms;
    private final Points shadows;
    private final Gathered gathered;
    private final RolloutNode node;
    private final TrialStore log;
    private final Announcer announcer;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Picture picture;
    private volatile boolean drifting;
    private boolean closed;

    /**
     * Takes up the plan where the store has it, or begins it. If the store cannot be reached it is tried again at each tick, and until
     * then the serving version answers all records of a plan with a canary.
     *
     * @param node this node's name, unique among those sharing the store, and over restarts
     * @param ids gives ids unique over nodes and restarts
     * @param decided is told of each decision this node learns of since it started, its own or another's, once, in order; by the
     *     thread that ticks or decides, under no lock
     */
    public Rollout(
            RolloutPlan plan,
            Store store,
            InstantSource clock,
            String node,
            Supplier<String> ids,
            Consumer<RolloutDecision> decided) {
        this(plan, store, clock, node, ids, decided, Judgement::of);
    }

    Rollout(
            RolloutPlan plan,
            Store store,
            InstantSource clock,
            String node,
            Supplier<String> ids,
            Consumer<RolloutDecision> decided,
            RolloutNode.Judge judge) {
        String start = ids.get();
        this.plan = plan;
        this.store = store;
        this.places = new Places(plan.flow(), plan.identity());
        this.arms = new Points(plan.salt(), "arm", start);
        this.shadows = new Points(plan.salt(), "shadow", start);
        this.gathered = new Gathered(plan);
        this.announcer = new Announcer(decided);
        this.log = new TrialStore(
                store, places, plan.canary() == null ? 0 : plan.canary().steps().size());
        Decisions decisions = new Decisions(plan, node, clock, ids);
        SharedEvidence evidence = new SharedEvidence(store, places, node, start, gathered);
        Trial trial = plan.canary() == null ? null : new Trial(log, announcer);
        this.node = new RolloutNode(plan, clock, judge, evidence, trial, decisions, seen -> picture = seen);
        this.node.begin();
    }

    /** The version that answers a record of that key; the same for the same key while shares stay, and arms only grow. */
    public Assignment assign(String key) {
        return picture.arms().at(arms.of(key));
    }

    /** The versions that records are given to while they are compared. */
    public Set<String> arms() {
        Set<String> arms = new LinkedHashSet<>(plan.weights().keySet());
        arms.add(plan.serve());
        if (plan.canary() != null) {
            arms.add(plan.canary().version());
        }
        return arms;
    }

    /** The version that serves now: after a promotion the promoted one. */
    public String serving() {
        return picture.promoted() ? plan.canary().version() : plan.serve();
    }

    /** Whether shadows are asked for a record of that key; whichever arm it is assigned to. */
    public boolean shadowed(String key) {
        return !plan.shadows().isEmpty() && shadows.of(key) < plan.shadowShare();
    }

    /**
     * An arm answered, or failed to. Answers from a cache or by a stand-in are not told.
     *
     * @param assignment the one the record was given by {@link #assign}
     * @param key the record's key, by which it was assigned; {@code null} for none
     */
    public void answered(Assignment assignment, String key, Observation observation) {
        if (plan.canary() == null || picture.open()) {
            gathered.answered(assignment, key, observation);
        }
    }

    /**
     * A shadow answered a record too.
     *
     * @param served what the version made of it that serves by the plan; what a canary or variant made of it is not to be told
     */
    public void paired(String shadow, Observation served, Observation observation) {
        Picture now = picture;
        boolean onTrial = plan.canary() != null && plan.canary().version().equals(shadow);
        if (onTrial ? now.open() : !now.promoted()) {
            gathered.paired(shadow, served, observation);
        }
    }

    /** A label came, or an estimate of it, for a record that version had answered; the loss is from 0 (right) to 1 (wrong). */
    public void labelled(String version, double loss) {
        Picture now = picture;
        if (!now.promoted()) {
            gathered.labelled(version, loss, now.open());
        }
    }

    /** Whether the input of this node drifts: then the ramp and a promotion wait, on all nodes. */
    public void drifting(boolean now) {
        drifting = now;
    }

    /** As {@link #tick(boolean)}, of a node that decides. */
    public void tick() {
        tick(true);
    }

    /**
     * Shares evidence, learns what others did, judges and decides. Waits for the store; called about once a second.
     *
     * @param decides whether this node decides by verdict and schedule; one that doesn't leaves that to another. While the store is
     *     away it rolls back by verdict nevertheless, for nobody else can do that for it
     */
    public void tick(boolean decides) {
        lock.lock();
        try {
            if (!closed) {
                node.tick(drifting, decides);
            }
        } finally {
            lock.unlock();
        }
        announcer.tell();
    }

    /**
     * Decides by hand: PROMOTE and PAUSE while on trial, RESUME after PAUSE or HOLD, ROLL_BACK also after a promotion. RESUME after
     * HOLD gives the trial another horizon. A rollback is final.
     *
     * @param actor who decides, for the audit trail
     * @param reason why, for the audit trail; up to 1,000 characters
     * @return the decision
     * @throws RolloutException if the rollout's stage doesn't allow it, the canary to be promoted is established to be worse (it is
     *     rolled back then), or another node decided at the same time
     * @throws IllegalArgumentException if there is no actor, or it is called as verdict and schedule are, or the reason is too long
     * @throws io.github.camelaiflow.store.StoreException if the decision could not be made durable; then it isn't made, unless the
     *     store has it nevertheless, which the status shows once the store is back
     */
    public RolloutDecision decide(RolloutDecision.Action action, String actor, String reason) {
        checkActor(actor);
        String why = reason == null ? "" : reason;
        if (why.length() > LONGEST_REASON) {
            throw new IllegalArgumentException(
                    "a decision's reason must have at most " + LONGEST_REASON + " characters");
        }
        lock.lock();
        try {
            return node.decide(action, actor, why, drifting);
        } finally {
            lock.unlock();
            announcer.tell();
        }
    }

    private static void checkActor(String actor) {
        boolean someone = actor != null && !actor.isBlank() && actor.length() <= LONGEST_REASON;
        if (!someone || actor.equals(RolloutDecision.VERDICT) || actor.equals(RolloutDecision.SCHEDULE)) {
            throw new IllegalArgumentException("a decision by hand must say who decides, other than "
                    + RolloutDecision.VERDICT + " and " + RolloutDecision.SCHEDULE);
        }
    }

    /** Where the rollout stands, as of the last tick or decision. */
    public RolloutStatus status() {
        Picture now = picture;
        TrialState state = now.state();
        RolloutPlan.Canary canary = plan.canary();
        return new RolloutStatus(
                plan.flow(),
                serving(),
                canary == null ? null : canary.version(),
                state == null ? null : state.stage(),
                state == null ? -1 : state.step(),
                state == null ? 0 : state.share(canary),
                state == null ? null : state.since(),
                now.waiting(),
                now.judgements(),
                store.durable(),
                now.unwritten(),
                now.lost());
    }

    /**
     * The newest decisions, newest first, of all rollouts of the flow. Waits for the store.
     *
     * @throws io.github.camelaiflow.store.StoreException if it cannot be reached
     */
    public List<RolloutDecision> decisions(int limit) {
        return log.newest(limit);
    }

    /**
     * Deletes decisions made before, and what is left of the flow's rollouts that no node has used since. To be called more often than
     * the retention is long, which also shows that this rollout is in use. Waits for the store.
     *
     * @return how many entries and documents were deleted
     * @throws io.github.camelaiflow.store.StoreException if it cannot be reached
     */
    public int prune(Instant before) {
        return new Retention(store, places).prune(before);
    }

    /** Shares what evidence is left, if the store is there. The store stays open. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                node.leave();
            }
            closed = true;
        } finally {
            lock.unlock();
        }
        announcer.tell();
    }
}
