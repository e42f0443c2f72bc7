package io.github.camelaiflow.validation.expectations;

import static io.github.camelaiflow.validation.expectations.Checks.panes;
import static io.github.camelaiflow.validation.expectations.Checks.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.validation.expectations.ExpectationTypes.Compiled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZScoreSketchTest {

    private static final String Z_SCORES = "expect_column_value_z_scores_to_be_less_than";
    private static final Memory LITTLE = new Memory(5_000, 64, 2);

    private static List<Object> normal(int size, long seed) {
        Random random = new Random(seed);
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            values.add(i % 50 == 0 ? null : (Object) (1e6 + 3 * random.nextGaussian()));
        }
        return values;
    }

    @ParameterizedTest
    @CsvSource({"true, 5000", "true, 20000", "false, 3000", "false, 1300"})
    void theTrueCountLiesWithinTheBounds(boolean doubleSided, int pane) {
        for (long seed = 1; seed <= 10; seed++) {
            List<Object> values = normal(20_000, seed);
            Compiled compiled = read(Z_SCORES, "column", "n", "threshold", 1.5, "double_sided", doubleSided);
            int exact =
                    panes(compiled, Memory.EXACT, values, 20_000).unexpected().count();

            Approximation bounds = panes(compiled, LITTLE, values, pane).approximation();

            assertThat(bounds.quantity()).isEqualTo("unexpected_count");
            assertThat((double) exact).isBetween(bounds.lower(), bounds.upper());
            assertThat(bounds.confidence()).isEqualTo(1);
            assertThat(bounds.upper() - bounds.lower()).isLessThan(4_000);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.5, true, true", "0.999, false, true", "0.8664, true, false"})
    void theVerdictSaysWhetherItIsSure(double mostly, boolean success, boolean decided) {
        // Of a normal distribution 86.64 % lie within 1.5 deviations.
        Compiled compiled = read(Z_SCORES, "column", "n", "threshold", 1.5, "mostly", mostly);

        Finding finding = panes(compiled, LITTLE, normal(20_000, 4), 5_000);

        assertThat(finding.approximation().decided()).isEqualTo(decided);
        if (decided) {
            assertThat(finding.success()).isEqualTo(success);
        }
    }

    @Test
    void aWindowThatFitsIsExact() {
        List<Object> values = new ArrayList<>(normal(400, 9));
        values.set(130, 2e6);
        values.set(220, -2e6);
        values.set(310, 1.9e6);
        Compiled compiled = read(Z_SCORES, "column", "n", "threshold", 3);
        Finding exact = panes(compiled, Memory.EXACT, values, 400);

        Finding finding = panes(compiled, new Memory(400, 16), values, 40);

        assertThat(exact.unexpected().count()).isPositive();
        assertThat(finding).isEqualTo(exact);
    }

    private static Finding withHighValues(int howMany) {
        List<Object> values = normal(20_000, 5);
        for (int i = 1; i <= howMany; i++) {
            values.set(i * 601, 2e6 + i);
        }
        return panes(read(Z_SCORES, "column", "n", "threshold", 3, "double_sided", false), LITTLE, values, 5_000);
    }

    @Test
    void theMostExtremeValuesAreKept() {
        Finding finding = withHighValues(30);

        assertThat(finding.approximation().lower()).isBetween(20.0, 30.0);
        assertThat(finding.approximation().upper()).isGreaterThanOrEqualTo(30);
        assertThat(finding.unexpected().values()).hasSize(Misses.KEPT).first().isEqualTo(2e6 + 11);
        assertThat(finding.unexpected().indexes()).first().isEqualTo(11 * 601);
    }

    @Test
    void aFewOutliersAreCountedExactly() {
        Finding finding = withHighValues(12);

        assertThat(finding.approximation()).isNull();
        assertThat(finding.unexpected().count()).isEqualTo(12);
        assertThat(finding.unexpected().values()).hasSize(12);
    }

    @Test
    void withoutADeviationEveryValueIsUnexpected() {
        Compiled compiled = read(Z_SCORES, "column", "n", "threshold", 3);
        List<Object> same = new ArrayList<>(java.util.Collections.nCopies(90, 0.1));

        assertThat(panes(compiled, LITTLE, same, 20).unexpected().count()).isEqualTo(90);
        same.set(3, "text");
        assertThat(panes(compiled, LITTLE, same, 20).error()).contains("non-numerical");
    }
}
