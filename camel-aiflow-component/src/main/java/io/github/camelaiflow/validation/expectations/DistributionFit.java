package io.github.camelaiflow.validation.expectations;

import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;

/** Whether the Kolmogorov-Smirnov test finds a column's numbers distributed as a named distribution: its p value must reach a limit. */
record DistributionFit(NamedDistribution distribution, double p) implements BatchCheck {

    private static final double DEFAULT_P = 0.05;

    static BatchCheck read(Arguments arguments) {
        Object given = arguments.value("p_value");
        double p = Weights.share(arguments, "p_value", DEFAULT_P);
        if (given != null && (p == 0 || p == 1)) {
            arguments.problem("p_value must be between 0 and 1 exclusive");
        }
        return new DistributionFit(NamedDistribution.read(arguments), p);
    }

    @Override
    public String requirement() {
        return "must be distributed as " + distribution.name() + ", with a p value of the KS test of at least " + p;
    }

    @Override
    public String notInWindows() {
        return "it needs all values in order; use expect_column_kl_divergence_to_be_less_than in a window";
    }

    @Override
    public BatchState newState(Memory memory) {
        return new Accumulating<>(new Numbers("distribution"), (numbers, counted) -> judge(numbers.column()));
    }

    private Finding judge(NumberColumn column) {
        double[] values = column.values();
        if (values.length < 2) {
            return Finding.observed(false, null);
        }
        KolmogorovSmirnovTest.OneResult result =
                KolmogorovSmirnovTest.withDefaults().test(values, distribution::cumulative);
        return Finding.observed(
                result.getPValue() >= p,
                result.getPValue(),
                Map.of(
                        "expected_params",
                        distribution.parameters(),
                        "observed_ks_result",
                        List.of(result.getStatistic(), result.getPValue())));
    }
}
