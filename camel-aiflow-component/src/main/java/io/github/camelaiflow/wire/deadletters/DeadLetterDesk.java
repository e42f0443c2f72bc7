package io.github.camelaiflow.wire.deadletters;

import io.github.camelaiflow.Actors;
import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.AiflowConstants;
import io.github.camelaiflow.delivery.StoredLetter;
import io.github.camelaiflow.store.DeadLetters;
import io.github.camelaiflow.store.DeadLetters.Found;
import io.github.camelaiflow.store.DeadLetters.Summary;
import io.github.camelaiflow.wire.DeadLetterException;
import io.github.camelaiflow.wire.DeadLetterException.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Does one thing about a flow's dead letters and makes the answer the body. What it needs are the headers {@code id}, {@code state},
 * {@code after}, {@code limit}, {@code actor}, {@code reason} and {@code sent}; who acts is the exchange property
 * {@value AiflowConstants#ACTOR} or what bean {@value Actors#BEAN} says, if there is one of them. Actions:
 *
 * <ul>
 *   <li>{@code list}: letters without their bytes, as JSON: of a {@code state} or all, {@code after} a position, {@code limit} at most (100; 1000);
 *   <li>{@code get}: one, with what was done about it;
 *   <li>{@code payload}: its bytes, as they came;
 *   <li>{@code replay}: sends it to {@code to} once, with its key and headers, or with the body of the request in place of its bytes;
 *   <li>{@code discard}: nothing more is to be done about it;
 *   <li>{@code settle}: {@code sent} tells how a replay ended of which that is not known.
 * </ul>
 *
 * Throws a {@link DeadLetterException}, or what the check of mended bytes throws. Thread-safe.
 */
public final class DeadLetterDesk extends ServiceSupport implements Processor, CamelContextAware {

    private enum Action {
        LIST,
        GET,
        PAYLOAD,
        REPLAY,
        DISCARD,
        SETTLE
    }

    private CamelContext context;
    private ProducerTemplate template;
    private String flow;
    private Action action;
    private String to;
    private String check;
    private final Map<String, String> others = new HashMap<>();
    private Duration settleAfter = Duration.ofMinutes(5);

    /** The flow whose dead letters these are; required. */
    public void setFlow(String flow) {
        this.flow = flow;
    }

    /** What is done: see the class. Required. */
    public void setAction(String action) {
        this.action = Arrays.stream(Action.values())
                .filter(known -> known.name().equalsIgnoreCase(action))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("action must be one of " + Arrays.toString(Action.values())));
    }

    /** Endpoint that replays are sent to: where the flow's records come from. Required to replay. */
    public void setTo(String to) {
        this.to = to;
    }

    /**
     * Endpoints that letters of certain routes go to instead, as {@code ROUTE=URI;ROUTE=URI}; default none. Their mended bytes are not
     * checked.
     */
    public void setOthers(String others) {
        for (String other : others.split(";")) {
            int equals = other.indexOf('=');
            if (equals > 0) {
                this.others.put(
                        other.substring(0, equals).strip(),
                        other.substring(equals + 1).strip());
            } else if (!other.isBlank()) {
                throw new IllegalArgumentException("others must be ROUTE=URI;ROUTE=URI");
            }
        }
    }

    /** Endpoint that mended bytes are sent to before they are replayed, and that fails if they are wrong; default none. */
    public void setCheck(String check) {
        this.check = check;
    }

    /** How long a replay may be on its way, so that nobody settles it before; default 5 minutes, more than Kafka tries to send. */
    public void setSettleAfter(Duration settleAfter) {
        this.settleAfter = settleAfter;
    }

    @Override
    protected void doStart() {
        if (flow == null || action == null) {
            throw new IllegalArgumentException("the desk of dead letters needs a flow and an action");
        }
        if (action == Action.REPLAY && blank(to)) {
            throw new IllegalArgumentException("replays of flow " + flow + " need an endpoint to go to (to)");
        }
        template = context.createProducerTemplate();
        LetterWatch.watch(context, flow);
    }

    @Override
    protected void doStop() {
        if (template != null) {
            template.stop();
        }
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        AiflowComponent component = context.getComponent("aiflow", AiflowComponent.class);
        DeadLetters letters = component.deadLetters(flow);
        Replays replays = new Replays(letters, context.getUuidGenerator()::generateUuid);
        DeskRequest request = new DeskRequest(exchange);
        switch (action) {
            case LIST -> {
                int limit = request.limit();
                json(
                        exchange,
                        LetterJson.page(
                                letters.list(request.state(), request.after(), limit), limit, letters.counts()));
            }
            case GET -> {
                String id = request.id();
                json(exchange, LetterJson.letter(replays.letter(id), letters.history(id)));
            }
            case PAYLOAD -> payload(exchange, replays.letter(request.id()));
            case REPLAY -> json(exchange, replay(replays, request));
            case DISCARD -> json(exchange, replays.discard(request.id(), request.actor(), request.reason()));
            case SETTLE ->
                json(
                        exchange,
                        replays.settle(
                                request.id(),
                                request.sent(),
                                request.actor(),
                                request.reason(),
                                component.now(),
                                settleAfter));
        }
    }

    private Summary replay(Replays replays, DeskRequest request) throws Exception {
        String id = request.id();
        String actor = request.actor();
        byte[] mended = request.mended();
        Found found = replays.letter(id);
        if (mended == null && !StoredLetter.isWhole(found.message())) {
            throw new DeadLetterException(
                    Kind.CONFLICT,
                    "The letter is not here as it came, it was too large: it can only be replayed with mended bytes");
        }
        String note = request.reason();
        String other = others.get(found.summary().route());
        if (mended != null) {
            if (other == null) {
                check(request, found, mended);
            }
            note = note == null ? "mended" : "mended: " + note;
        }
        return replays.replay(id, actor, note, () -> send(other == null ? to : other, found, mended));
    }

    private void check(DeskRequest request, Found found, byte[] mended) throws Exception {
        if (blank(check)) {
            return;
        }
        Exchange checked = answered(check, ExchangePattern.InOut, found, mended);
        if (checked.getException() != null) {
            // What is wrong with which field is answered from it
            request.keep(AiflowConstants.VALIDATION, checked.getMessage().getHeader(AiflowConstants.VALIDATION));
            throw checked.getException();
        }
    }

    private void send(String target, Found found, byte[] mended) throws Exception {
        Exchange sent = answered(target, ExchangePattern.InOnly, found, mended);
        if (sent.getException() != null) {
            throw sent.getException();
        }
    }

    /** What was checked is what is sent: headers of the call, such as its content type, are none of the record's. */
    private Exchange answered(String target, ExchangePattern pattern, Found found, byte[] mended) {
        return template.send(target, pattern, exchange -> {
            byte[] value = mended == null ? found.message().value() : mended;
            LetterMessages.restore(exchange.getMessage(), found.summary().id(), found.message(), value);
        });
    }

    private static void json(Exchange exchange, Summary letter) {
        json(exchange, LetterJson.summary(letter).toString());
    }

    private static void json(Exchange exchange, String json) {
        answer(exchange, "application/json", json);
    }

    /** Never as what a sender says it is: whoever looks at it in a browser gets a file. */
    private static void payload(Exchange exchange, Found found) {
        if (found.message().value() == null) {
            throw new DeadLetterException(Kind.ABSENT, "The letter's bytes are not here");
        }
        answer(exchange, "application/octet-stream", found.message().value());
        exchange.getMessage().setHeader("Content-Disposition", "attachment; filename=\"dead-letter\"");
        exchange.getMessage().setHeader("X-Content-Type-Options", "nosniff");
    }

    private static void answer(Exchange exchange, String contentType, Object body) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.CONTENT_TYPE, contentType);
        message.setHeader("Cache-Control", "no-store");
        message.setBody(body);
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
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
