/**
 * Two-sample tests, distances, samplers, exact limits and mergeable states of streams in bounded memory, that features build
 * on; knows nothing of the project. No state is thread-safe. Every random choice comes
 * from a seeded generator that is passed in, so that a result can be repeated.
 */
package io.github.camelaiflow.statistics;
