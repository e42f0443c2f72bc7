package io.github.camelaiflow.feedback.quality;

import io.github.camelaiflow.feedback.outcome.Explained;
import io.github.camelaiflow.feedback.outcome.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells a flow's quality from labels, and whether a version does harm. What it says is a function of the outcomes and their order alone: nodes that
 * are fed the same say the same, and after a restart the feed is fed again. How many predictions there were, estimates and explanations
 * are not part of the feed; each node says what it was told.
 *
 * <p>Memory is bounded: the last 20 versions by their labels, 100 segments, 20 labels, 50 windows of all records and 100 of segments a version,
 * 100,000 labels that wait to mature. About 3 MB a version with 100 segments and probabilities, 10 µs an outcome. Thread-safe; a report may hold up
 * the others for some hundred milliseconds.
 */
public final class QualityMonitor {

    static final int MOST_VERSIONS = 20;

    private final QualityConfig config;
    private final Clock clock;
    private final Scorer scorer;
    private final Maturing maturing;
    // Those that were fed last at the end.
    private final Map<String, VersionState> versions = new LinkedHashMap<>();
    private long outcomes;
    private long leftOut;
    private long tooRare;

    /** @param clock for the time of reports, and of what estimates find; nothing else depends on it */
    public QualityMonitor(QualityConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.scorer = new Scorer(config);
        this.maturing = new Maturing(config.maturity(), this::matured);
    }

    /**
     * Counts predictions, of all nodes together; without them it isn't known which share is labelled.
     *
     * Of a version that was not fed yet they count only where there is room: those that were are not dropped for it.
     *
     * @param segment {@code null} without segments
     * @param times how many were made about then
     * @return false if there is no room
     */
    public synchronized boolean predicted(String version, String segment, Instant at, long times) {
        if (versions.size() >= MOST_VERSIONS && !versions.containsKey(version)) {
            return false;
        }
        state(version).predicted(scorer.segment(segment), at, times);
        return true;
    }

    /**
     * From when on all of a version's predictions are counted by {@link #predicted}: labels of earlier ones are no part of the labelled share of
     * all records. Without it there are none.
     */
    public synchronized void complete(String version, Instant from) {
        VersionState state = versions.get(version);
        if (state != null) {
            state.complete(from);
        }
    }

    /** Takes the next outcomes of the feed, each once. */
    public synchronized void accept(List<Outcome> feed) {
        feed.forEach(this::accept);
    }

    private void accept(Outcome outcome) {
        outcomes++;
        if (outcome.truth().selection() < config.minSelection()) {
            tooRare++;
            return;
        }
        Scored scored = scorer.score(outcome, outcomes);
        if (scored == null) {
            leftOut++;
            return;
        }
        VersionState state = state(scored.version());
        versions.remove(scored.version());
        versions.put(scored.version(), state);
        state.add(scored);
        maturing.add(scored);
    }

    private void matured(Scored scored) {
        VersionState state = versions.get(scored.version());
        if (state != null) {
            state.matured(scored, maturing.now());
        }
    }

    private VersionState state(String version) {
        VersionState state = versions.computeIfAbsent(version, key -> new VersionState(key, config));
        if (versions.size() > MOST_VERSIONS) {
            versions.remove(versions.keySet().iterator().next());
        }
        return state;
    }

    /**
     * Whether this label is one of those that stand for all records alike, though records are chosen for labelling with different chances: of
     * each chance just so many do as if all had the least one. For who takes labels without their chances.
     */
    public boolean alike(Outcome outcome) {
        double chance = outcome.truth().selection();
        return chance >= config.minSelection() && Scorer.unit(outcome) < config.minSelection() / chance;
    }

    /**
     * Takes what was estimated without labels about a window's loss. Counts for harm only if the configuration says so, and then only whether the
     * lower bound is above what is harm.
     *
     * @param window its number, ascending; one that is not later than those before is not looked at
     * @param estimate the mean loss, in the unit of the rule's loss, from 0 to 1; NaN if it must not be believed
     * @param lower what it is at least, but for the configured chance, whatever the windows before said; NaN counts as no harm in this window
     */
    public synchronized void estimated(String version, long window, double estimate, double lower) {
        state(version).estimated(window, estimate, lower, clock.instant());
    }

    /** Takes what each field has to do with a version's change of quality, in place of what was said before; the first 100 are kept. */
    public synchronized void explained(String version, List<Explained> by) {
        state(version).explained(by);
    }

    /**
     * What is known now.
     *
     * @param serving the version that serves, whose status and action the report has
     */
    public synchronized QualityReport report(String serving) {
        List<VersionQuality> told = new ArrayList<>();
        versions.forEach((version, state) -> told.add(state.told(maturing.before())));
        QualityStatus status = told.stream()
                .filter(each -> each.version().equals(serving))
                .map(each -> each.harm().status())
                .findAny()
                .orElse(QualityStatus.INSUFFICIENT_DATA);
        return new QualityReport(
                status,
                status == QualityStatus.HARM ? config.harm().onHarm() : HarmAction.NONE,
                serving,
                told,
                config.confidence(),
                outcomes,
                leftOut,
                tooRare,
                maturing.waiting(),
                maturing.early(),
                maturing.age(),
                maturing.now().equals(Instant.MIN) ? null : maturing.now(),
                clock.instant());
    }
}
