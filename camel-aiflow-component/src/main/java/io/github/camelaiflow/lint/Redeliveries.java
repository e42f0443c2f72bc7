package io.github.camelaiflow.lint;

import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.apache.camel.util.TimeUtils;

/** How long Camel waits between tries of one record. */
final class Redeliveries {

    /** For ever. */
    static final double ENDLESS = Double.POSITIVE_INFINITY;

    private static final double MOST_SUMMED = 10_000;

    private Redeliveries() {}

    /**
     * Milliseconds in all, with Camel's defaults for what is not set; 0 if that cannot be told.
     *
     * @param policy a definition, or a bean; {@code null} for none
     */
    static double millis(LintedRoute route, Object policy) {
        Double told = RouteReader.ask(() -> policy instanceof RedeliveryPolicy bean
                ? sum(bean.copy())
                : sum(route, policy instanceof RedeliveryPolicyDefinition definition ? definition : null));
        return told == null ? 0 : told;
    }

    private static double sum(RedeliveryPolicy policy) {
        int tries = policy.getMaximumRedeliveries();
        if (tries < 0) {
            return ENDLESS;
        }
        policy.setUseCollisionAvoidance(false);
        double sum = 0;
        long delay = 0;
        for (int i = 1; i <= Math.min(tries, MOST_SUMMED); i++) {
            delay = policy.calculateRedeliveryDelay(delay, i);
            sum += delay;
        }
        return tries > MOST_SUMMED ? sum / MOST_SUMMED * tries : sum;
    }

    private static double sum(LintedRoute route, RedeliveryPolicyDefinition policy) {
        if (policy == null || route.flag(policy.getDisableRedelivery(), false)) {
            return 0;
        }
        int tries = Integer.parseInt(
                route.text(policy.getMaximumRedeliveries(), "0").trim());
        if (tries < 0) {
            return ENDLESS;
        }
        double most = millis(route.text(policy.getMaximumRedeliveryDelay(), "60000"));
        String pattern = route.text(policy.getDelayPattern(), "");
        double factor = route.flag(policy.getUseExponentialBackOff(), false)
                ? Double.parseDouble(route.text(policy.getBackOffMultiplier(), "2"))
                : 1;
        double sum = 0;
        double delay = millis(route.text(policy.getRedeliveryDelay(), "1000"));
        for (int i = 1; i <= Math.min(tries, MOST_SUMMED); i++) {
            sum += pattern.isBlank() ? capped(delay, most) : ofPattern(pattern, i);
            delay *= factor;
        }
        return tries > MOST_SUMMED ? sum / MOST_SUMMED * tries : sum;
    }

    private static double capped(double delay, double most) {
        return most > 0 ? Math.min(delay, most) : delay;
    }

    /** Such as {@code 0:1000;5:5000}: from the fifth try on five seconds. */
    private static double ofPattern(String pattern, int attempt) {
        double delay = 0;
        for (String group : pattern.split(";")) {
            String[] parts = group.split(":");
            if (Integer.parseInt(parts[0].trim()) <= attempt) {
                delay = millis(parts[1]);
            }
        }
        return delay;
    }

    private static double millis(String text) {
        return TimeUtils.toMilliSeconds(text.trim());
    }
}
