package io.github.camelaiflow.management;

import org.apache.camel.CamelContext;

/** Shows operators a flow's dead letters: an MBean, and meters where the Camel context has a meter registry. */
public final class LetterManagement implements AutoCloseable {

    private static final String TYPE = "aiflow-dead-letters";

    private final CamelContext context;
    private final LetterStatus status;
    private final Runnable removeMeters;

    private LetterManagement(CamelContext context, LetterStatus status, Runnable removeMeters) {
        this.context = context;
        this.status = status;
        this.removeMeters = removeMeters;
    }

    /** Shows the letters until {@link #close()}, in place of those of a flow of the same name. */
    public static LetterManagement register(CamelContext context, LetterStatus status) {
        ManagedObjects.register(context, TYPE, status.flow(), new ManagedLetters(status));
        Runnable removeMeters = FlowManagement.hasMicrometer(context) ? MicrometerLetters.add(context, status) : null;
        return new LetterManagement(context, status, removeMeters);
    }

    /** Shows the letters no more. */
    @Override
    public void close() {
        ManagedObjects.unregister(context, TYPE, status.flow());
        if (removeMeters != null) {
            removeMeters.run();
        }
    }
}
