package io.github.camelaiflow.validation.expectations;

/** Expectations about the distribution of a column's values, and about two columns' dependence. */
final class DistributionExpectations {

    private DistributionExpectations() {}

    static void register(Vocabulary known) {
        known.aggregate("expect_column_kl_divergence_to_be_less_than", DistributionExpectations::divergence);
        known.aggregate("expect_column_wasserstein_distance_to_be_less_than", WassersteinDistance::read);
        known.aggregate("expect_column_chisquare_test_p_value_to_be_greater_than", ChiSquare::read);
        known.aggregate("expect_column_bootstrapped_ks_test_p_value_to_be_greater_than", BootstrappedFit::read);
        known.aggregate(
                "expect_column_parameterized_distribution_ks_test_p_value_to_be_greater_than", DistributionFit::read);
        known.pair("expect_column_pair_cramers_phi_value_to_be_less_than", CramersPhi::read);
    }

    private static BatchCheck divergence(Arguments arguments) {
        Divergence divergence = Divergence.read(arguments);
        boolean bucketize = arguments.value("bucketize_data") == null || arguments.flag("bucketize_data");
        Object partition = arguments.value("partition_object");
        if (partition == null) {
            return SelfDivergence.read(arguments, divergence, bucketize);
        }
        if (Categories.described(partition)) {
            return CategoricalDivergence.read(arguments, divergence);
        }
        if (!bucketize) {
            arguments.problem("bucketize_data must be true for a partition_object with bins");
        }
        return HistogramDivergence.read(arguments, divergence);
    }
}
