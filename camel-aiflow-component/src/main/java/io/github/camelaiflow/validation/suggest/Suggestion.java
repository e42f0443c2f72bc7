package io.github.camelaiflow.validation.suggest;

import java.util.Map;

/**
 * An expectation to be written.
 *
 * @param type GX's name
 * @param kwargs its arguments, {@code mostly} among them
 * @param critical whether it is about structure, which the sample never broke; all others are warnings
 * @param promised whether alpha holds with it
 * @param how how it was derived
 */
record Suggestion(
        String type, Map<String, Object> kwargs, boolean critical, boolean promised, Map<String, Object> how) {}
