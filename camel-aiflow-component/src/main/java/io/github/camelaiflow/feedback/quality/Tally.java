package io.github.camelaiflow.feedback.quality;

import io.github.camelaiflow.feedback.quality.Metric.Bound;
import io.github.camelaiflow.feedback.quality.Metric.Kind;
import io.github.camelaiflow.statistics.RankingQuality;
import io.github.camelaiflow.statistics.WeightedMean;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;

/**
 * Metrics of some outcomes, in memory that doesn't grow with their number. Not thread-safe.
 *
 * <p>Why precision and recall are means that can be bet on. Let an outcome come in two steps: first the predicted label, then the true one.
 * Of those predicted to be positive, whether it is true is an event whose chance, given all before and the prediction, is the precision; all
 * others put no stake. For recall first the true label comes, then the predicted one. Either is a martingale in the order of the feed,
 * as each outcome is taken whole: nobody looks in between.
 */
final class Tally {

    private final QualityConfig config;
    private final Map<Name, WeightedMean> precisions = new TreeMap<>(Comparator.comparingInt(Name::number));
    private final Map<Name, WeightedMean> recalls = new TreeMap<>(Comparator.comparingInt(Name::number));
    private final WeightedMean accuracy;
    private final WeightedMean[] losses = new WeightedMean[4];
    private RankingQuality ranking;
    private long count;
    /** Whether there are labels that nothing is kept of. */
    private boolean beyond;

    private List<Metric> told;

    Tally(QualityConfig config) {
        this.config = config;
        accuracy = WeightedMean.ofEvents(config.minSelection());
    }

    long count() {
        return count;
    }

    void add(Scored scored) {
        count++;
        told = null;
        if (scored.classified()) {
            classified(scored);
        }
        int kind = scored.classified() ? 0 : 2;
        loss(kind, scored.first(), scored.selection());
        loss(kind + 1, scored.second(), scored.selection());
    }

    private void loss(int kind, double loss, double selection) {
        if (!Double.isNaN(loss)) {
            if (losses[kind] == null) {
                losses[kind] = WeightedMean.ofValues(config.minSelection());
            }
            losses[kind].add(loss, selection);
        }
    }

    private void classified(Scored scored) {
        double right = scored.right() ? 1 : 0;
        accuracy.add(right, scored.selection());
        beyond |= scored.predicted() == Names.OTHERS || scored.actual() == Names.OTHERS;
        event(precisions, scored.predicted(), right, scored.selection());
        event(recalls, scored.actual(), right, scored.selection());
        if (!Double.isNaN(scored.positiveScore())) {
            if (ranking == null) {
                ranking = new RankingQuality();
            }
            ranking.add(
                    scored.positiveScore(),
                    scored.actual().value().equals(config.positive()),
                    config.minSelection() / scored.selection());
        }
    }

    private void event(Map<Name, WeightedMean> of, Name label, double right, double selection) {
        boolean told = config.positive() == null
                ? label != Names.OTHERS
                : label.value().equals(config.positive());
        if (told) {
            of.computeIfAbsent(label, key -> WeightedMean.ofEvents(config.minSelection()))
                    .add(right, selection);
        }
    }

    /** All that can be told; empty without outcomes. Computed once for the same outcomes. */
    List<Metric> metrics() {
        if (told == null) {
            told = List.copyOf(compute());
        }
        return told;
    }

    private List<Metric> compute() {
        double alpha = 1 - config.confidence();
        List<Metric> metrics = new ArrayList<>();
        add(metrics, Kind.ACCURACY, null, accuracy, alpha);
        precisions.forEach((label, mean) -> add(metrics, Kind.PRECISION, label, mean, alpha));
        recalls.forEach((label, mean) -> add(metrics, Kind.RECALL, label, mean, alpha));
        precisions.forEach((label, mean) -> {
            if (recalls.containsKey(label)) {
                metrics.add(f1(label, mean, recalls.get(label), alpha / 2));
            }
        });
        if (config.positive() == null && !beyond) {
            macro(metrics, Kind.MACRO_PRECISION, precisions, alpha);
            macro(metrics, Kind.MACRO_RECALL, recalls, alpha);
        }
        Kind[] kinds = {Kind.BRIER, Kind.LOG_LOSS, Kind.ABSOLUTE_ERROR, Kind.SQUARED_ERROR};
        for (int i = 0; i < losses.length; i++) {
            add(metrics, kinds[i], null, losses[i], alpha);
        }
        if (ranking != null && !Double.isNaN(ranking.area())) {
            metrics.add(area());
        }
        return metrics;
    }

    private static void add(List<Metric> metrics, Kind kind, Name label, WeightedMean mean, double alpha) {
        if (mean != null && mean.count() > 0) {
            metrics.add(new Metric(
                    kind,
                    label,
                    mean.mean(),
                    mean.lowerLimit(alpha / 2),
                    mean.upperLimit(alpha / 2),
                    Bound.EXACT,
                    mean.count()));
        }
    }

    /** F1 rises with both, so it lies between that of both lower and that of both upper ends: each interval at half of alpha. */
    private static Metric f1(Name label, WeightedMean precision, WeightedMean recall, double alpha) {
        return new Metric(
                Kind.F1,
                label,
                harmonic(precision.mean(), recall.mean()),
                harmonic(precision.lowerLimit(alpha / 2), recall.lowerLimit(alpha / 2)),
                harmonic(precision.upperLimit(alpha / 2), recall.upperLimit(alpha / 2)),
                Bound.EXACT,
                precision.count() + recall.count());
    }

    private static double harmonic(double a, double b) {
        return a + b == 0 ? 0 : 2 * a * b / (a + b);
    }

    /** The k-th label's interval at alpha/k(k + 1), which sum to at most alpha: then all hold, and so does the mean of their ends. */
    private static void macro(List<Metric> metrics, Kind kind, Map<Name, WeightedMean> means, double alpha) {
        if (means.isEmpty()) {
            return;
        }
        metrics.add(new Metric(
                kind,
                null,
                mean(means, (label, mean) -> mean.mean()),
                mean(means, (label, mean) -> mean.lowerLimit(part(alpha, label) / 2)),
                mean(means, (label, mean) -> mean.upperLimit(part(alpha, label) / 2)),
                Bound.EXACT,
                means.values().stream().mapToLong(WeightedMean::count).sum()));
    }

    private static double part(double alpha, Name label) {
        return alpha / label.number() / (label.number() + 1);
    }

    private static double mean(Map<Name, WeightedMean> means, ToDoubleBiFunction<Name, WeightedMean> of) {
        return means.entrySet().stream()
                .mapToDouble(entry -> of.applyAsDouble(entry.getKey(), entry.getValue()))
                .average()
                .orElseThrow();
    }

    private Metric area() {
        double area = ranking.area();
        double margin = ranking.margin(config.confidence());
        boolean known = !Double.isNaN(margin);
        return new Metric(
                Kind.AUC,
                null,
                area,
                known ? Math.max(0, area - margin) : 0,
                known ? Math.min(1, area + margin) : 1,
                Bound.ASYMPTOTIC,
                ranking.count());
    }
}
