package io.github.camelaiflow.management;

import io.github.camelaiflow.delivery.DeliveryMode;
import java.time.Instant;
import java.util.Locale;

/**
 * What a delivering route tells of itself now: figures since its start, so their differences over time are what counts. Each method
 * reads by itself; what is told while records move need not add up. Thread-safe.
 */
public interface DeliveryStatus {

    /** Mode of a plain Camel route, whose promise is that of its consumer. */
    String CAMEL = "camel";

    /** The route's id. */
    String route();

    /** The flow it delivers to; empty if that is not known. */
    String flow();

    /** {@code exactly-once}, {@code at-least-once}, {@code database}, or {@value #CAMEL}. */
    String mode();

    /** Records that entered. One that was given back and comes again enters again. */
    long taken();

    /** Records that were decided. */
    long decisions();

    /** Records that became dead letters. */
    long deadLetters();

    /** Records given back without an outcome. */
    long returned();

    /** Records that entered and have no outcome yet. */
    long pending();

    /**
     * Records of which nothing is known: neither decided nor dead letters, pending or given back. More than 0 is a loss; less than 0
     * are more outcomes than records. Of one moment: records on their way are never part of it.
     */
    long gap();

    /** Times that a batch or record failed and is to be tried again. */
    long failures();

    /** When outcomes were last made visible; {@code null} if never. */
    Instant lastCommit();

    /** The time by the clock that {@link #lastCommit()} goes by. */
    Instant now();

    /** What else it tells. */
    default DeliveryDetails details() {
        return DeliveryDetails.NONE;
    }

    /** A mode as {@link #mode()} writes it. */
    static String word(DeliveryMode mode) {
        return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
