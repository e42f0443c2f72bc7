/**
 * Shows a validation's result to people: {@link io.github.camelaiflow.validation.report.DataDocs} makes one HTML page of it. Knows
 * results, not how they come about.
 */
package io.github.camelaiflow.validation.report;
