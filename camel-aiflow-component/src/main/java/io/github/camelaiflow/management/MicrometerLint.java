package io.github.camelaiflow.management;

import io.github.camelaiflow.lint.LintRule;
import io.github.camelaiflow.lint.RouteLinting;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;

/** {@code aiflow.lint.violations}, tagged {@code rule}. Loaded only where Micrometer is on the class path. */
final class MicrometerLint {

    private MicrometerLint() {}

    static void show(CamelContext context, RouteLinting linting) {
        MeterRegistry registry = MicrometerObserver.registry(context);
        if (registry == null) {
            return;
        }
        for (LintRule rule : LintRule.values()) {
            Gauge.builder("aiflow.lint.violations", linting, now -> now.report()
                            .counts()
                            .getOrDefault(rule.id(), 0))
                    .description("places in routes that break a rule of the linter")
                    .tags("rule", rule.id())
                    .register(registry);
        }
    }
}
