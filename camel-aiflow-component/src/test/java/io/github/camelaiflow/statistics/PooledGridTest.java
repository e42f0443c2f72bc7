package io.github.camelaiflow.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class PooledGridTest {

    @Test
    void fewDifferentValuesHaveAColumnEach() {
        PooledGrid grid = PooledGrid.ofEqualMass(new double[] {1, 1, 3}, new double[] {1, 2, 3, 3}, 3);
        assertThat(grid.positions()).containsExactly(0, 0.5, 1);
        assertThat(grid.reference()).containsExactly(2, 0, 1);
        assertThat(grid.window()).containsExactly(1, 1, 2);
    }

    @Test
    void manyValuesComeInColumnsOfEqualMass() {
        double[] x = SeededRandom.stream(1).doubles(2000).sorted().toArray();
        double[] y = SeededRandom.stream(2).doubles(500).sorted().toArray();
        PooledGrid grid = PooledGrid.ofEqualMass(x, y, 100);
        assertThat(grid.positions()).hasSize(100);
        for (int i = 0; i < 100; i++) {
            assertThat(grid.reference()[i] + grid.window()[i]).isEqualTo(25);
            assertThat(grid.positions()[i]).isCloseTo((i + 0.5) / 100, within(0.03));
        }
        assertThat(Arrays.stream(grid.window()).sum()).isEqualTo(500);
        assertThat(grid.deviation()).isCloseTo(Math.sqrt(1 / 12.0), within(0.01));
    }

    @Test
    void normalScoresMakeColumnsOfEqualWidthOfNormalValues() {
        double[] x = DoubleStream.iterate(0.5 / 4096, u -> u + 1.0 / 4096)
                .limit(4096)
                .map(NormalDistribution.of(10, 2)::inverseCumulativeProbability)
                .toArray();
        double[] y = {10, 10.5};
        PooledGrid grid = PooledGrid.ofNormalScores(x, y);
        assertThat(grid.positions()).hasSize(PooledGrid.sturges(4098)).hasSize(14);
        double width = (x[4095] - x[0]) / 14;
        int[] expected = new int[14];
        for (double value : x) {
            expected[Math.min(13, (int) ((value - x[0]) / width))]++;
        }
        for (int i = 0; i < 14; i++) {
            assertThat(grid.reference()[i]).isCloseTo(expected[i], within(4));
        }
        x[4095] = 1e300;
        assertThat(PooledGrid.ofNormalScores(x, y).reference()).containsExactly(grid.reference());
    }

    /** What the permutation needs: exchanging values between the samples moves no column. */
    @Test
    void dependsOnBothSamplesTogetherAlone() {
        UniformRandomProvider random = SeededRandom.stream(3);
        for (int repetition = 0; repetition < 200; repetition++) {
            int n = 1 + random.nextInt(60);
            int m = 1 + random.nextInt(60);
            int columns = 1 + random.nextInt(20);
            double[] all =
                    random.doubles(n + m).map(u -> Math.floor(u * 40) / 8).toArray();
            boolean scores = random.nextBoolean();
            PooledGrid one = grid(all, n, columns, scores);
            shuffle(all, random);
            PooledGrid other = grid(all, n, columns, scores);
            assertThat(one.positions()).hasSizeLessThanOrEqualTo(scores ? PooledGrid.sturges(n + m) : columns);
            assertThat(one.positions()).containsExactly(other.positions(), within(1e-12));
            for (int i = 0; i < one.window().length; i++) {
                assertThat(one.reference()[i] + one.window()[i])
                        .isPositive()
                        .isEqualTo(other.reference()[i] + other.window()[i]);
            }
            assertThat(Arrays.stream(one.reference()).sum()).isEqualTo(n);
            assertThat(Arrays.stream(one.window()).sum()).isEqualTo(m);
        }
    }

    @Test
    void equalValuesAreNeverParted() {
        double[] x = DoubleStream.concat(
                        DoubleStream.iterate(0, v -> v).limit(700),
                        DoubleStream.iterate(1, v -> v + 1).limit(300))
                .toArray();
        PooledGrid grid = PooledGrid.ofEqualMass(x, new double[] {0, 5}, 10);
        assertThat(grid.reference()[0]).isEqualTo(700);
        assertThat(grid.window()[0]).isEqualTo(1);
        assertThat(grid.reference().length).isBetween(3, 5);
    }

    @Test
    void extremesHavePlaces() {
        double huge = Double.MAX_VALUE;
        PooledGrid grid = PooledGrid.ofEqualMass(new double[] {-huge, 0, huge}, new double[] {huge}, 256);
        assertThat(grid.positions()).containsExactly(0, 0.5, 1);
        assertThat(grid.deviation()).isFinite();
        PooledGrid one = PooledGrid.ofEqualMass(new double[] {7}, new double[0], 256);
        assertThat(one.positions()).containsExactly(0);
        assertThat(one.deviation()).isZero();
        PooledGrid none = PooledGrid.ofEqualMass(new double[0], new double[] {-0.0, 0.0}, 1);
        assertThat(none.window()).containsExactly(2);
    }

    @Test
    void sturgesGrowsWithTheLogarithm() {
        assertThat(new int[] {
                    PooledGrid.sturges(1),
                    PooledGrid.sturges(2),
                    PooledGrid.sturges(100),
                    PooledGrid.sturges(1024),
                    PooledGrid.sturges(1025)
                })
                .containsExactly(1, 2, 8, 11, 12);
    }

    private static PooledGrid grid(double[] all, int n, int columns, boolean scores) {
        double[] x = Arrays.copyOf(all, n);
        double[] y = Arrays.copyOfRange(all, n, all.length);
        Arrays.sort(x);
        Arrays.sort(y);
        return scores ? PooledGrid.ofNormalScores(x, y) : PooledGrid.ofEqualMass(x, y, columns);
    }

    private static void shuffle(double[] values, UniformRandomProvider random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            double swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }
}
