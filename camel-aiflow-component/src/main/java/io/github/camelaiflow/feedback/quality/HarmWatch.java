package io.github.camelaiflow.feedback.quality;

import io.github.camelaiflow.statistics.RiseTest;
import io.github.camelaiflow.statistics.WeightedMean;
import java.time.Instant;

/**
 * Tests one version for harm: by labels, by estimates, each with its part of alpha. The sum of all parts, with the baseline's, is alpha, so that
 * the chance of ever finding harm falsely is at most that. Not thread-safe.
 *
 * <p>Estimates: if the lower bound of each window's estimate is wrong with a chance of at most δ whatever was before, then the event "lower
 * bound above what is harm" has at most that chance in a window without harm; evidence that it is more frequent is evidence of harm. So a
 * single window is never enough, and no chance is lost by the number of windows.
 */
final class HarmWatch {

    private static final double LABELS_SCALE = 2000;
    private static final double WINDOWS_SCALE = 20;

    private final String version;
    private final QualityConfig config;
    private final HarmRule rule;
    private final WeightedMean learnt;
    private final CurrentLoss current;
    private final EvidenceHistory history = new EvidenceHistory();
    private final RiseTest estimates;
    private double baseline;
    private double limit = Double.NaN;
    private RiseTest labels;
    private HarmSource source;
    private Instant foundAt;
    private long sinceLabel;
    private Instant since;
    private double estimated = Double.NaN;
    private double estimatedLower = Double.NaN;
    private long lastWindow = Long.MIN_VALUE;
    private double weights;

    HarmWatch(String version, QualityConfig config) {
        this.version = version;
        this.config = config;
        this.rule = config.harm();
        this.learnt = WeightedMean.ofValues(config.minSelection());
        this.current = new CurrentLoss(config.currentLabels(), config.minSelection());
        this.estimates = rule.estimates() ? new RiseTest(rule.estimateLevel(), 1, WINDOWS_SCALE) : null;
        this.baseline = rule.baseline().loss();
        if (rule.baseline().first() == 0) {
            begin(rule.baseline().upper(rule.baselineAlpha()));
        }
    }

    private void begin(double upper) {
        limit = upper;
        if (bound() < 1) {
            labels = new RiseTest(bound(), config.minSelection(), LABELS_SCALE);
        }
    }

    private double bound() {
        return limit + rule.margin();
    }

    /** Takes a matured label. */
    void add(Scored scored, Instant now) {
        if (Double.isNaN(scored.loss())) {
            return;
        }
        current.add(scored.loss(), scored.selection());
        if (Double.isNaN(limit)) {
            learn(scored);
        } else if (labels != null) {
            weights += config.minSelection() / scored.selection();
            labels.add(scored.loss(), scored.selection(), scored.predictedAt().toEpochMilli());
            double evidence = labels.logEvidence();
            history.add(labels.count(), now, evidence);
            found(labels, evidence, HarmSource.REALISED, now);
        }
    }

    private void learn(Scored scored) {
        learnt.add(scored.loss(), scored.selection());
        if (learnt.count() >= rule.baseline().first()) {
            baseline = learnt.mean();
            begin(learnt.upperLimit(rule.baselineAlpha()));
        }
    }

    /** Takes a window's estimate; windows that are not later than all before are not looked at. */
    void estimated(long window, double estimate, double lower, Instant at) {
        if (window <= lastWindow || estimates == null) {
            return;
        }
        lastWindow = window;
        estimated = estimate;
        estimatedLower = lower;
        if (!Double.isNaN(limit)) {
            estimates.add(lower > bound() ? 1 : 0, 1, window);
            found(estimates, estimates.logEvidence(), HarmSource.ESTIMATED, at);
        }
    }

    private void found(RiseTest test, double evidence, HarmSource by, Instant at) {
        if (source == null && evidence >= threshold()) {
            source = by;
            foundAt = at;
            sinceLabel = test.change();
            since = by == HarmSource.REALISED ? Instant.ofEpochMilli(test.mark()) : null;
        }
    }

    private double threshold() {
        return -Math.log(rule.testAlpha());
    }

    /** Whether harm was found. */
    boolean harm() {
        return source != null;
    }

    HarmVerdict verdict() {
        double needed = needed();
        long judged = labels == null ? 0 : labels.count();
        WeightedMean now = current.mean();
        double alpha = 1 - config.confidence();
        return new HarmVerdict(
                version,
                status(judged, needed),
                source,
                foundAt,
                since,
                sinceLabel,
                baseline,
                limit,
                bound(),
                now.mean(),
                now.lowerLimit(alpha / 2),
                now.upperLimit(alpha / 2),
                now.count(),
                judged,
                needed,
                judged == 0 ? 0 : labels.logEvidence(),
                threshold(),
                history.points(),
                estimated,
                estimatedLower,
                estimates == null ? 0 : estimates.logEvidence());
    }

    private QualityStatus status(long judged, double needed) {
        if (source != null) {
            return QualityStatus.HARM;
        }
        return judged >= needed ? QualityStatus.NONE : QualityStatus.INSUFFICIENT_DATA;
    }

    /** NaN if no number of labels is enough, or the baseline is not known yet. */
    private double needed() {
        if (labels == null) {
            return Double.NaN;
        }
        double chance = weights == 0 ? 1 : Math.min(1, config.minSelection() * labels.count() / weights);
        return labels.needed(Math.min(1, bound() + rule.margin()), chance, rule.testAlpha());
    }
}
