package io.github.camelaiflow.feedback.quality;

import io.github.camelaiflow.feedback.outcome.Loss;
import io.github.camelaiflow.feedback.outcome.Outcome;
import io.github.camelaiflow.feedback.outcome.Predicted;
import io.github.camelaiflow.statistics.Hash64;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes of an outcome what is kept of it. Not thread-safe. */
final class Scorer {

    static final int LABELS = 20;
    static final int SEGMENTS = 100;
    private static final Hash64 UNITS = new Hash64(0x7175616C697479L);

    private final QualityConfig config;
    private final Names labels;
    private final Names segments;

    Scorer(QualityConfig config) {
        this.config = config;
        List<String> declared = new ArrayList<>();
        if (config.positive() != null) {
            declared.add(config.positive());
        }
        declared.addAll(config.labels());
        labels = new Names(declared, LABELS);
        segments = new Names(config.segments(), SEGMENTS);
    }

    /** The segment's name; {@code null} without one. */
    Name segment(String segment) {
        return segments.of(segment);
    }

    /** The outcome's losses; {@code null} if prediction and truth are not of one kind, or the truth is no number. */
    Scored score(Outcome outcome, long position) {
        boolean classified = outcome.predicted().label() != null;
        boolean known = classified
                ? outcome.truth().label() != null
                : outcome.truth().label() == null
                        && Double.isFinite(outcome.truth().value());
        if (!known || (!classified && Double.isNaN(config.mostError()))) {
            return null;
        }
        return new Scored(
                position,
                outcome.predicted().version(),
                segment(outcome.predicted().segment()),
                labels.of(outcome.predicted().label()),
                labels.of(outcome.truth().label()),
                classified && outcome.predicted().label().equals(outcome.truth().label()),
                classified ? positiveScore(outcome.predicted()) : Double.NaN,
                loss(classified ? Loss.BRIER : Loss.ABSOLUTE_ERROR, outcome),
                loss(classified ? Loss.LOG_LOSS : Loss.SQUARED_ERROR, outcome),
                loss(config.harm().loss(), outcome),
                outcome.truth().selection(),
                unit(outcome),
                outcome.predicted().time(),
                outcome.truth().time());
    }

    /** A number from 0 to 1 that nothing but the prediction's id decides. */
    static double unit(Outcome outcome) {
        return (UNITS.of(outcome.predicted().id()) >>> 11) * 0x1p-53;
    }

    /** An answer that is no number is as wrong as can be: a model that gives NaN must not go unnoticed. */
    private double loss(Loss loss, Outcome outcome) {
        Predicted predicted = outcome.predicted();
        if (loss.regression()) {
            boolean number = predicted.label() != null || Double.isFinite(predicted.value());
            return number ? loss.of(outcome, config.mostError()) : 1;
        }
        boolean usable = loss == Loss.ERROR
                || predicted.label() == null
                || predicted.scores().values().stream().allMatch(Scorer::probability);
        return usable ? loss.of(outcome, config.mostError()) : 1;
    }

    private static boolean probability(Double score) {
        return score != null && score >= 0 && score <= 1;
    }

    /** NaN if it is none. */
    private double positiveScore(Predicted predicted) {
        if (config.positive() == null) {
            return Double.NaN;
        }
        Map<String, Double> scores = predicted.scores();
        Double known = scores.get(config.positive());
        if (known == null && scores.size() == 1) {
            known = 1 - scores.values().iterator().next();
        }
        return probability(known) ? known : Double.NaN;
    }
}
