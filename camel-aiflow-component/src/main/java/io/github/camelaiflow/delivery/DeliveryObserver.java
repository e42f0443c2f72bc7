package io.github.camelaiflow.delivery;

import java.time.Duration;
import java.time.Instant;

/** Is told of what happens to records. Called by delivering threads; must neither block nor throw. */
public interface DeliveryObserver {

    /** Records were taken and wait for their outcome. */
    void taken(int records);

    /** Records that were taken got their outcomes, all visible now; in all as many as were taken. */
    void settled(int decisions, int deadLetters, Instant time);

    /** Records that were taken are given back, without an outcome: they come again, here or elsewhere. */
    void returned(int records);

    /** A batch failed and is tried again. {@code stage} is {@code process}, {@code commit} or {@code poll}. */
    void failed(String stage, Throwable cause);

    /** A thread works again after a failure, so long after it began. */
    void recovered(Duration after);
}
