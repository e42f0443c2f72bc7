package io.github.camelaiflow.validation.expectations;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.ExponentialDistribution;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.UniformContinuousDistribution;

/**
 * A distribution as GX names it for scipy: its shape parameters, then location and scale.
 *
 * @param name {@code norm}, {@code beta}, {@code gamma}, {@code uniform}, {@code chi2} or {@code expon}
 * @param parameters all of them in scipy's order
 * @param standard the distribution with location 0 and scale 1
 */
record NamedDistribution(String name, List<Double> parameters, ContinuousDistribution standard) {

    private static final NamedDistribution NONE =
            new NamedDistribution("norm", List.of(0.0, 1.0), NormalDistribution.of(0, 1));

    /** The names of each distribution's parameters in GX; those before the last two are its shape. */
    private static final Map<String, List<String>> PARAMETERS = Map.of(
            "norm", List.of("mean", "std_dev"),
            "beta", List.of("alpha", "beta", "loc", "scale"),
            "gamma", List.of("alpha", "loc", "scale"),
            // What GX calls max is scipy's scale: its uniform distribution ends at min + max
            "uniform", List.of("min", "max"),
            "chi2", List.of("df", "loc", "scale"),
            "expon", List.of("loc", "scale"));

    /** The arguments {@code distribution} and {@code params}; some distribution after a problem. */
    static NamedDistribution read(Arguments arguments) {
        String name = arguments.text("distribution");
        List<String> names = name == null ? null : PARAMETERS.get(name);
        Object given = arguments.value("params");
        if (names == null) {
            arguments.problem("distribution must be one of "
                    + String.join(", ", PARAMETERS.keySet().stream().sorted().toList()));
            return NONE;
        }
        int shapes = names.size() - 2;
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Object value = value(given, names.get(i), i);
            double otherwise = i == names.size() - 1 ? 1 : i < shapes ? Double.NaN : 0;
            values.add(value == null ? otherwise : value instanceof Number number ? number.doubleValue() : Double.NaN);
        }
        if (!known(given, names) || !usable(values, shapes)) {
            arguments.problem("params of " + name + " must be the numbers " + String.join(", ", names)
                    + ", as a list or by name; all but the location above 0");
            return NONE;
        }
        return new NamedDistribution(name, values, standard(name, values));
    }

    private static Object value(Object given, String name, int place) {
        if (given instanceof Map<?, ?> map) {
            return map.get(name);
        }
        return given instanceof List<?> list && place < list.size() ? list.get(place) : null;
    }

    private static boolean known(Object given, List<String> names) {
        if (given instanceof Map<?, ?> map) {
            List<String> more = new ArrayList<>(names);
            more.addAll(Arrays.asList("loc", "scale"));
            return more.containsAll(map.keySet());
        }
        return given == null || (given instanceof List<?> list && list.size() <= names.size());
    }

    private static boolean usable(List<Double> values, int shapes) {
        for (int i = 0; i < values.size(); i++) {
            double value = values.get(i);
            if (!Double.isFinite(value) || (i != shapes && value <= 0)) {
                return false;
            }
        }
        return true;
    }

    private static ContinuousDistribution standard(String name, List<Double> values) {
        double shape = values.get(0);
        return switch (name) {
            case "norm" -> NormalDistribution.of(0, 1);
            case "beta" -> BetaDistribution.of(shape, values.get(1));
            case "gamma" -> GammaDistribution.of(shape, 1);
            case "chi2" -> ChiSquaredDistribution.of(shape);
            case "uniform" -> UniformContinuousDistribution.of(0, 1);
            default -> ExponentialDistribution.of(1);
        };
    }

    /** The probability of a number up to this one. */
    double cumulative(double x) {
        double location = parameters.get(parameters.size() - 2);
        double scale = parameters.get(parameters.size() - 1);
        return standard.cumulativeProbability((x - location) / scale);
    }
}
