package io.github.camelaiflow.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DistancesTest {

    @Test
    void aShiftIsItsOwnDistanceInStandardDeviations() {
        double[] reference = {-3, -1, 1, 3};
        double[] window = {-2, 0, 2, 4};
        assertThat(Distances.standardizedWasserstein(reference, window)).isCloseTo(1 / Math.sqrt(5), within(1e-12));
        assertThat(Distances.standardizedWasserstein(reference, reference)).isZero();
    }

    @Test
    void unequalSizesAreWeighed() {
        double[] reference = {0, 1};
        double[] window = {0, 0, 0, 1};
        assertThat(Distances.standardizedWasserstein(reference, window)).isCloseTo(0.25 / 0.5, within(1e-12));
    }

    @Test
    void constantReferencesUseTheSpreadOfBoth() {
        assertThat(Distances.standardizedWasserstein(new double[] {5, 5}, new double[] {7, 7}))
                .isCloseTo(2, within(1e-12));
        assertThat(Distances.standardizedWasserstein(new double[] {5, 5}, new double[] {5}))
                .isZero();
        assertThat(Distances.standardizedWasserstein(new double[] {0}, new double[] {0}))
                .isZero();
    }

    @Test
    void hugeValuesDoNotOverflow() {
        double huge = Double.MAX_VALUE;
        double[] reference = {-huge, huge};
        double[] window = {huge, huge};
        assertThat(Distances.standardizedWasserstein(reference, window)).isCloseTo(1, within(1e-12));
    }

    @Test
    void totalVariationIsHalfTheSumOfDifferences() {
        assertThat(Distances.totalVariation(new int[] {50, 30, 20}, new int[] {4, 3, 3}))
                .isCloseTo(0.1, within(1e-12));
        assertThat(Distances.totalVariation(new int[] {5, 0}, new int[] {0, 9})).isEqualTo(1);
        assertThat(Distances.totalVariation(new int[] {5, 0}, new int[] {0, 0})).isZero();
    }
}
