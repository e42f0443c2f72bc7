package io.github.camelaiflow.statistics.change;

import java.util.OptionalDouble;

/**
 * Learns its baseline from the first values, then watches the next ones against it. A change while it learns becomes part of the
 * baseline. As a baseline is learned anew after each reset, so is the budget kept anew: on average over what baselines might be.
 */
final class LearningDetector extends StreamDetector {

    private final int labels;
    private final BaselineLearner learner;
    private StreamDetector detector;

    LearningDetector(int labels, BaselineLearner learner) {
        this.labels = labels;
        this.learner = learner;
        this.detector = learner.detector();
    }

    private boolean learning() {
        return count() <= labels;
    }

    @Override
    void check(double value) {
        learner.check(value);
    }

    @Override
    ChangeStatus take(double value) {
        if (!learning()) {
            return detector.add(value);
        }
        learner.add(value);
        if (count() == labels) {
            detector = learner.detector();
        }
        return ChangeStatus.LEARNING;
    }

    @Override
    public double evidence() {
        return detector.evidence();
    }

    @Override
    public double threshold() {
        return detector.threshold();
    }

    @Override
    public long changedAgo() {
        return detector.changedAgo();
    }

    @Override
    public OptionalDouble falseAlarmWithin(long values) {
        return detector.falseAlarmWithin(values);
    }

    @Override
    void clear() {
        learner.clear();
        detector = learner.detector();
    }

    @Override
    void write(StateWriter to) {
        learner.write(to);
        DetectorState inner = detector.state();
        inner.longs().forEach(to::add);
        inner.doubles().forEach(to::add);
    }

    @Override
    void read(StateReader from) {
        learner.read(from, (int) Math.min(count(), labels));
        detector = learner.detector();
        detector.restore(from.rest());
    }
}
