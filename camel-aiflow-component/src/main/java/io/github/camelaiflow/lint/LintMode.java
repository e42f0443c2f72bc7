package io.github.camelaiflow.lint;

/** What is done about routes that break a rule. A route that declares a delivery mode is refused in each of these. */
public enum LintMode {
    /** Each violation is logged. */
    WARN,
    /** The application does not start; a route added later is refused. */
    FAIL,
    /** Nothing is looked for. */
    OFF
}
