package io.github.camelaiflow.app;

import java.util.Set;

/** What callers may do. */
final class Roles {

    /** Ask for decisions. */
    static final String SCORER = "scorer";
    /** Say what turned out to be true. */
    static final String FEEDBACK = "feedback";
    /** Look at quality, drift, rollout and metrics. */
    static final String OPERATOR = "operator";
    /** What operators may, and: promote, roll back, replay dead letters, see values. */
    static final String STEERING = "steering";

    static final Set<String> ALL = Set.of(SCORER, FEEDBACK, OPERATOR, STEERING);

    private Roles() {}
}
