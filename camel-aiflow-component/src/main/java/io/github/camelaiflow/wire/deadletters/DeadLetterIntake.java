package io.github.camelaiflow.wire.deadletters;

import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.delivery.StoredLetter;
import io.github.camelaiflow.store.DeadLetters;
import io.github.camelaiflow.store.DeadLetters.Letter;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes dead letters into the store of their flow, each once: a copy of a letter, known by the record it is about, is not taken again. Fails,
 * so that the route tries again, while the store is away or full; a letter is in the store when this has returned. Of one that is too large for
 * the store that is taken which has room, and it is logged. Thread-safe.
 */
public final class DeadLetterIntake extends ServiceSupport implements Processor, CamelContextAware {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterIntake.class);

    private CamelContext context;
    private String flow;
    private LetterReader reader;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** The flow whose dead letters these are; required. */
    public void setFlow(String flow) {
        this.flow = flow;
    }

    @Override
    protected void doStart() {
        if (flow == null) {
            throw new IllegalArgumentException("the intake of dead letters needs a flow");
        }
        reader = new LetterReader(flow);
        LetterWatch.watch(context, flow);
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        AiflowComponent component = context.getComponent("aiflow", AiflowComponent.class);
        DeadLetters letters = component.deadLetters(flow);
        Letter letter = reader.read(exchange, component.now());
        boolean isNew = letters.put(List.of(fitting(letter))) == 1;
        if (isNew && !letter.message().fits()) {
            LOG.warn(
                    "Dead letter {} of flow {} with {} bytes is more than the store takes: what of it has no room is where it came from alone",
                    letter.id(),
                    flow,
                    letter.message().size());
        }
        if (isNew && !component.keepsDeadLetters(flow) && warned.compareAndSet(false, true)) {
            LOG.warn(
                    "Dead letters of flow {} are kept in memory and end with the process: its definition has no store",
                    flow);
        }
    }

    private static Letter fitting(Letter letter) {
        return new Letter(
                letter.id(),
                letter.stage(),
                letter.reason(),
                letter.fields(),
                letter.route(),
                letter.topic(),
                letter.partition(),
                letter.offset(),
                letter.received(),
                StoredLetter.message(letter.message()));
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        context = camelContext;
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }
}
