/**
 * Detectors of a change in a stream of values, one at a time, that learn nothing of what lies behind the values. Some promise
 * how rarely they are wrong (e-detectors, conformal test martingales), some are kept for those who know them (ADWIN, DDM,
 * Page–Hinkley). No detector is thread-safe.
 */
package io.github.camelaiflow.statistics.change;
