package io.github.camelaiflow.management;

import java.time.Instant;
import java.util.Optional;

/** What a flow's dead letters tell of themselves now. Thread-safe; reaches no store. */
public interface LetterStatus {

    /** The flow's name. */
    String flow();

    /** The figures, a few seconds old; empty while the store cannot be reached. */
    Optional<LetterFigures> figures();

    /** The time by the clock that the figures go by. */
    Instant now();
}
