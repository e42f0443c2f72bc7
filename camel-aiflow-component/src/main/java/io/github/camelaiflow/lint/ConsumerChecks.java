package io.github.camelaiflow.lint;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.PausableDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ScriptDefinition;

/** What a Kafka consumer's options say. */
final class ConsumerChecks {

    /** Factories that make Camel itself commit; see CommitManagers of camel-kafka. */
    private static final Set<String> COMMITTING_FACTORIES =
            Set.of("DefaultKafkaManualCommitFactory", "DefaultKafkaManualAsyncCommitFactory");

    private static final Set<String> SKIPPING = Set.of("ERROR_HANDLER", "DISCARD", "");
    private static final Set<String> LATE = Set.of("latest", "");

    private ConsumerChecks() {}

    static void check(LintedRoute route, Passage passage, Findings findings) {
        LintedEndpoint kafka = route.from();
        if (!kafka.kafka()) {
            return;
        }
        String uri = kafka.uri();
        if (kafka.flag("batching")) {
            batching(route, findings);
        }
        if (kafka.text("groupId").isEmpty()) {
            findings.add(LintRule.NO_GROUP, route, uri + " groupId");
        }
        if (!kafka.flag("breakOnFirstError")) {
            findings.add(LintRule.SKIPS_FAILED, route, uri + " breakOnFirstError");
        }
        if (SKIPPING.contains(kafka.text("pollOnError").toUpperCase(Locale.ROOT))) {
            findings.add(LintRule.POLL_ERROR, route, uri + " pollOnError");
        }
        if (startsLate(kafka)) {
            findings.add(LintRule.STARTS_LATE, route, uri + " autoOffsetReset");
        }
        if (seeks(kafka)) {
            findings.add(LintRule.SEEKS, route, uri + " seekTo");
        }
        if (!commits(kafka) && !stepMayCommit(kafka, passage)) {
            findings.add(LintRule.NEVER_COMMITS, route, uri + " autoCommitEnable");
        }
        for (Passage.Passed passed : passage.passed()) {
            if (passed.step().node() instanceof PausableDefinition) {
                findings.add(
                        LintRule.PAUSABLE, passed.step().route(), passed.step().where(), route);
            }
        }
    }

    private static void batching(LintedRoute route, Findings findings) {
        LintedEndpoint kafka = route.from();
        if (!kafka.flag("allowManualCommit") && autoCommit(kafka)) {
            findings.add(LintRule.BATCHING, route, kafka.uri() + " batching");
        }
        if (kafka.flag("breakOnFirstError")) {
            findings.add(LintRule.BATCH_BREAK, route, kafka.uri() + " batching, breakOnFirstError");
        }
        if (kafka.text("maxPollRecords").isEmpty()) {
            findings.add(LintRule.BATCH_SIZE, route, kafka.uri() + " batching, maxPollRecords");
        }
    }

    private static boolean startsLate(LintedEndpoint kafka) {
        return LATE.contains(kafka.text("autoOffsetReset").toLowerCase(Locale.ROOT))
                && !kafka.text("seekTo").equals("BEGINNING")
                && kafka.text("offsetRepository").isEmpty();
    }

    private static boolean seeks(LintedEndpoint kafka) {
        return !kafka.text("seekTo").isEmpty() && kafka.text("offsetRepository").isEmpty();
    }

    private static boolean commits(LintedEndpoint kafka) {
        Object factory = kafka.option("kafkaManualCommitFactory");
        boolean byCamel = kafka.flag("allowManualCommit")
                && !kafka.flag("batching")
                && factory != null
                && COMMITTING_FACTORIES.contains(factory.getClass().getSimpleName());
        boolean byRepository = !kafka.flag("allowManualCommit")
                && !kafka.text("offsetRepository").isEmpty();
        return autoCommit(kafka) || byCamel || byRepository;
    }

    private static boolean autoCommit(LintedEndpoint kafka) {
        Object additional = kafka.option("additionalProperties");
        Object given = additional instanceof Map<?, ?> map ? map.get("enable.auto.commit") : null;
        return given == null ? kafka.flagUnlessSet("autoCommitEnable") : Boolean.parseBoolean(given.toString());
    }

    /** Code can commit by the header that allowManualCommit sets; what it does is not to be seen. */
    private static boolean stepMayCommit(LintedEndpoint kafka, Passage passage) {
        return kafka.flag("allowManualCommit") && passage.passed().stream().anyMatch(passed -> isCode(passed.step()));
    }

    private static boolean isCode(Step step) {
        OptionalIdentifiedDefinition<?> node = step.node();
        return node instanceof ProcessDefinition
                || node instanceof BeanDefinition
                || node instanceof ScriptDefinition
                || step.targets().stream()
                        .anyMatch(target -> Set.of("bean", "class").contains(target.scheme()));
    }
}
