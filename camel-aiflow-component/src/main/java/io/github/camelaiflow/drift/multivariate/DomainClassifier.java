package io.github.camelaiflow.drift.multivariate;

import io.github.camelaiflow.statistics.PermutationTest;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.ensemble.FullyWeightedVotingCombiner;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Whether a classifier can tell the window's rows from the reference's (D. Lopez-Paz and M. Oquab, "Revisiting classifier two-sample
 * tests", ICLR 2017): a random forest (Tribuo) is trained on a random half of both, and the area under its ROC curve on the other half
 * is compared with that of permuted labels, which is exact since that half had no part in the training. The statistic and effect is the
 * AUC: 0.5 without drift on average, 1 if rows can always be told apart.
 */
final class DomainClassifier implements MultivariateTest.Method {

    private static final LabelFactory LABELS = new LabelFactory();
    private static final Label WINDOW = new Label("window");
    private static final Label REFERENCE = new Label("reference");
    private static final int TREES = 30;
    private static final int DEPTH = 6;
    private static final float SHARE = 0.5f;
    private static final float FEWEST = 5;

    @Override
    public MultivariateResult test(Points points, double level, UniformRandomProvider random) {
        int[] reference = shuffled(0, points.reference(), random);
        int[] window = shuffled(points.reference(), points.all().length, random);
        int referenceHalf = reference.length / 2;
        int windowHalf = window.length / 2;
        Model<Label> model = trained(
                points, Arrays.copyOf(reference, referenceHalf), Arrays.copyOf(window, windowHalf), random.nextLong());
        double[] expected = scores(model, points, Arrays.copyOfRange(reference, referenceHalf, reference.length));
        double[] seen = scores(model, points, Arrays.copyOfRange(window, windowHalf, window.length));
        return compared(expected, seen, level, random);
    }

    private static int[] shuffled(int from, int to, UniformRandomProvider random) {
        int[] rows = IntStream.range(from, to).toArray();
        PermutationSampler.shuffle(random, rows);
        return rows;
    }

    private static Model<Label> trained(Points points, int[] reference, int[] window, long seed) {
        MutableDataset<Label> data =
                new MutableDataset<>(new SimpleDataSourceProvenance("window against reference", LABELS), LABELS);
        String[] names = names(points.width());
        for (int row : reference) {
            data.add(new ArrayExample<>(REFERENCE, names, points.all()[row]));
        }
        for (int row : window) {
            data.add(new ArrayExample<>(WINDOW, names, points.all()[row]));
        }
        CARTClassificationTrainer tree =
                new CARTClassificationTrainer(DEPTH, FEWEST, 0, SHARE, false, new GiniIndex(), seed);
        return new RandomForestTrainer<>(tree, new FullyWeightedVotingCombiner(), TREES, seed).train(data);
    }

    private static String[] names(int width) {
        return IntStream.range(0, width).mapToObj(i -> "x" + i).toArray(String[]::new);
    }

    private static double[] scores(Model<Label> model, Points points, int[] rows) {
        String[] names = names(points.width());
        return Arrays.stream(rows)
                .mapToDouble(row -> {
                    Example<Label> example = new ArrayExample<>(LABELS.getUnknownOutput(), names, points.all()[row]);
                    Prediction<Label> prediction = model.predict(example);
                    return prediction.getOutputScores().get(WINDOW.getLabel()).getScore();
                })
                .toArray();
    }

    private static MultivariateResult compared(
            double[] expected, double[] seen, double level, UniformRandomProvider random) {
        TreeSet<Double> different = new TreeSet<>();
        Arrays.stream(expected).forEach(different::add);
        Arrays.stream(seen).forEach(different::add);
        double[] values = different.stream().mapToDouble(x -> x).toArray();
        PermutationTest test = PermutationTest.of(
                counts(values, expected), counts(values, seen), DomainClassifier::areaUnderCurve, level, random);
        return new MultivariateResult(test.statistic(), test.criticalValue(level), test.pValue(), test.statistic());
    }

    private static int[] counts(double[] values, double[] of) {
        int[] counts = new int[values.length];
        for (double value : of) {
            counts[Arrays.binarySearch(values, value)]++;
        }
        return counts;
    }

    /** The chance that a score of the second row is above one of the first, ties half: Mann and Whitney's U over its largest value. */
    private static ToDoubleFunction<int[]> areaUnderCurve(int[] totals, int size) {
        return row -> {
            long below = 0;
            double twice = 0;
            for (int i = 0; i < row.length; i++) {
                int other = totals[i] - row[i];
                twice += row[i] * (2.0 * below + other);
                below += other;
            }
            return twice / (2.0 * below * size);
        };
    }
}
