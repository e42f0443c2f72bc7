package io.github.camelaiflow.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.math.BigDecimal;
import java.math.MathContext;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class MomentsTest {

    @Test
    void sixteenPanesAreAsGoodAsOnePass() {
        UniformRandomProvider random = SeededRandom.stream(3);
        for (double offset : new double[] {0, 1, 1e6}) {
            Moments all = new Moments();
            Moments window = new Moments();
            for (int pane = 0; pane < 16; pane++) {
                Moments part = new Moments();
                for (int i = random.nextInt(5000); i > 0; i--) {
                    double value = offset + random.nextDouble();
                    all.add(value);
                    part.add(value);
                }
                window.merge(part);
            }
            assertThat(window.count()).isEqualTo(all.count());
            assertThat(window.mean()).isCloseTo(all.mean(), withinPercentage(1e-10));
            assertThat(window.sum()).isEqualTo(all.sum());
            // The offset costs digits that no summing order brings back.
            double percent = offset > 1 ? 1e-7 : 1e-10;
            assertThat(window.variance(0)).isCloseTo(all.variance(0), withinPercentage(percent));
            assertThat(window.variance(1)).isCloseTo(all.variance(1), withinPercentage(percent));
            assertThat(window.min()).isEqualTo(all.min());
            assertThat(window.max()).isEqualTo(all.max());
        }
    }

    @Test
    void agreesWithDecimalArithmetic() {
        Moments moments = new Moments();
        double[] values = {1e16, 1, -1e16, 3, 0.1};
        BigDecimal sum = BigDecimal.ZERO;
        for (double value : values) {
            moments.add(value);
            sum = sum.add(new BigDecimal(value));
        }
        assertThat(moments.sum()).isEqualTo(sum.doubleValue());
        BigDecimal mean = sum.divide(BigDecimal.valueOf(5), MathContext.DECIMAL128);
        BigDecimal squares = BigDecimal.ZERO;
        for (double value : values) {
            squares = squares.add(new BigDecimal(value).subtract(mean).pow(2));
        }
        assertThat(moments.variance(0)).isCloseTo(squares.doubleValue() / 5, withinPercentage(1e-10));
        assertThat(moments.variance(1)).isCloseTo(squares.doubleValue() / 4, withinPercentage(1e-10));
        assertThat(moments.standardDeviation(1)).isEqualTo(Math.sqrt(moments.variance(1)));
    }

    @Test
    void tooFewValuesHaveNoMoments() {
        Moments moments = new Moments();
        assertThat(moments.mean()).isNaN();
        assertThat(moments.variance(0)).isNaN();
        assertThat(moments.sum()).isZero();
        moments.add(5);
        assertThat(moments.variance(0)).isZero();
        assertThat(moments.variance(1)).isNaN();
        Moments copy = moments.copy();
        copy.add(Double.POSITIVE_INFINITY);
        assertThat(copy.mean()).isInfinite();
        assertThat(copy.max()).isInfinite();
        assertThat(moments.max()).isEqualTo(5);
        assertThat(moments.bytes()).isLessThan(1000);
        assertThatIllegalArgumentException().isThrownBy(() -> moments.variance(2));
    }
}
