package io.github.camelaiflow.lint;

import java.util.Set;
import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ResequenceDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.WireTapDefinition;

/** What only shows along the way of a record: from a consumer through the routes that are called one after another. */
final class PassageChecks {

    private static final Set<String> IN_MEMORY = Set.of("seda", "disruptor");
    private static final Set<String> ONLY_LOOK = Set.of("log");

    private PassageChecks() {}

    static void check(LintedRoute first, Passage passage, Findings findings) {
        if (first.from().acknowledges()) {
            for (Passage.Passed passed : passage.passed()) {
                handOff(first, passed.step(), findings);
                gathered(first, passed.step(), findings);
                breaker(first, passed.step(), findings);
            }
            for (LintedRoute route : passage.routes()) {
                Swallowing.check(first, passage, route, findings);
                redeliveries(first, route, findings);
            }
        }
        if (first.from().delivers()) {
            passage.routes().forEach(route -> delivered(first, passage, route, findings));
        }
        if (first.from().http()) {
            headers(first, passage, findings);
        }
        if (!first.from().clock()) {
            passage.routes().forEach(route -> deadLetters(first, route, findings));
        }
    }

    private static void handOff(LintedRoute first, Step step, Findings findings) {
        boolean tap = step.node() instanceof WireTapDefinition<?>;
        for (LintedEndpoint target : step.targets()) {
            boolean away = IN_MEMORY.contains(target.scheme()) && !waits(step, target);
            if (away || tap && !ONLY_LOOK.contains(target.scheme())) {
                findings.add(LintRule.HAND_OFF, step.route(), step.where() + " " + target.uri(), first);
            }
        }
    }

    /** Whether the sender goes on only when the work is done: always, or by default if it wants an answer. */
    private static boolean waits(Step step, LintedEndpoint queue) {
        String wait = queue.text("waitForTaskToComplete");
        boolean asks = step.node() instanceof EnrichDefinition
                || step.node() instanceof ToDefinition to
                        && step.route().text(to.getPattern(), "").equals("InOut");
        return wait.equals("Always") || asks && !wait.equals("Never");
    }

    private static void gathered(LintedRoute first, Step step, Findings findings) {
        if (step.node() instanceof AggregateDefinition aggregate) {
            Object repository = aggregate.getAggregationRepositoryBean() != null
                    ? aggregate.getAggregationRepositoryBean()
                    : step.route().bean(aggregate.getAggregationRepository());
            if (repository == null || repository.getClass().getSimpleName().startsWith("Memory")) {
                findings.add(LintRule.MEMORY_AGGREGATE, step.route(), step.where() + " aggregationRepository", first);
            }
        } else if (step.node() instanceof ResequenceDefinition) {
            findings.add(LintRule.MEMORY_AGGREGATE, step.route(), step.where(), first);
        }
    }

    private static void breaker(LintedRoute first, Step step, Findings findings) {
        if (step.node() instanceof CircuitBreakerDefinition breaker && StepChecks.swallows(step, breaker)) {
            String where = step.where() + " ignoreExceptions, recordExceptions";
            findings.add(LintRule.BREAKER_IGNORES, step.route(), where, first);
        }
    }

    private static void redeliveries(LintedRoute first, LintedRoute route, Findings findings) {
        LintedEndpoint kafka = first.from();
        if (!kafka.kafka()) {
            return;
        }
        long interval = kafka.number("maxPollIntervalMs", 300_000);
        boolean goesOn = route.errors().deadLetters() != null || !kafka.flag("breakOnFirstError");
        long records = goesOn ? kafka.number("maxPollRecords", 500) : 1;
        if (Redeliveries.millis(route, route.errors().policy()) * records > interval) {
            findings.add(LintRule.LONG_REDELIVERY, route, "errorHandler redeliveryPolicy", first);
        }
        for (Step step : route.steps()) {
            if (step.node() instanceof OnExceptionDefinition on
                    && Redeliveries.millis(route, policy(route, on)) * records > interval) {
                findings.add(LintRule.LONG_REDELIVERY, route, step.where() + " redeliveryPolicy", first);
            }
        }
    }

    private static Object policy(LintedRoute route, OnExceptionDefinition on) {
        return on.getRedeliveryPolicyType() != null
                ? on.getRedeliveryPolicyType()
                : route.bean(on.getRedeliveryPolicyRef());
    }

    private static void headers(LintedRoute first, Passage passage, Findings findings) {
        for (Passage.Passed passed : passage.passed()) {
            for (LintedEndpoint target : passed.step().targets()) {
                if (target.kafka() && !passed.clean()) {
                    findings.add(
                            LintRule.HEADER_INJECTION,
                            passed.step().route(),
                            passed.step().where() + " " + target.uri() + " from "
                                    + first.from().uri(),
                            first);
                }
            }
        }
        for (LintedRoute route : passage.routes()) {
            LintedEndpoint dead = route.errors().deadLetters();
            if (dead != null && dead.kafka() && (route.errors().original() || !passage.cleanIn(route))) {
                findings.add(
                        LintRule.HEADER_INJECTION,
                        route,
                        "errorHandler deadLetterUri " + dead.uri() + " from "
                                + first.from().uri(),
                        first);
            }
        }
    }

    private static void delivered(LintedRoute first, Passage passage, LintedRoute route, Findings findings) {
        LintedEndpoint dead = route.errors().deadLetters();
        if (dead != null) {
            findings.add(LintRule.DELIVERED_ERRORS, route, "errorHandler deadLetterUri " + dead.uri(), first);
        }
        for (Step step : route.steps()) {
            if (step.node() instanceof OnExceptionDefinition on
                    && Swallowing.handles(route, on)
                    && passage.may(step, Swallowing::keeps)) {
                findings.add(LintRule.DELIVERED_ERRORS, route, step.where() + " handled", first);
            }
        }
    }

    private static void deadLetters(LintedRoute first, LintedRoute route, Findings findings) {
        LintedEndpoint dead = route.errors().deadLetters();
        if (dead != null && route.errors().dropsUndelivered() && !ONLY_LOOK.contains(dead.scheme())) {
            findings.add(LintRule.DEAD_LETTER_DROPS, route, "errorHandler deadLetterHandleNewException", first);
        }
    }
}
