package io.github.camelaiflow;

import io.github.camelaiflow.rollout.Rollout;
import java.time.Duration;

/**
 * A flow's rollout at work.
 *
 * @param shadows {@code null} for none
 * @param retention how long decisions are kept
 * @param servesForCanary whether the version that serves answers what the one on trial cannot
 */
record Trial(Rollout rollout, Shadows shadows, Duration retention, boolean servesForCanary) implements AutoCloseable {

    @Override
    public void close() {
        if (shadows != null) {
            shadows.close();
        }
        rollout.close();
    }
}
