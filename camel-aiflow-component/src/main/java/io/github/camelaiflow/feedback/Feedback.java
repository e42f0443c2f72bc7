package io.github.camelaiflow.feedback;

import io.github.camelaiflow.feedback.Sums.Kind;
import io.github.camelaiflow.feedback.outcome.LabelDelays;
import io.github.camelaiflow.feedback.outcome.Outcome;
import io.github.camelaiflow.feedback.outcome.Predicted;
import io.github.camelaiflow.store.JoinTable;
import io.github.camelaiflow.store.JoinTable.Joined;
import io.github.camelaiflow.store.JoinTable.Right;
import io.github.camelaiflow.store.JoinTable.Verdict;
import io.github.camelaiflow.store.Store;
import io.github.camelaiflow.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins a flow's late labels to its predictions, by all nodes of the flow together: at most once, in any order, through the store. Thread-safe.
 * {@link #predicted} never waits for the store; labels are durable when {@link #labelled} returns; {@link #tick} does what is left to do.
 */
public final class Feedback implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Feedback.class);
    private static final int LABELS = 500;

    private final String flow;
    private final FeedbackConfig config;
    private final JoinTable table;
    private final InstantSource clock;
    private final Executor executor;
    private final FeedbackListener listener;
    private final PredictionBuffer buffer;
    private final Ledger ledger;
    private final DelayTally tally;
    private final Upkeep upkeep;
    private final ReentrantLock ticking = new ReentrantLock();
    private final AtomicBoolean flushing = new AtomicBoolean();
    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicBoolean lossTold = new AtomicBoolean();
    private volatile boolean closed;

    /**
     * Reaches for the store only when something else is called.
     *
     * @param flow the flow's name
     * @param store shared by the flow's nodes
     * @param writer names this process, unlike all others that run
     * @param executor writes predictions when many have come; must not run them on the caller's thread
     */
    public Feedback(
            String flow,
            FeedbackConfig config,
            Store store,
            InstantSource clock,
            String writer,
            Executor executor,
            FeedbackListener listener) {
        this.flow = flow;
        this.config = config;
        String space = "feedback/" + Names.of(flow);
        this.table = store.joins(space);
        this.clock = clock;
        this.executor = executor;
        this.listener = listener;
        this.tally = new DelayTally(config.limit());
        this.ledger = new Ledger(store, space, writer);
        this.buffer = new PredictionBuffer(config.buffer(), table, this::tracked, this::notTracked);
        this.upkeep = new Upkeep(config, table, store.durable(), ledger, tally, this::outcome);
    }

    /**
     * A model answered. Never waits for the store and never throws: if the store hasn't taken what came before and the buffer is full, the
     * prediction is not tracked, which is counted.
     *
     * @return false if this is closed: then nothing became of the prediction, and nothing was counted
     */
    public boolean predicted(Predicted predicted) {
        if (closed) {
            return false;
        }
        boolean joinable = predicted.label() != null || !Double.isNaN(predicted.value());
        if (!joinable || !buffer.offer(predicted)) {
            notTracked();
        } else if (closed && buffer.withdraw(predicted)) {
            // who closed it meanwhile may not have seen it
            return false;
        } else if (buffer.size() >= PredictionBuffer.BATCH && flushing.compareAndSet(false, true)) {
            flushElsewhere();
        }
        return true;
    }

    /** As {@link #predicted(Predicted)}, one after the other. */
    public void predicted(List<Predicted> predictions) {
        predictions.forEach(this::predicted);
    }

    private void flushElsewhere() {
        try {
            executor.execute(() -> {
                try {
                    flush();
                } finally {
                    flushing.set(false);
                }
            });
        } catch (RejectedExecutionException e) {
            // the next tick writes them
            flushing.set(false);
        }
    }

    private void tracked(Predicted predicted) {
        long cohort = tally.cohort(predicted.time());
        long span = Made.start(predicted.time(), Made.span(config.retention()));
        ledger.count(sums -> sums.addTracked(predicted.version(), cohort, span));
    }

    private void notTracked() {
        ledger.count(sums -> sums.add(Kind.NOT_TRACKED, 1));
        listener.notTracked();
        if (!lossTold.getAndSet(true)) {
            LOG.warn(
                    "Flow {} makes predictions that cannot be tracked for feedback; they are counted as notTracked",
                    flow);
        }
    }

    /**
     * Joins labels, or keeps them until their prediction comes. What is in the buffer is written first, so that a label finds each prediction
     * this node made before; one that another node has in its buffer is joined when that node writes it. Waits for the store. All is durable
     * when this returns, and saying the same again does no harm: {@link LabelOutcome#DUPLICATE}.
     *
     * @return one outcome a label, in order
     * @throws StoreException if the store cannot be reached: some labels may have been taken, and trying again with all of them is right
     * @throws IllegalArgumentException if a label's text is no proper Unicode; then none was taken
     */
    public List<LabelOutcome> labelled(List<Label> labels) {
        Instant now = clock.instant();
        List<Right> halves =
                labels.stream().map(label -> Codec.right(label, now)).toList();
        List<LabelOutcome> outcomes = new ArrayList<>(labels.size());
        List<Joined> before = new ArrayList<>();
        List<Pair> joined = new ArrayList<>();
        try {
            buffer.flush(before);
            for (int from = 0; from < halves.size(); from += LABELS) {
                List<Right> part = halves.subList(from, Math.min(halves.size(), from + LABELS));
                List<JoinTable.Outcome> answers = table.right(part);
                for (int i = 0; i < part.size(); i++) {
                    List<Pair> pairs = pairs(answers.get(i).pairs());
                    outcomes.add(outcome(part.get(i), answers.get(i).verdict(), pairs, now));
                    joined.addAll(pairs);
                }
            }
        } finally {
            count(outcomes);
            tell(pairs(before));
            tell(joined);
        }
        return outcomes;
    }

    private List<Pair> pairs(List<Joined> joined) {
        return joined.stream().map(one -> Pair.of(one, config.limit())).toList();
    }

    private LabelOutcome outcome(Right half, Verdict verdict, List<Pair> pairs, Instant now) {
        return switch (verdict) {
            case JOINED -> pairs.stream().allMatch(Pair::late) ? LabelOutcome.LATE : LabelOutcome.JOINED;
            case WAITING -> half.time().isBefore(now.minus(config.limit())) ? LabelOutcome.LATE : LabelOutcome.WAITING;
            case DUPLICATE -> LabelOutcome.DUPLICATE;
            case CONTRADICTION -> LabelOutcome.CONTRADICTION;
        };
    }

    private void count(List<LabelOutcome> outcomes) {
        ledger.count(sums -> outcomes.forEach(outcome -> {
            switch (outcome) {
                case DUPLICATE -> sums.add(Kind.DUPLICATES, 1);
                case CONTRADICTION -> sums.add(Kind.CONTRADICTIONS, 1);
                case LATE -> sums.add(Kind.LATE, 1);
                default -> {
                    // seen in the table
                }
            }
        }));
    }

    private void tell(List<Pair> joined) {
        for (Pair pair : joined) {
            if (pair.outcome() != null && !pair.late()) {
                told(pair.outcome(), outcome -> listener.joined(outcome, config.loss(outcome)));
            }
        }
    }

    private void outcome(Pair pair) {
        if (pair.outcome() != null && !pair.late()) {
            told(pair.outcome(), listener::outcome);
        }
    }

    private void told(Outcome outcome, Consumer<Outcome> to) {
        try {
            to.accept(outcome);
        } catch (RuntimeException e) {
            LOG.warn("A listener of flow {}'s feedback failed", flow, e);
        }
    }

    /** Writes the buffered predictions to the store; called a few times a second. Waits for the store, never throws if it is away. */
    public void flush() {
        List<Joined> joined = new ArrayList<>();
        try {
            buffer.flush(joined);
        } catch (StoreException e) {
            away(e);
        } finally {
            tell(pairs(joined));
        }
    }

    /**
     * Writes the buffered predictions, reads on in what was joined, and every ten seconds gives up what has waited for too long and counts.
     * Called about once a second, or more often. Waits for the store; if it is away, the next tick goes on.
     */
    public void tick() {
        flush();
        ticking.lock();
        try {
            if (!closed) {
                upkeep.run(clock.instant());
                away.set(false);
            }
        } catch (StoreException e) {
            away(e);
        } finally {
            ticking.unlock();
        }
    }

    private void away(StoreException e) {
        if (!away.getAndSet(true)) {
            LOG.warn("Feedback of flow {} waits for its store: {}", flow, e.getMessage());
        }
    }

    /** The counts as of the last time they were made, about every ten seconds; doesn't wait. */
    public FeedbackCounts counts() {
        return upkeep.counts().buffered(buffer.size());
    }

    /**
     * When the predictions of {@link #counts} were made, by version, as far back as pairs are kept: each had its label in what this tells after a
     * restart, if it has one. Of the 50 versions that answered last; doesn't wait.
     */
    public List<TrackedSpan> tracked() {
        return List.copyOf(upkeep.tracked());
    }

    /** How long labels take, as of the last time the counts were made; doesn't wait. */
    public LabelDelays delays() {
        return upkeep.delays();
    }

    /** Writes what is left, if the store is there; what comes from now on is not taken. The store stays open. */
    @Override
    public void close() {
        closed = true;
        flush();
        ticking.lock();
        try {
            upkeep.share(clock.instant());
        } catch (StoreException e) {
            away(e);
        } finally {
            ticking.unlock();
        }
    }

    /** Once this is closed: the predictions that the store may not have, to be given to who comes after. */
    public List<Predicted> unwritten() {
        return buffer.drain();
    }
}
