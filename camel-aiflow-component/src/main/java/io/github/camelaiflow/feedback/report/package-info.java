/** Shows quality to people: {@link io.github.camelaiflow.feedback.report.QualityDocs} makes one HTML page of it. */
package io.github.camelaiflow.feedback.report;
