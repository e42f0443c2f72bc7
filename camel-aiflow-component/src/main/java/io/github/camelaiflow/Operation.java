package io.github.camelaiflow;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What an endpoint does, and which options are its own. */
enum Operation {
    VALIDATE(
            "validate",
            Set.of("suite", "scope", "onInvalid", "resultFormat", "window", "panes", "profile", "ignoreUnknown")),
    INFER("infer", Set.of("model", "models", "features", "onError", "batchSize", "batchDelay")),
    DRIFT("drift", Set.of("reference", "window", "panes", "falseAlarms", "mode")),
    FEEDBACK("feedback", Set.of("action")),
    SUGGEST("suggest", Set.of("window")),
    ROLLOUT("rollout", Set.of("action")),
    EVENTS("events", Set.of("events", "queueSize")),
    DELIVER(
            "deliver",
            Set.of(
                    "delivery",
                    "topic",
                    "out",
                    "dead",
                    "groupId",
                    "brokers",
                    "instance",
                    "consumersCount",
                    "maxPollRecords",
                    "sessionTimeout",
                    "transactionTimeout",
                    "unmarshal",
                    "batch",
                    "maximumRedeliveries"));

    private static final Set<String> OF_STEPS = Set.of("definition", "resultTo", "timeout");

    private final String word;
    private final Set<String> options;

    Operation(String word, Set<String> options) {
        this.word = word;
        this.options = options;
    }

    /** As the URI writes it. */
    String word() {
        return word;
    }

    /**
     * The operation of that word.
     *
     * @throws IllegalArgumentException naming the operations there are
     */
    static Operation of(String word) {
        return Arrays.stream(values())
                .filter(operation -> operation.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("operation must be one of "
                        + Arrays.stream(values()).map(Operation::word).collect(Collectors.joining(", ")) + ", was "
                        + word));
    }

    /** Whether it starts a route; the others are steps of one. */
    boolean startsRoute() {
        return this == EVENTS || this == DELIVER;
    }

    /**
     * Refuses options of other operations, which would otherwise be silently without effect.
     *
     * @throws IllegalArgumentException naming the option and the operation it belongs to
     */
    void checkOptions(Set<String> given) {
        for (String option : given) {
            List<String> owners = Arrays.stream(values())
                    .filter(other -> other.options.contains(option))
                    .map(other -> "aiflow:" + other.word)
                    .toList();
            if (!owners.isEmpty() && !options.contains(option)) {
                throw new IllegalArgumentException(
                        "option " + option + " belongs to " + String.join(" and ", owners) + ", not to aiflow:" + word);
            }
        }
        for (String option : given) {
            if (startsRoute() && OF_STEPS.contains(option)) {
                throw new IllegalArgumentException("option " + option + " belongs to steps, not to aiflow:" + word);
            }
            if (this != DELIVER && option.startsWith("kafka.")) {
                throw new IllegalArgumentException(
                        "option " + option + " belongs to aiflow:deliver, not to aiflow:" + word);
            }
        }
    }
}
