/**
 * Compares a version on trial with the one that serves, by tests that hold at any number of looks. Evidence is additive: that of
 * many nodes is the sum of theirs.
 */
package io.github.camelaiflow.rollout.evidence;
