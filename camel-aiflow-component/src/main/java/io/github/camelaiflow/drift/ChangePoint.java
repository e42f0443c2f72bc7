package io.github.camelaiflow.drift;

import java.time.Instant;

/**
 * Since when a field differs from its reference: the split of the records kept that makes them most likely
 * (D. V. Hinkley, "Inference about the change-point in a sequence of random variables", Biometrika 57(1), 1970).
 *
 * @param since when the first record after the change came, by the monitor's clock; inside a pane times are interpolated
 * @param sinceRecord how many records of the segment came since then, up to the end of the window
 */
public record ChangePoint(Instant since, long sinceRecord) {}
