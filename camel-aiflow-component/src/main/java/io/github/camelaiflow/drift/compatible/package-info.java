/**
 * The distances of Evidently and NannyML by their own definitions and fixed thresholds, on raw rows, for those who must compare with
 * them. They promise nothing about false alarms: see docs/drift-figures.md for how often each alarms where nothing has drifted.
 */
package io.github.camelaiflow.drift.compatible;
