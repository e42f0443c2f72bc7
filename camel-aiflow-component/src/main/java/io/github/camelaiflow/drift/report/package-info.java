/**
 * Shows drift to people: {@link io.github.camelaiflow.drift.report.DriftDocs} makes one HTML page of what a monitor has said, {@link
 * io.github.camelaiflow.drift.report.DriftComparison} compares two sets of records as a batch.
 */
package io.github.camelaiflow.drift.report;
