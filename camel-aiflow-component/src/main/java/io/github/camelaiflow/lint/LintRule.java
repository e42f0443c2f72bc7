package io.github.camelaiflow.lint;

import static io.github.camelaiflow.lint.Severity.DOUBLES;
import static io.github.camelaiflow.lint.Severity.INJECTS;
import static io.github.camelaiflow.lint.Severity.LOSES;
import static io.github.camelaiflow.lint.Severity.STOPS;

/** A configuration that is known to lose or double records, each proven by a fault test. {@code docs/lint.md} is made of these words. */
public enum LintRule {
    DECLARATION(
            "LINT-00",
            "a declaration that cannot be read",
            "`aiflow.delivery` other than exactly-once, at-least-once or database; `aiflow.lint.off` without rule and reason",
            "Nobody knows what the route promises, or why it breaks a rule.",
            "none",
            "write aiflow.delivery=exactly-once|at-least-once|database, and aiflow.lint.off=LINT-07: the reason; LINT-11: another",
            STOPS),
    TRANSACTIONAL_PRODUCER(
            "LINT-01",
            "transactional Kafka producer",
            "a producer with `transacted=true`, `transactionalId` or `additionalProperties.transactional.id`",
            "Offsets are not part of the transaction, one producer serves all threads, its id is the same on every instance, and after"
                    + " an error it stays closed.",
            "CAMEL-24781, CAMEL-24780",
            "start from aiflow:deliver with delivery=exactly-once, or send without a transaction (acks=all, enableIdempotence=true)",
            LOSES),
    BATCHING(
            "LINT-02",
            "batching with automatic commits",
            "a Kafka consumer with `batching=true` and automatic commits",
            "What is committed is how far was read, not how far was processed: a killed process loses the batch that was filling.",
            "CAMEL-23994",
            "start from aiflow:deliver, which hands on whole batches, or consume record by record",
            LOSES),
    BATCH_BREAK(
            "LINT-03",
            "batching that breaks on the first error",
            "a Kafka consumer with `batching=true` and `breakOnFirstError=true`",
            "A failing batch is committed and skipped as a whole; with manual commits it comes again and again, and with it what it had"
                    + " sent before the error.",
            "CAMEL-22432",
            "start from aiflow:deliver, which finds the failing record of a batch, or consume record by record",
            LOSES),
    BATCH_SIZE(
            "LINT-04",
            "batching without a size",
            "a Kafka consumer with `batching=true` and without `maxPollRecords`",
            "The consumer fails with a NullPointerException before its first record, again and again.",
            "CAMEL-24778",
            "set maxPollRecords, or start from aiflow:deliver",
            STOPS),
    NO_GROUP(
            "LINT-05",
            "no consumer group",
            "a Kafka consumer without `groupId`",
            "Each start and each of consumersCount threads joins a new group: what came meanwhile is skipped or all comes again, and"
                    + " every thread gets every record.",
            "CAMEL-23997",
            "set groupId, or start from aiflow:deliver",
            DOUBLES),
    PAUSABLE(
            "LINT-06",
            "pausable consumer",
            "the `pausable` EIP behind a Kafka consumer",
            "Each failure goes back to the beginning of the topic and replays it. After its first pause it counts as paused for ever: what is"
                    + " polled while its check says no is thrown away.",
            "CAMEL-17051",
            "remove pausable, or suspend the route by a RoutePolicy; or start from aiflow:deliver",
            LOSES),
    EAGER_IDEMPOTENT(
            "LINT-07",
            "eager idempotent consumer with a durable repository",
            "`idempotentConsumer` with `eager=true` (the default) and a repository that outlives the process",
            "The key is stored before the work is done: after a kill the record comes again and is skipped as a duplicate.",
            "none",
            "set eager=false and make the work idempotent by its decision id",
            LOSES),
    KEEPS_FAILED_KEY(
            "LINT-08",
            "idempotent consumer that remembers failures",
            "`idempotentConsumer` with `removeOnFailure=false`",
            "A record that failed is skipped as a duplicate when it comes again.",
            "none",
            "leave removeOnFailure at true",
            LOSES),
    KAFKA_IDEMPOTENT(
            "LINT-09",
            "KafkaIdempotentRepository",
            "`idempotentConsumer` with a `KafkaIdempotentRepository`",
            "It knows the last maxCacheSize keys only (1000 by default), and instances learn of each other's later: older copies and copies"
                    + " that arrive together pass.",
            "CAMEL-20218, CAMEL-20682",
            "let the sink drop copies by decision id (a unique key), or use a repository in a database",
            DOUBLES),
    DEAD_LETTER_DROPS(
            "LINT-10",
            "dead letters that can be dropped",
            "a dead-letter channel with `deadLetterHandleNewException=true` (the default)",
            "While the dead letters' place is away, failing records count as handled and are gone.",
            "none",
            "set deadLetterHandleNewException=false (and breakOnFirstError=true on a Kafka consumer)",
            LOSES),
    SKIPS_FAILED(
            "LINT-11",
            "failed records are skipped",
            "a Kafka consumer without `breakOnFirstError=true`",
            "A record whose route fails, by itself or because its dead letter cannot be delivered, is logged and committed like the others.",
            "none",
            "set breakOnFirstError=true&autoCommitEnable=false&allowManualCommit=true&kafkaManualCommitFactory=#class:org.apache.camel"
                    + ".component.kafka.consumer.DefaultKafkaManualCommitFactory, and a dead-letter channel with"
                    + " deadLetterHandleNewException=false; or start from aiflow:deliver",
            LOSES),
    NEVER_COMMITS(
            "LINT-12",
            "nothing commits",
            "a Kafka consumer with `autoCommitEnable=false` that neither Camel nor a step of the route commits",
            "After each restart everything comes again.",
            "none",
            "set allowManualCommit=true and kafkaManualCommitFactory=#class:org.apache.camel.component.kafka.consumer"
                    + ".DefaultKafkaManualCommitFactory, or start from aiflow:deliver",
            DOUBLES),
    POLL_ERROR(
            "LINT-13",
            "a failed poll or commit skips records",
            "a Kafka consumer whose `pollOnError` is `ERROR_HANDLER` (the default) or `DISCARD`",
            "When a commit fails, as it does when a broker dies, the consumer seeks past its position: what of the poll was not processed"
                    + " and one record more are skipped.",
            "CAMEL-23997",
            "set pollOnError=RECONNECT, or start from aiflow:deliver",
            LOSES),
    BREAKER_IGNORES(
            "LINT-14",
            "a circuit breaker that swallows errors",
            "`circuitBreaker` with `ignoreExceptions` or `recordExceptions` around an `aiflow` step or behind an acknowledging consumer",
            "An ignored or unrecorded exception vanishes: the input goes on as if it were the answer.",
            "none",
            "remove both; put aiflow:validate before the breaker, and let a ModelCircuitBreaker bean count",
            LOSES),
    BREAKER_TIMEOUT(
            "LINT-15",
            "a circuit breaker with a timeout",
            "`circuitBreaker` with `timeoutEnabled=true`",
            "The late call goes on beside the fallback: what it sends is visible besides the fallback's, and what it sets overwrites it.",
            "CAMEL-24134",
            "set the endpoint's own timeout (aiflow:infer:…?timeout=200ms)",
            DOUBLES),
    HAND_OFF(
            "LINT-16",
            "acknowledged before the work is done",
            "`seda`, `disruptor` or `wireTap` behind an acknowledging consumer",
            "What waits in memory counts as done: a killed process loses it.",
            "none",
            "call direct: instead of seda:; send what must not be lost by to",
            LOSES),
    MEMORY_AGGREGATE(
            "LINT-17",
            "gathered in memory after it was acknowledged",
            "`aggregate` with a repository in memory, or `resequence`, behind an acknowledging consumer",
            "What waits for its group counts as done: a killed process loses it.",
            "none",
            "start from aiflow:deliver, whose batch is one poll, or use a persistent, recoverable AggregationRepository",
            LOSES),
    STARTS_LATE(
            "LINT-18",
            "starts at the end of the topic",
            "a Kafka consumer whose `autoOffsetReset` is `latest` (the default)",
            "What was sent before the group's first commit, or is found after its offsets expired, is never read.",
            "none",
            "set autoOffsetReset=earliest, or start from aiflow:deliver",
            LOSES),
    SWALLOWS(
            "LINT-19",
            "errors that end nowhere",
            "behind an acknowledging consumer: `onException` that is `handled` without sending anywhere or `continued`, `doCatch` of the"
                    + " last sending step without sending anywhere, unless a topic, queue or file had the record before; dead letters to `log:`",
            "The failed record counts as done and is neither a decision nor a dead letter.",
            "none",
            "send it to a dead-letter endpoint, or leave handled and continued away",
            LOSES),
    LONG_REDELIVERY(
            "LINT-20",
            "redeliveries longer than the poll interval",
            "behind a Kafka consumer: redelivery delays that add up to more than `maxPollIntervalMs` for one poll (times `maxPollRecords` if a"
                    + " dead-letter channel goes on with the next record)",
            "The group takes the consumer for dead while it waits: others get its records, and it gets them once more.",
            "none",
            "fewer or shorter redeliveries, smaller maxPollRecords, or a longer maxPollIntervalMs; or start from aiflow:deliver",
            DOUBLES),
    NO_ACKS(
            "LINT-21",
            "a producer that does not wait for the broker",
            "a Kafka producer whose `requestRequiredAcks` is not `all`",
            "A record the broker refuses or does not keep counts as sent.",
            "none",
            "set requestRequiredAcks=all (the default)",
            LOSES),
    HEADER_INJECTION(
            "LINT-22",
            "callers steer the producer",
            "an HTTP consumer that leads to a Kafka producer without `removeHeaders` of `kafka.*`",
            "A header kafka.OVERRIDE_TOPIC or kafka.PARTITION_KEY from outside sends the record where the caller likes.",
            "CVE-2026-49098",
            "removeHeaders pattern kafka.* (and Camel*) as the first step",
            INJECTS),
    SEEKS(
            "LINT-23",
            "goes to one end of the topic at each start",
            "a Kafka consumer with `seekTo` and without an `offsetRepository`",
            "Whenever partitions are assigned to it, at a start or another instance's, everything comes again (BEGINNING), or what came"
                    + " meanwhile is never read (END).",
            "none",
            "remove seekTo; set autoOffsetReset=earliest for a group's first start, or start from aiflow:deliver",
            LOSES),
    DELIVERED_ERRORS(
            "LINT-24",
            "an error handler that sends delivered batches",
            "behind `aiflow:deliver`: a dead-letter channel, or `onException` that is `handled` and sends to a topic, queue or file",
            "The consumer looks for the failing record of a batch by asking about its halves. Each time the handler sends the whole list it was"
                    + " given, outside of the transaction: with records that are decided besides.",
            "none",
            "use errorHandler(noErrorHandler()), as template aiflow-deliver does: the consumer makes dead letters itself",
            DOUBLES);

    private final String id;
    private final String title;
    private final String looksFor;
    private final String why;
    private final String upstream;
    private final String mend;
    private final Severity severity;

    LintRule(String id, String title, String looksFor, String why, String upstream, String mend, Severity severity) {
        this.id = id;
        this.title = title;
        this.looksFor = looksFor;
        this.why = why;
        this.upstream = upstream;
        this.mend = mend;
        this.severity = severity;
    }

    /** Its number, such as {@code LINT-07}; never given to another rule. */
    public String id() {
        return id;
    }

    /** A few words. */
    public String title() {
        return title;
    }

    /** The configuration it finds. */
    public String looksFor() {
        return looksFor;
    }

    /** What happens with it. */
    public String why() {
        return why;
    }

    /** Numbers of the issues of Camel or of the advisory; {@code none} where Camel works as it is meant to. */
    public String upstream() {
        return upstream;
    }

    /** What to write instead. */
    public String mend() {
        return mend;
    }

    public Severity severity() {
        return severity;
    }
}
