package io.github.camelaiflow.lint;

/**
 * Says of a processor or bean in a route that after it no header is left by which a sender could steer a step: neither {@code Camel*}
 * nor {@code kafka.*}, in upper or lower case.
 */
public interface StripsHeaders {}
