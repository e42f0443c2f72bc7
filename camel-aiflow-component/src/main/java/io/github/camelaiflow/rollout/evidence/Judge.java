package io.github.camelaiflow.rollout.evidence;

import io.github.camelaiflow.rollout.evidence.Guardrail.Kind;
import io.github.camelaiflow.rollout.evidence.Judgement.Guarded;
import io.github.camelaiflow.rollout.evidence.Judgement.Status;
import io.github.camelaiflow.statistics.ArmDifference;
import io.github.camelaiflow.statistics.BoundedMean;
import java.util.Comparator;
import java.util.List;

/** Judges a state. */
final class Judge {

    private static final double MISMATCH_ALPHA = 0.001;
    private static final double LARGEST_LOG = 700;

    private final EvidenceState state;
    private final double alpha;

    Judge(EvidenceState state, double alpha) {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha must be above 0 and below 1, was " + alpha);
        }
        this.state = state;
        this.alpha = alpha;
    }

    /** @param bounds whether bounds are wanted, which cost most of the time */
    Judgement judge(List<Guardrail> guardrails, boolean bounds) {
        if (guardrails.isEmpty()) {
            throw new IllegalArgumentException("a judgement needs at least one guardrail");
        }
        List<Guarded> judged = guardrails.stream()
                .map(guardrail ->
                        judge(state.findings(guardrail).orElseGet(() -> new Findings(guardrail)), guardrail, bounds))
                .toList();
        double evidence = judged.stream().mapToDouble(Guarded::worse).average().orElseThrow();
        boolean mismatch = state.ratio().logEvidence() >= -Math.log(MISMATCH_ALPHA);
        return new Judgement(verdict(judged, evidence, mismatch), evidence, 1 / alpha, judged, mismatch);
    }

    private Status verdict(List<Guarded> judged, double evidence, boolean mismatch) {
        if (evidence >= 1 / alpha) {
            return Status.WORSE;
        }
        if (judged.stream().allMatch(guarded -> guarded.status() == Status.NO_DATA)) {
            return Status.NO_DATA;
        }
        boolean excluded = judged.stream()
                .filter(guarded -> guarded.guardrail().required() || guarded.status() != Status.NO_DATA)
                .allMatch(guarded -> guarded.status() != Status.NO_DATA && guarded.notWorse() >= 1 / alpha);
        return excluded && !mismatch ? Status.NOT_WORSE : Status.UNDECIDED;
    }

    private Guarded judge(Findings found, Guardrail guardrail, boolean bounds) {
        return switch (guardrail.kind()) {
            case ERRORS, INVALID -> rate(found, guardrail, bounds);
            case LATENCY -> latency(found, guardrail);
            case SCORES -> scores(found, guardrail);
            case AGREEMENT, QUALITY -> mean(found, guardrail, bounds);
        };
    }

    private Guarded rate(Findings found, Guardrail guardrail, boolean bounds) {
        ArmDifference difference = found.difference(0);
        return guarded(
                guardrail,
                rate(difference, false),
                rate(difference, true),
                difference.records(false),
                difference.records(true),
                difference.logAbove(guardrail.margin()),
                difference.logBelow(guardrail.margin()),
                bounds ? difference.lowerLimit(alpha) : Double.NaN,
                bounds ? difference.upperLimit(alpha) : Double.NaN);
    }

    private static double rate(ArmDifference difference, boolean treatment) {
        long records = difference.records(treatment);
        return records == 0 ? Double.NaN : (double) difference.events(treatment) / records;
    }

    /** The margin is in the events already. */
    private Guarded latency(Findings found, Guardrail guardrail) {
        ArmDifference difference = found.difference(0);
        return guarded(
                guardrail,
                found.millis(false).quantile(guardrail.quantile()),
                found.millis(true).quantile(guardrail.quantile()),
                difference.records(false),
                difference.records(true),
                difference.logAbove(0),
                difference.logBelow(0),
                Double.NaN,
                Double.NaN);
    }

    private Guarded mean(Findings found, Guardrail guardrail, boolean bounds) {
        BoundedMean mean = found.mean();
        boolean agreement = guardrail.kind() == Kind.AGREEMENT;
        double rate = mean.count() == 0 ? Double.NaN : mean.sum() / mean.count();
        return guarded(
                guardrail,
                agreement ? Double.NaN : found.losses(false).mean(),
                agreement ? rate : found.losses(true).mean(),
                agreement ? mean.count() : found.losses(false).count(),
                agreement ? mean.count() : found.losses(true).count(),
                mean.logAbove(guardrail.margin()),
                mean.logBelow(guardrail.margin()),
                bounds ? mean.lowerLimit(alpha) : Double.NaN,
                bounds ? mean.upperLimit(alpha) : Double.NaN);
    }

    private Guarded scores(Findings found, Guardrail guardrail) {
        List<ArmDifference> compared = found.differences().stream()
                .filter(difference -> difference.records(false) + difference.records(true) > 0)
                .toList();
        ArmDifference widest = compared.stream()
                .max(Comparator.comparingDouble(Judge::distance))
                .orElseGet(ArmDifference::new);
        return guarded(
                guardrail,
                rate(widest, false),
                rate(widest, true),
                widest.records(false),
                widest.records(true),
                logShifted(found, guardrail.margin()),
                compared.stream()
                        .mapToDouble(difference -> Math.min(
                                difference.logBelow(guardrail.margin()), difference.logAbove(-guardrail.margin())))
                        .min()
                        .orElse(0),
                Double.NaN,
                Double.NaN);
    }

    private static double distance(ArmDifference difference) {
        double distance = Math.abs(rate(difference, true) - rate(difference, false));
        return Double.isNaN(distance) ? -1 : distance;
    }

    /**
     * The mean e-value over all events and both sides. Weights are fixed before anything is known of the model: half for the
     * scores, half for the labels, of these the more frequent ones more.
     */
    private static double logShifted(Findings found, double margin) {
        double sum = 0;
        double labelWeights = 0;
        for (int i = 0; i < ScoresWatch.LABELS; i++) {
            labelWeights += 1.0 / (i + 1);
        }
        for (int i = 0; i < found.differences().size(); i++) {
            int label = i - ScoresWatch.DECILES;
            double weight = label < 0 ? 0.5 / ScoresWatch.DECILES : 0.5 / (label + 1) / labelWeights;
            ArmDifference difference = found.difference(i);
            sum += weight / 2 * (evidence(difference.logAbove(margin)) + evidence(difference.logBelow(-margin)));
        }
        return Math.log(sum);
    }

    private Guarded guarded(
            Guardrail guardrail,
            double control,
            double treatment,
            long controlRecords,
            long treatmentRecords,
            double logWorse,
            double logNotWorse,
            double lower,
            double upper) {
        double worse = evidence(logWorse);
        double notWorse = evidence(logNotWorse);
        Status status = controlRecords + treatmentRecords == 0
                ? Status.NO_DATA
                : worse >= 1 / alpha ? Status.WORSE : notWorse >= 1 / alpha ? Status.NOT_WORSE : Status.UNDECIDED;
        return new Guarded(
                guardrail, status, control, treatment, controlRecords, treatmentRecords, worse, notWorse, lower, upper);
    }

    /** Finite, so that it has a mean and a form in JSON. */
    private static double evidence(double log) {
        return Math.exp(Math.min(LARGEST_LOG, log));
    }
}
