package io.github.camelaiflow;

import io.github.camelaiflow.data.Prediction;
import io.github.camelaiflow.feedback.Feedback;
import io.github.camelaiflow.feedback.FeedbackCounts;
import io.github.camelaiflow.feedback.FeedbackListener;
import io.github.camelaiflow.feedback.Label;
import io.github.camelaiflow.feedback.LabelOutcome;
import io.github.camelaiflow.feedback.estimate.EstimatedMetric;
import io.github.camelaiflow.feedback.estimate.Metric;
import io.github.camelaiflow.feedback.estimate.PerformanceEstimate;
import io.github.camelaiflow.feedback.estimate.Trust;
import io.github.camelaiflow.feedback.outcome.Outcome;
import io.github.camelaiflow.feedback.outcome.Predicted;
import io.github.camelaiflow.feedback.quality.QualityMonitor;
import io.github.camelaiflow.feedback.quality.QualityReport;
import io.github.camelaiflow.store.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A flow's feedback at work: keeps answers, joins labels to them, judges quality by what was joined and by what is estimated, and tells
 * the flow. Thread-safe; nothing on an exchange's thread but labels waits for the store.
 */
final class FeedbackLoop implements FeedbackListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FeedbackLoop.class);
    /** Reports take at most a twentieth of the time, so that other flows have theirs; and come this often at least. */
    private static final long RESTS = 19;

    private static final long LONGEST_REST = 10_000_000_000L;

    private final Flow flow;
    private final Answers answers;
    private final LabelReader labels;
    private final QualityMonitor quality;
    private final Verdicts verdicts;
    private final Metric estimatedLoss;
    private final AtomicLong changes = new AtomicLong();
    private Feedback feedback;
    private Estimates estimates;
    private Attributions attributions;
    private volatile QualityReport report;
    private volatile PerformanceEstimate estimate;
    private final AtomicBoolean failureTold = new AtomicBoolean();
    private long reportedChanges = -1;
    private String reportedServing;
    private boolean reportedLeading;
    private long reportedAt = System.nanoTime();
    private long rest;
    private List<Outcome> read = new ArrayList<>();
    private final TrackedTold tracked;

    /** @param estimatedLoss what of an estimate is the loss that harm is judged by; {@code null} if estimates have no say */
    FeedbackLoop(
            Flow flow,
            Answers answers,
            LabelReader labels,
            QualityMonitor quality,
            Verdicts verdicts,
            Metric estimatedLoss) {
        this.flow = flow;
        this.answers = answers;
        this.labels = labels;
        this.quality = quality;
        this.verdicts = verdicts;
        this.estimatedLoss = estimatedLoss;
        this.tracked = new TrackedTold(quality);
        this.report = quality.report(null);
    }

    /** Begins, with what tells this loop of its work; estimates and attributions may be {@code null}. */
    FeedbackLoop with(
            Function<FeedbackListener, Feedback> joining,
            Function<Estimates.Receiver, Estimates> estimating,
            Attributions attributing) {
        attributions = attributing;
        estimates = estimating == null ? null : estimating.apply(this::estimated);
        feedback = joining.apply(this);
        return this;
    }

    LabelReader labels() {
        return labels;
    }

    /**
     * Keeps an answer until its label comes. Whatever goes wrong with that, the answer stands.
     *
     * @return false if this is closed: then who came after it may keep the answer
     */
    boolean predicted(Prediction prediction) {
        if (prediction.output() == null) {
            return true;
        }
        Predicted kept;
        try {
            kept = answers.kept(prediction);
        } catch (RuntimeException e) {
            notTracked();
            failed(e);
            return true;
        }
        if (!feedback.predicted(kept)) {
            return false;
        }
        if (estimates != null) {
            try {
                estimates.predicted(kept, prediction.input());
            } catch (RuntimeException e) {
                failed(e);
            }
        }
        return true;
    }

    /** Told without its message, which may show what is in the record. */
    private void failed(RuntimeException e) {
        if (!failureTold.getAndSet(true)) {
            LOG.warn("Flow {} cannot keep all of its answers for feedback: {}", flow.name(), e.getClass());
        }
    }

    @Override
    public void notTracked() {
        flow.observer().notTracked(1);
    }

    /** Takes over what one that is closed could not give to its store. */
    void continues(FeedbackLoop closed) {
        closed.feedback.unwritten().forEach(feedback::predicted);
    }

    /** As {@link Feedback#labelled}; told to observers. */
    List<LabelOutcome> labelled(List<Label> taken) {
        List<LabelOutcome> outcomes = feedback.labelled(taken);
        Map<LabelOutcome, Integer> counts = new LinkedHashMap<>();
        outcomes.forEach(outcome -> counts.merge(outcome, 1, Integer::sum));
        counts.forEach((outcome, count) -> flow.observer().labelled(outcome.name(), count));
        return outcomes;
    }

    @Override
    public void joined(Outcome outcome, double loss) {
        if (!Double.isNaN(loss) && quality.alike(outcome)) {
            flow.verdicts()
                    .labelled(outcome.predicted().version(), outcome.predicted().time(), loss);
        }
    }

    @Override
    public void outcome(Outcome outcome) {
        read.add(outcome);
    }

    private void estimated(String version, long window, PerformanceEstimate found) {
        estimate = found;
        Optional<EstimatedMetric> loss = estimatedLoss == null ? Optional.empty() : found.metric(estimatedLoss);
        if (loss.isPresent()) {
            // one that must not be believed counts as no harm: were it left out, chance would choose the windows that
            // count
            boolean believed = found.trust().verdict() == Trust.Verdict.BELIEVED;
            quality.estimated(
                    version,
                    window,
                    believed ? loss.get().value() : Double.NaN,
                    believed ? loss.get().lower() : Double.NaN);
        }
        changes.incrementAndGet();
    }

    /** Lets answers and labels meet, and judges quality anew if there is something new. On one thread. */
    void tick() {
        feedback.tick();
        List<Outcome> outcomes = read;
        read = new ArrayList<>();
        try {
            if (!outcomes.isEmpty()) {
                take(outcomes);
            }
            tracked.tell(feedback.tracked(), feedback.counts().time());
        } finally {
            judge();
        }
    }

    private void take(List<Outcome> outcomes) {
        quality.accept(outcomes);
        changes.incrementAndGet();
        if (estimates != null) {
            outcomes.forEach(estimates::labelled);
        }
        if (attributions != null) {
            attributions.accept(outcomes, quality);
        }
    }

    private void judge() {
        String serving = flow.parts().serving();
        long now = changes.get();
        boolean leading = flow.leads();
        boolean same = now == reportedChanges && Objects.equals(serving, reportedServing) && leading == reportedLeading;
        if (same || System.nanoTime() - reportedAt < rest) {
            return;
        }
        long start = System.nanoTime();
        QualityReport next = quality.report(serving);
        report = next;
        reportedAt = System.nanoTime();
        rest = Math.min(LONGEST_REST, RESTS * (reportedAt - start));
        try {
            if (leading) {
                tell(next);
            }
            reportedChanges = now;
            reportedServing = serving;
            reportedLeading = leading;
        } catch (StoreException e) {
            LOG.debug("Flow {} tells its verdict on quality later, its store is away", flow.name(), e);
        }
    }

    /** What is to be done is done before it is noted that it is: should this process end in between, another does it. */
    private void tell(QualityReport found) {
        if (verdicts.news(found.version(), found.status())) {
            flow.verdicts().act(found);
            if (verdicts.tell(found.version(), found.status())) {
                flow.verdicts().judged(found);
            }
        }
    }

    /** What was known at the last tick. */
    QualityReport report() {
        return report;
    }

    /** The last window's estimate; {@code null} if there is none. */
    PerformanceEstimate estimate() {
        return estimate;
    }

    FeedbackCounts counts() {
        return feedback.counts();
    }

    @Override
    public void close() {
        feedback.close();
    }
}
