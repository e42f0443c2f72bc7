/**
 * Which version answers which record, and what becomes of a version on trial. {@link io.github.camelaiflow.rollout.Rollout} is the
 * way in; {@code evidence} compares the arms.
 */
package io.github.camelaiflow.rollout;
