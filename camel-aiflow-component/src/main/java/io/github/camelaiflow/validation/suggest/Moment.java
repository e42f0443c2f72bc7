package io.github.camelaiflow.validation.suggest;

import java.util.List;

/**
 * Mean, standard deviation and shape of numbers.
 *
 * @param size how many
 * @param mean NaN of none
 * @param deviation by n - 1; NaN of less than two
 * @param skewness 0 for a symmetric distribution
 * @param kurtosis 3 for a normal distribution
 */
record Moment(int size, double mean, double deviation, double skewness, double kurtosis) {

    static Moment of(List<?> values) {
        double sum = 0;
        for (Object value : values) {
            sum += ((Number) value).doubleValue();
        }
        int size = values.size();
        double mean = sum / size;
        double second = 0;
        double third = 0;
        double fourth = 0;
        for (Object value : values) {
            double off = ((Number) value).doubleValue() - mean;
            second += off * off;
            third += off * off * off;
            fourth += off * off * off * off;
        }
        double variance = second / size;
        return new Moment(
                size,
                mean,
                Math.sqrt(second / (size - 1)),
                third / size / Math.pow(variance, 1.5),
                fourth / size / (variance * variance));
    }
}
