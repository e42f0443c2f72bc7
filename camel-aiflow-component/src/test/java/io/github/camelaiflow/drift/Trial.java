package io.github.camelaiflow.drift;

import io.github.camelaiflow.Repetitions;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.drift.profile.FieldKind;
import io.github.camelaiflow.statistics.SeededRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/** Repeated, seeded comparisons of a fresh reference with a fresh window. */
record Trial(
        Map<String, Function<UniformRandomProvider, Object>> before,
        Map<String, Function<UniformRandomProvider, Object>> after,
        int referenceSize,
        int windowSize,
        double level) {
    static final int REPETITIONS = Repetitions.of(10_000);

    static Trial withoutDrift(
            Map<String, Function<UniformRandomProvider, Object>> fields, int reference, int window, double level) {
        return new Trial(fields, fields, reference, window, level);
    }

    /** How many of the repetitions found drift. */
    int alarms(int repetitions) {
        int alarms = 0;
        for (int i = 0; i < repetitions; i++) {
            alarms += judge(i).status() == DriftStatus.DRIFTED ? 1 : 0;
        }
        return alarms;
    }

    WindowJudge.Verdict judge(int repetition) {
        UniformRandomProvider random = SeededRandom.stream(repetition, referenceSize, windowSize);
        Reference reference = Reference.of(Schema.NONE, Rows.of(referenceSize, random, before));
        return verdict(reference, Rows.of(windowSize, random, after), repetition, level);
    }

    static WindowJudge.Verdict verdict(Reference reference, List<Map<String, Object>> rows, long seed, double level) {
        Map<String, FieldKind> kinds = new LinkedHashMap<>();
        reference.fields().forEach(field -> kinds.put(field, reference.kind(field)));
        Window window = Window.of(kinds, rows);
        return new WindowJudge(reference, reference.fields(), seed).judge(window.samples(), 1, level);
    }

    /**
     * The one-sided Clopper–Pearson bound as a test: how likely so many alarms or more are if their rate is the level. The lower
     * bound at confidence 1 − c is above the level exactly if this is below c.
     */
    static double likelihoodOfSoMany(int alarms, int repetitions, double level) {
        return BinomialDistribution.of(repetitions, level).survivalProbability(alarms - 1);
    }
}
