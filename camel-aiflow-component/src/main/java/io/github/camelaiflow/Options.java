package io.github.camelaiflow;

import io.github.camelaiflow.definition.WindowSize;
import io.github.camelaiflow.management.FlowEvent;
import io.github.camelaiflow.validation.WindowSettings;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks of option values, so that a mistake fails at start-up with what is allowed. */
final class Options {

    private static final int MAX_BATCH = 100_000;

    private Options() {}

    static String oneOf(String option, String value, String... allowed) {
        if (value != null && !List.of(allowed).contains(value)) {
            throw new IllegalArgumentException(
                    option + " must be one of " + String.join(", ", allowed) + ", was " + value);
        }
        return value;
    }

    static String window(String value) {
        if (value != null && WindowSize.parse(value).isEmpty()) {
            throw new IllegalArgumentException("window " + WindowSize.REQUIREMENT + ", was " + value);
        }
        return value;
    }

    static Integer panes(Integer value) {
        if (value != null && (value < 1 || value > WindowSettings.MAX_PANES)) {
            throw new IllegalArgumentException(
                    "panes must be from 1 to " + WindowSettings.MAX_PANES + ", was " + value);
        }
        return value;
    }

    /** The types of events that a comma-separated list names; all for {@code null}. */
    static Set<FlowEvent.Type> events(String list) {
        Set<FlowEvent.Type> types = EnumSet.noneOf(FlowEvent.Type.class);
        if (list == null) {
            return EnumSet.allOf(FlowEvent.Type.class);
        }
        for (String word : list.split(",", -1)) {
            types.add(FlowEvent.Type.of(word.strip())
                    .orElseThrow(() -> new IllegalArgumentException("events must be a comma-separated list of "
                            + Arrays.stream(FlowEvent.Type.values())
                                    .map(FlowEvent.Type::word)
                                    .collect(Collectors.joining(", "))
                            + ", was " + list)));
        }
        return types;
    }

    static long notNegative(String option, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(option + " must not be negative, was " + value);
        }
        return value;
    }

    static Long positive(String option, Long value) {
        if (value != null && value <= 0) {
            throw new IllegalArgumentException(option + " must be above 0, was " + value);
        }
        return value;
    }

    /** Refuses options of windows where no window is asked for, and what a window cannot do. */
    static void checkWindow(Operation operation, Map<String, Object> parameters) {
        if (operation != Operation.VALIDATE) {
            return;
        }
        boolean windows = "window".equals(parameters.get("scope"));
        for (String option : List.of("window", "panes")) {
            if (!windows && parameters.containsKey(option)) {
                throw new IllegalArgumentException("option " + option + " of aiflow:validate needs scope=window");
            }
        }
        boolean records = "record".equals(parameters.getOrDefault("scope", "record"));
        if (records && parameters.containsKey("profile")) {
            throw new IllegalArgumentException("option profile of aiflow:validate needs scope=batch or scope=window");
        }
        if (windows && "COMPLETE".equals(parameters.get("resultFormat"))) {
            throw new IllegalArgumentException(
                    "resultFormat must be BOOLEAN_ONLY, BASIC or SUMMARY with scope=window, which"
                            + " keeps some of the unexpected values only; scope=batch keeps all");
        }
        Object onInvalid = parameters.get("onInvalid");
        if (windows && onInvalid != null && !"mark".equals(onInvalid)) {
            throw new IllegalArgumentException(
                    "onInvalid must be mark with scope=window, was " + onInvalid + ": a window's verdict is about many"
                            + " exchanges, so it fails none of them; route on its headers or its event");
        }
    }

    /** Refuses what is done to rollouts only. */
    static void checkAction(Operation operation, Map<String, Object> parameters) {
        Object action = parameters.get("action");
        if (operation == Operation.FEEDBACK
                && action != null
                && !List.of("label", "status").contains(action)) {
            throw new IllegalArgumentException("action of aiflow:feedback must be label or status, was " + action);
        }
    }

    /** The names of a comma-separated list; none for {@code null}. */
    static List<String> models(String list) {
        if (list == null) {
            return List.of();
        }
        List<String> names =
                Arrays.stream(list.split(",", -1)).map(String::strip).toList();
        if (names.contains("") || names.size() != Set.copyOf(names).size()) {
            throw new IllegalArgumentException("models must be names with commas between them, each once, was " + list);
        }
        return names;
    }

    static Integer batchSize(Integer value) {
        if (value != null && (value < 1 || value > MAX_BATCH)) {
            throw new IllegalArgumentException("batchSize must be from 1 to " + MAX_BATCH + ", was " + value);
        }
        return value;
    }

    /** Refuses a delay that could never do anything. */
    static void checkBatch(Map<String, Object> parameters) {
        if (parameters.containsKey("batchDelay") && !parameters.containsKey("batchSize")) {
            throw new IllegalArgumentException("option batchDelay of aiflow:infer needs batchSize");
        }
    }
}
