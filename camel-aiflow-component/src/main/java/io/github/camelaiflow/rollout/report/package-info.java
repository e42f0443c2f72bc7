/** A rollout as a picture: stage, share and evidence over time. */
package io.github.camelaiflow.rollout.report;
