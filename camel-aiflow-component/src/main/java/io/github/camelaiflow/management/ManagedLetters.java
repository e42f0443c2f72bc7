package io.github.camelaiflow.management;

import java.util.function.ToLongFunction;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;

/**
 * A flow's dead letters as JMX shows them, under {@code org.apache.camel:context=…,type=aiflow-dead-letters,name="FLOW"}; -1 while
 * the store cannot be reached. Public because JMX needs it so; read only.
 */
@ManagedResource(description = "Dead letters of a flow")
public final class ManagedLetters {

    private final LetterStatus status;

    ManagedLetters(LetterStatus status) {
        this.status = status;
    }

    @ManagedAttribute(description = "Name of the flow")
    public String getFlow() {
        return status.flow();
    }

    @ManagedAttribute(description = "Letters about which nobody did anything")
    public long getNew() {
        return count(LetterFigures::fresh);
    }

    @ManagedAttribute(description = "Letters being replayed, or of which nobody knows whether they were")
    public long getReplaying() {
        return count(LetterFigures::replaying);
    }

    @ManagedAttribute(description = "Letters that were sent again")
    public long getReplayed() {
        return count(LetterFigures::replayed);
    }

    @ManagedAttribute(description = "Letters that somebody discarded")
    public long getDiscarded() {
        return count(LetterFigures::discarded);
    }

    @ManagedAttribute(
            description = "Seconds since the oldest letter that has not ended was set aside; 0 if there is none")
    public double getOldestOpenSeconds() {
        return status.figures().map(figures -> oldest(status, figures)).orElse(-1.0);
    }

    private long count(ToLongFunction<LetterFigures> value) {
        return status.figures().map(value::applyAsLong).orElse(-1L);
    }

    /** Age of the oldest letter that has not ended, in seconds; 0 if there is none. */
    static double oldest(LetterStatus status, LetterFigures figures) {
        return ManagedDelivery.seconds(figures.oldestOpen(), status.now(), 0);
    }
}
