package io.github.camelaiflow.rollout;

import io.github.camelaiflow.data.ServedBy;

/**
 * Which version a record goes to.
 *
 * @param version the version
 * @param role PRIMARY, CANARY or VARIANT
 * @param share of an arm on trial: chance that a record of this arm and the serving one goes to this one; of the serving version
 *     with a canary: the canary's; NaN where nothing is compared
 * @param step the canary's step, from 0; -1 without a running trial
 */
public record Assignment(String version, ServedBy role, double share, int step) {}
