package io.github.camelaiflow.delivery;

import java.util.List;

/** The headers that steer Camel, whose routes records may pass through, or a producer, or name an error of ours: what a sender writes under these names is not believed. */
public final class SteeringHeaders {

    /** What the headers begin with that tell why a record is a dead letter. */
    public static final String ERROR = "aiflow-error-";

    private static final List<String> CAMEL = List.of("camel", "org.apache.camel", "kafka.");

    private SteeringHeaders() {}

    /** Whether a header of that name, in any case, steers Camel or a producer. */
    public static boolean steerCamel(String name) {
        return CAMEL.stream().anyMatch(prefix -> begins(name, prefix));
    }

    /** Whether a header of that name, in any case, names an error of ours. */
    public static boolean tellError(String name) {
        return begins(name, ERROR);
    }

    /** Whether a header of that name, in any case, is either: no part of what a sender may say. */
    public static boolean steer(String name) {
        return steerCamel(name) || tellError(name);
    }

    private static boolean begins(String name, String prefix) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }
}
