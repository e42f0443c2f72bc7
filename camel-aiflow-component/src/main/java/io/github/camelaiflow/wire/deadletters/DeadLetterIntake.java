package io.github.camelaiflow.wire.deadletters;

import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.store.DeadLetters;
import io.github.camelaiflow.store.DeadLetters.Found;
import io.github.camelaiflow.store.DeadLetters.Letter;
import io.github.camelaiflow.store.Message;
import io.github.camelaiflow.store.StoreException;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes dead letters into the store of their flow, each once: a copy of a letter, known by the record it is about, is not taken again. Fails,
 * so that the route tries again, while the store is away or full; a letter is in the store when this has returned. One that is too large for the
 * store is taken without its bytes, and logged. Thread-safe.
 */
public final class DeadLetterIntake extends ServiceSupport implements Processor, CamelContextAware {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterIntake.class);

    private CamelContext context;
    private String flow;
    private LetterReader reader;

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
        try {
            take(letters, letter, exchange);
        } catch (StoreException e) {
            if (e.unreachable() || !tooLarge(letter.message())) {
                throw e;
            }
            LOG.warn(
                    "Dead letter {} of flow {} is taken without its {} bytes, which are more than the store takes; they are where it"
                            + " came from",
                    letter.id(),
                    flow,
                    letter.message().size());
            take(letters, with(letter, letter.id(), new Message(null, null, List.of())), exchange);
        }
    }

    /** A letter of another record under the same id, as after a topic was made anew, gets an id of its own. */
    private void take(DeadLetters letters, Letter letter, Exchange exchange) {
        if (letters.put(List.of(letter)) == 1 || letter.message().value() == null) {
            return;
        }
        byte[] known =
                letters.get(letter.id()).map(Found::message).map(Message::value).orElse(null);
        if (known != null && !Arrays.equals(known, letter.message().value())) {
            letters.put(List.of(with(letter, reader.ownId(exchange), letter.message())));
        }
    }

    private static Letter with(Letter letter, String id, Message message) {
        return new Letter(
                id,
                letter.stage(),
                letter.reason(),
                letter.fields(),
                letter.route(),
                letter.topic(),
                letter.partition(),
                letter.offset(),
                letter.received(),
                message);
    }

    /** Whether a store may refuse it for its size: by the limits of {@link Message}. */
    private static boolean tooLarge(Message message) {
        int value = message.value() == null ? 0 : message.value().length;
        int key = message.key() == null ? 0 : message.key().length;
        return value > 1 << 20
                || key > 1 << 16
                || message.size() - value - key > 1 << 16
                || message.headers().size() > 256;
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
