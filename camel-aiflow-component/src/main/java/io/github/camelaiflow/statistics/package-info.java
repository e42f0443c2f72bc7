/**
 * Two-sample tests, distances and samplers that features build on; knows nothing of the project. Every random choice comes
 * from a seeded generator that is passed in, so that a result can be repeated.
 */
package io.github.camelaiflow.statistics;
