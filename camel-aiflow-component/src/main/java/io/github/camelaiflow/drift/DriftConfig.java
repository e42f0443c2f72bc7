package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.multivariate.MultivariateTest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How a flow's drift is watched. Immutable; begin with {@link #DEFAULT}. Two that say the same are equal.
 *
 * <p><b>Budget.</b> {@code falseAlarms} is how many records go by on average between two false alarms, over all fields, tests and
 * segments together, where each verdict DRIFTED counts as an alarm. A verdict is tested at level {@code n / falseAlarms}, where
 * n is how many records came since the window moved last: a whole window's records if windows are tumbling, a pane's if they slide. By
 * linearity, N records then hold at most N / falseAlarms false alarms on average, whatever the windows have in common, and however the
 * records are spread over segments. A record that is odd by chance stays in a sliding window for as many verdicts as it has
 * panes, so false alarms of sliding windows come in runs and the runs are rarer still.
 */
public final class DriftConfig {

    /** More panes would cost memory without telling more. */
    public static final int MAX_PANES = 16;

    /** Tumbling windows of 1,000 records, a false alarm every 10,000 records or more seldom, all fields, no segments. */
    public static final DriftConfig DEFAULT = new DriftConfig(new Draft());

    /** Above it a window would say more about chance than about the data. */
    private static final double HIGHEST_LEVEL = 0.1;

    private final int windowRecords;
    private final Duration windowTime;
    private final int panes;
    private final double falseAlarms;
    private final List<String> fields;
    private final Segments segments;
    private final long seed;
    private final TestPlan tests;
    private final List<MultivariateTest> multivariate;
    private final boolean sequential;
    private final String compatible;

    /** What is being changed. */
    private static final class Draft {
        private int windowRecords = 1000;
        private Duration windowTime;
        private int panes = 1;
        private double falseAlarms = 10_000;
        private List<String> fields = List.of();
        private Segments segments = Segments.NONE;
        private long seed;
        private TestPlan tests = TestPlan.DEFAULT;
        private List<MultivariateTest> multivariate = List.of();
        private boolean sequential;
        private String compatible;
    }

    private DriftConfig(Draft draft) {
        windowRecords = draft.windowRecords;
        windowTime = draft.windowTime;
        panes = draft.panes;
        falseAlarms = draft.falseAlarms;
        fields = List.copyOf(draft.fields);
        segments = Objects.requireNonNull(draft.segments, "segments");
        seed = draft.seed;
        tests = Objects.requireNonNull(draft.tests, "tests");
        multivariate = List.copyOf(draft.multivariate);
        sequential = draft.sequential;
        compatible = draft.compatible;
        checkWindow();
        if (!(falseAlarms > 0) || Double.isInfinite(falseAlarms)) {
            throw new IllegalArgumentException("falseAlarms must be a number of records above 0, was " + falseAlarms);
        }
    }

    private void checkWindow() {
        if (windowRecords < 0 || (windowRecords > 0) == (windowTime != null)) {
            throw new IllegalArgumentException("window must be a number of records above 0 or a time, was "
                    + windowRecords + " and " + windowTime);
        }
        if (panes < 1 || panes > MAX_PANES) {
            throw new IllegalArgumentException("panes must be from 1 to " + MAX_PANES + ", was " + panes);
        }
        if (windowTime != null && windowTime.dividedBy(panes).compareTo(Duration.ZERO) <= 0) {
            throw new IllegalArgumentException("window must be longer than 0, was " + windowTime);
        }
        if (windowRecords % panes != 0) {
            throw new IllegalArgumentException(
                    "window must be a multiple of panes, was " + windowRecords + " records in " + panes + " panes");
        }
    }

    private DriftConfig with(Consumer<Draft> change) {
        Draft draft = new Draft();
        draft.windowRecords = windowRecords;
        draft.windowTime = windowTime;
        draft.panes = panes;
        draft.falseAlarms = falseAlarms;
        draft.fields = fields;
        draft.segments = segments;
        draft.seed = seed;
        draft.tests = tests;
        draft.multivariate = multivariate;
        draft.sequential = sequential;
        draft.compatible = compatible;
        change.accept(draft);
        return new DriftConfig(draft);
    }

    /** This, with tumbling windows of so many records; at least 1. */
    public DriftConfig withWindow(int records) {
        return withWindow(records, 1);
    }

    /** This, with tumbling windows of such a length; above 0. */
    public DriftConfig withWindow(Duration time) {
        return withWindow(time, 1);
    }

    /**
     * This, with windows of so many records that move on by a pane.
     *
     * @param records at least 1, a multiple of panes
     * @param panes how many parts a window consists of, 1 to {@value #MAX_PANES}: a verdict comes with each part, about that and the
     *     ones before. 1 is a tumbling window
     * @throws IllegalArgumentException naming what is wrong
     */
    public DriftConfig withWindow(int records, int panes) {
        return with(draft -> {
            draft.windowRecords = records;
            draft.windowTime = null;
            draft.panes = panes;
        });
    }

    /** As {@link #withWindow(int, int)}, with windows of such a length; above 0. */
    public DriftConfig withWindow(Duration time, int panes) {
        return with(draft -> {
            draft.windowRecords = 0;
            draft.windowTime = time;
            draft.panes = panes;
        });
    }

    /** This, with so many records between two false alarms on average; above 0. */
    public DriftConfig withFalseAlarms(double records) {
        return with(draft -> draft.falseAlarms = records);
    }

    /** This, watching these fields only; empty for all the reference has. */
    public DriftConfig withFields(List<String> names) {
        return with(draft -> draft.fields = names);
    }

    /** This, with windows and verdicts for each segment; {@link Segments#NONE} for all records together. */
    public DriftConfig withSegments(Segments value) {
        return with(draft -> draft.segments = value);
    }

    /** This, with another seed. */
    public DriftConfig withSeed(long value) {
        return with(draft -> draft.seed = value);
    }

    /** This, with other tests. */
    public DriftConfig withTests(TestPlan plan) {
        return with(draft -> draft.tests = plan);
    }

    /** This, with tests of all columns together, which need raw rows of the reference; none for an empty list. */
    public DriftConfig withMultivariate(List<MultivariateTest> more) {
        return with(draft -> draft.multivariate = more);
    }

    /** This, with a conformal detector a column beside the windows. */
    public DriftConfig withSequential(boolean also) {
        return with(draft -> draft.sequential = also);
    }

    /**
     * This, with what {@code evidently} or {@code nannyml} would say beside each verdict, which needs raw rows of the reference;
     * {@code null} for neither.
     */
    public DriftConfig withCompatible(String library) {
        return with(draft -> draft.compatible = library);
    }

    /** How many records make a window; 0 if a window is a stretch of time. */
    public int windowRecords() {
        return windowRecords;
    }

    /** How long a window lasts; {@code null} if it is a number of records. */
    public Duration windowTime() {
        return windowTime;
    }

    /** How many panes a window has. */
    public int panes() {
        return panes;
    }

    /** How many records go by on average between two false alarms. */
    public double falseAlarms() {
        return falseAlarms;
    }

    /** Names of the fields to watch; empty for all the reference has. */
    public List<String> fields() {
        return fields;
    }

    /** What is watched apart. */
    public Segments segments() {
        return segments;
    }

    /** Of every random choice. */
    public long seed() {
        return seed;
    }

    /** Tests of all columns together. */
    public List<MultivariateTest> multivariate() {
        return multivariate;
    }

    /** Whether a conformal detector a column runs beside the windows. */
    public boolean sequential() {
        return sequential;
    }

    /** Whose definitions are told besides; {@code null} for none. */
    public String compatible() {
        return compatible;
    }

    /** Among how many ways to look the budget is shared evenly: field by field, all columns together, sequentially. */
    int shares() {
        return 1 + (multivariate.isEmpty() ? 0 : 1) + (sequential ? 1 : 0);
    }

    /** Which tests are done, and how they share the budget. */
    public TestPlan tests() {
        return tests;
    }

    /**
     * The chance a verdict may have of a false alarm: the share {@code records / falseAlarms} of the budget, at most 0.1.
     *
     * <p>Why the budget holds. Whatever the reference that was drawn, a verdict is a false alarm with some chance p(R). The tests keep
     * the average of p(R) over references at or below the level. Each record is in the newest part of exactly one window of exactly
     * one segment, so the levels of all verdicts about N records add up to N / falseAlarms at most, and the expected number of
     * false alarms with them: linearity needs no independence, so neither overlap nor segments matter. Given the reference, tumbling
     * windows are independent, so the run length is 1/p(R) windows on average; 1/p is convex, so by Jensen's inequality the average
     * run length is at least {@code falseAlarms} records. For sliding windows the same follows from Kac's recurrence lemma (M. Kac, "On the
     * notion of recurrence in discrete stochastic processes", 1947): in a stationary sequence the mean distance of two alarms
     * is 1/p(R).
     *
     * @param records how many came since the window moved last
     */
    double level(long records) {
        return Math.min(HIGHEST_LEVEL, records / falseAlarms);
    }

    private List<Object> parts() {
        return List.of(
                windowRecords,
                Objects.requireNonNullElse(windowTime, Duration.ZERO),
                panes,
                falseAlarms,
                fields,
                segments,
                seed,
                tests,
                multivariate,
                sequential,
                Objects.requireNonNullElse(compatible, ""));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DriftConfig config && parts().equals(config.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    @Override
    public String toString() {
        return "DriftConfig" + parts();
    }
}
