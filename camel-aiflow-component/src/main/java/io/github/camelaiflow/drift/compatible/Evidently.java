package io.github.camelaiflow.drift.compatible;

import io.github.camelaiflow.drift.compatible.CompatibleReport.Distance;
import io.github.camelaiflow.statistics.PermutationTest;
import io.github.camelaiflow.statistics.SeededRandom;
import io.github.camelaiflow.statistics.TableStatistic;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.apache.commons.statistics.inference.PValueMethod;

/** Evidently's stattests: src/evidently/legacy/calculations/stattests of 2026-05. */
final class Evidently implements Library {

    private static final List<String> NUMBERS = List.of(
            "wasserstein",
            "jensenshannon",
            "psi",
            "kl_div",
            "hellinger",
            "ks",
            "ed",
            "t_test",
            "cramer_von_mises",
            "anderson",
            "mannw");
    private static final List<String> CATEGORIES =
            List.of("jensenshannon", "psi", "kl_div", "hellinger", "chisquare", "z", "TVD");
    private static final Set<String> AT_LEVEL_05 = Set.of("ks", "t_test", "mannw", "chisquare", "z");
    private static final double DRIFTED_SHARE = 0.5;
    private static final int MANY_ROWS = 1000;
    private static final int FEW_VALUES = 5;
    private static final int BINNED = 20;
    private static final int EXACT_KS = 10_000;
    private static final double LEAST_DEVIATION = 0.001;
    private static final double LEAST_SHARE = 1e-4;
    /** As many draws as theirs, about. */
    private static final double TVD_LEVEL = 0.01;

    @Override
    public String name() {
        return "evidently";
    }

    @Override
    public List<String> methods(boolean numeric) {
        return numeric ? NUMBERS : CATEGORIES;
    }

    @Override
    public String standard(RawColumn reference, RawColumn window) {
        int values = RawColumn.table(reference, window)[0].length;
        boolean few = !reference.numeric() || values <= FEW_VALUES;
        if (reference.rows() > MANY_ROWS) {
            return few ? "jensenshannon" : "wasserstein";
        }
        return few ? values > 2 ? "chisquare" : "z" : "ks";
    }

    @Override
    public boolean drifted(List<CompatibleReport.Column> columns) {
        long drifted = columns.stream().filter(CompatibleReport.Column::drifted).count();
        return !columns.isEmpty() && (double) drifted / columns.size() >= DRIFTED_SHARE;
    }

    @Override
    public Distance distance(String method, RawColumn reference, RawColumn window) {
        RawColumn expected = reference.present();
        RawColumn seen = window.present();
        double threshold = AT_LEVEL_05.contains(method) ? 0.05 : 0.1;
        RankTests.Result result =
                switch (method) {
                    case "ks" -> kolmogorovSmirnov(expected.numbers(), seen.numbers());
                    case "t_test" -> tTest(expected.numbers(), seen.numbers());
                    case "cramer_von_mises" -> RankTests.cramerVonMises(expected.numbers(), seen.numbers());
                    case "anderson" -> RankTests.andersonDarling(expected.numbers(), seen.numbers());
                    case "mannw" -> RankTests.mannWhitneyLess(expected.numbers(), seen.numbers());
                    case "chisquare" -> chiSquare(expected, seen);
                    case "z" -> z(expected, seen);
                    case "TVD" -> totalVariation(expected, seen);
                    default -> null;
                };
        if (result != null) {
            boolean atMost = method.equals("ks") || method.equals("cramer_von_mises");
            double p = result.pValue();
            return new Distance(method, result.statistic(), p, threshold, p < threshold || atMost && p == threshold);
        }
        double distance = distanceOf(method, expected, seen);
        boolean above = distance > threshold || distance == threshold && !method.equals("ed");
        return new Distance(method, distance, distance, threshold, above);
    }

    private static double distanceOf(String method, RawColumn reference, RawColumn window) {
        switch (method) {
            case "wasserstein":
                double deviation = Math.max(Histograms.deviation(reference.numbers()), LEAST_DEVIATION);
                return Divergences.wasserstein(reference.numbers(), window.numbers()) / deviation;
            case "ed":
                return Divergences.energy(reference.numbers(), window.numbers());
            case "hellinger":
                return hellinger(reference, window);
            default:
                break;
        }
        double[][] shares = shares(reference, window);
        if (method.equals("jensenshannon")) {
            double distance = Divergences.jensenShannon(shares[0], shares[1], Math.E);
            return Double.isNaN(distance) ? 0 : distance;
        }
        fill(shares[0]);
        fill(shares[1]);
        return method.equals("psi")
                ? Divergences.psi(shares[0], shares[1])
                : Divergences.kullbackLeibler(shares[0], shares[1]);
    }

    /** Over Sturges' bins of both if the reference has more than 20 different numbers, else over the values. */
    private static double[][] shares(RawColumn reference, RawColumn window) {
        int[][] table;
        if (reference.numeric() && reference.counts().size() > BINNED) {
            double[] all = Arrays.copyOf(reference.numbers(), reference.rows() + window.rows());
            System.arraycopy(window.numbers(), 0, all, reference.rows(), window.rows());
            double[] edges = Histograms.sturges(all);
            table = new int[][] {
                Histograms.counts(reference.numbers(), edges), Histograms.counts(window.numbers(), edges)
            };
        } else {
            table = RawColumn.table(reference, window);
        }
        return new double[][] {Histograms.shares(table[0], reference.rows()), Histograms.shares(table[1], window.rows())
        };
    }

    /** Empty cells get 1e-4, or a millionth of the smallest if that is no more than 1e-4. */
    private static void fill(double[] shares) {
        double least = Arrays.stream(shares).filter(x -> x != 0).min().orElseThrow();
        double filler = least <= LEAST_SHARE ? least / 1e6 : LEAST_SHARE;
        Arrays.setAll(shares, i -> shares[i] == 0 ? filler : shares[i]);
    }

    private static double hellinger(RawColumn reference, RawColumn window) {
        double affinity = 0;
        if (reference.numeric()) {
            double[] values = DoubleStream.concat(Arrays.stream(reference.numbers()), Arrays.stream(window.numbers()))
                    .distinct()
                    .toArray();
            double[] edges = Histograms.sturges(values);
            double width = (edges[edges.length - 1] - edges[0]) / (edges.length - 1);
            int[] expected = Histograms.counts(reference.numbers(), edges);
            int[] seen = Histograms.counts(window.numbers(), edges);
            for (int i = 0; i < expected.length; i++) {
                double bin = edges[i + 1] - edges[i];
                double p = expected[i] / bin / reference.rows();
                double q = seen[i] / bin / window.rows();
                affinity += Math.sqrt(p * q) * width;
            }
        } else {
            int[][] table = RawColumn.table(reference, window);
            for (int i = 0; i < table[0].length; i++) {
                double p = (double) table[0][i] / reference.rows();
                double q = (double) table[1][i] / window.rows();
                affinity += Math.sqrt(p * q);
            }
        }
        return Math.sqrt(1 - Math.min(1, affinity));
    }

    private static RankTests.Result kolmogorovSmirnov(double[] x, double[] y) {
        double statistic = Divergences.kolmogorovSmirnov(x, y);
        if (x.length < 2 || y.length < 2) {
            return new RankTests.Result(statistic, Double.NaN);
        }
        PValueMethod method = Math.max(x.length, y.length) <= EXACT_KS ? PValueMethod.EXACT : PValueMethod.ASYMPTOTIC;
        double p = KolmogorovSmirnovTest.withDefaults().with(method).test(x, y).getPValue();
        return new RankTests.Result(statistic, p);
    }

    /** Student's, with one variance for both. */
    private static RankTests.Result tTest(double[] x, double[] y) {
        double degrees = x.length + y.length - 2.0;
        double first = Histograms.deviation(x);
        double second = Histograms.deviation(y);
        double variance = (first * first * x.length + second * second * y.length) / degrees;
        double difference = Histograms.mean(x) - Histograms.mean(y);
        double t = difference / Math.sqrt(variance * (1.0 / x.length + 1.0 / y.length));
        double p = degrees < 1 || Double.isNaN(t)
                ? Double.NaN
                : 2 * TDistribution.of(degrees).survivalProbability(Math.abs(t));
        return new RankTests.Result(t, p);
    }

    /** Against the reference's shares as if they were known; a category the reference lacks gives p = 0. */
    private static RankTests.Result chiSquare(RawColumn reference, RawColumn window) {
        int[][] table = RawColumn.table(reference, window);
        double norm = (double) window.rows() / reference.rows();
        double sum = 0;
        for (int i = 0; i < table[0].length; i++) {
            double expected = table[0][i] * norm;
            double deviation = table[1][i] - expected;
            sum += deviation * deviation / expected;
        }
        return new RankTests.Result(sum, chiSquaredTail(sum, table[0].length - 1));
    }

    static double chiSquaredTail(double statistic, int degrees) {
        if (degrees < 1) {
            return Double.NaN;
        }
        return Double.isInfinite(statistic)
                ? 0
                : ChiSquaredDistribution.of(degrees).survivalProbability(statistic);
    }

    private static RankTests.Result z(RawColumn reference, RawColumn window) {
        int[][] table = RawColumn.table(reference, window);
        if (table[0].length == 1) {
            return new RankTests.Result(0, 1);
        }
        double n = reference.rows();
        double m = window.rows();
        double p = (n - table[0][0]) / n;
        double q = (m - table[1][0]) / m;
        double pooled = (p * n + q * m) / (n + m);
        double z = (p - q) / Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
        return new RankTests.Result(z, 2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(z)));
    }

    private static RankTests.Result totalVariation(RawColumn reference, RawColumn window) {
        int[][] table = RawColumn.table(reference, window);
        PermutationTest test = PermutationTest.of(
                table[0], table[1], TableStatistic.TOTAL_VARIATION, TVD_LEVEL, SeededRandom.stream(0));
        return new RankTests.Result(test.statistic(), test.pValue());
    }
}
