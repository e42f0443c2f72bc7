package io.github.camelaiflow.lint;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.FaultToleranceConfigurationDefinition;
import org.apache.camel.model.IdempotentConsumerDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.Resilience4jConfigurationDefinition;

/** What a step's own options say, wherever it stands. */
final class StepChecks {

    private static final Set<String> IN_MEMORY = Set.of("Memory", "Caffeine");

    private StepChecks() {}

    static void check(Step step, Passage passage, Findings findings) {
        for (LintedEndpoint target : step.targets()) {
            producer(step.route(), target, step.where(), findings);
        }
        if (step.node() instanceof IdempotentConsumerDefinition idempotent) {
            idempotent(step, idempotent, findings);
        }
        if (step.node() instanceof CircuitBreakerDefinition breaker) {
            breaker(step, breaker, passage, findings);
        }
        step.children().forEach(child -> check(child, passage, findings));
    }

    static void producer(LintedRoute route, LintedEndpoint target, String where, Findings findings) {
        if (!target.kafka()) {
            return;
        }
        String place = where + " " + target.uri();
        if (target.flag("transacted")
                || !target.text("transactionalId").isEmpty()
                || !additional(target, "transactional.id").isEmpty()) {
            findings.add(LintRule.TRANSACTIONAL_PRODUCER, route, place + " transacted, transactionalId");
        }
        String acks = additional(target, "acks");
        if (acks.isEmpty()) {
            acks = target.text("requestRequiredAcks");
        }
        if (!List.of("", "all", "-1").contains(acks)) {
            findings.add(LintRule.NO_ACKS, route, place + " requestRequiredAcks");
        }
    }

    private static String additional(LintedEndpoint kafka, String property) {
        Object written = kafka.option("additionalProperties." + property);
        Object given = kafka.option("additionalProperties") instanceof Map<?, ?> map ? map.get(property) : written;
        return given == null ? "" : given.toString();
    }

    private static void idempotent(Step step, IdempotentConsumerDefinition idempotent, Findings findings) {
        LintedRoute route = step.route();
        Object repository = idempotent.getIdempotentRepositoryBean() != null
                ? idempotent.getIdempotentRepositoryBean()
                : route.bean(idempotent.getIdempotentRepository());
        String type = repository == null ? "" : repository.getClass().getSimpleName();
        boolean durable = repository != null && IN_MEMORY.stream().noneMatch(type::startsWith);
        if (durable && route.flag(idempotent.getEager(), true)) {
            findings.add(LintRule.EAGER_IDEMPOTENT, route, step.where() + " eager");
        }
        if (!route.flag(idempotent.getRemoveOnFailure(), true)) {
            findings.add(LintRule.KEEPS_FAILED_KEY, route, step.where() + " removeOnFailure");
        }
        if (type.startsWith("KafkaIdempotentRepository")) {
            findings.add(LintRule.KAFKA_IDEMPOTENT, route, step.where() + " idempotentRepository");
        }
    }

    private static void breaker(Step step, CircuitBreakerDefinition breaker, Passage passage, Findings findings) {
        if (timesOut(step, breaker)) {
            findings.add(LintRule.BREAKER_TIMEOUT, step.route(), step.where() + " timeoutEnabled");
        }
        if (swallows(step, breaker)
                && passage.may(step, inside -> inside.targets().stream().anyMatch(LintedEndpoint::aiflow))) {
            findings.add(LintRule.BREAKER_IGNORES, step.route(), step.where() + " ignoreExceptions, recordExceptions");
        }
    }

    static boolean swallows(Step step, CircuitBreakerDefinition breaker) {
        return resilience(step, breaker).stream()
                .anyMatch(one -> !one.getIgnoreExceptions().isEmpty()
                        || !one.getRecordExceptions().isEmpty());
    }

    private static boolean timesOut(Step step, CircuitBreakerDefinition breaker) {
        LintedRoute route = step.route();
        FaultToleranceConfigurationDefinition tolerance = breaker.getFaultToleranceConfiguration();
        return tolerance != null && route.flag(tolerance.getTimeoutEnabled(), false)
                || resilience(step, breaker).stream().anyMatch(one -> route.flag(one.getTimeoutEnabled(), false));
    }

    /** Its own configuration, the one it names and the context's, which Camel puts together. */
    private static List<Resilience4jConfigurationDefinition> resilience(Step step, CircuitBreakerDefinition breaker) {
        Model model = step.route().reader().context().getCamelContextExtension().getContextPlugin(Model.class);
        String named = step.route().text(breaker.getConfiguration(), null);
        Object bean = step.route().bean(breaker.getConfiguration());
        return java.util.stream.Stream.of(
                        breaker.getResilience4jConfiguration(),
                        named == null ? null : model.getResilience4jConfiguration(named),
                        bean,
                        model.getResilience4jConfiguration(null))
                .filter(Resilience4jConfigurationDefinition.class::isInstance)
                .map(Resilience4jConfigurationDefinition.class::cast)
                .toList();
    }
}
