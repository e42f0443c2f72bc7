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
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
 * {@code errorStage}, {@code errorReason}, {@code errorField}, {@code route}, {@code since}, {@code until}, {@code after}, {@code limit},
 * {@code actor}, {@code reason} and {@code sent}; who acts is the exchange property
 * {@value AiflowConstants#ACTOR} or what bean {@value Actors#BEAN} says, if there is one of them. Actions:
 *
 * <ul>
 *   <li>{@code list}: letters without their bytes, as JSON: all, or those of a {@code state}, an {@code errorStage}, an {@code errorReason}, with an
 *       {@code errorField}, of a {@code route}, received {@code since} then and {@code until} before; {@code after} a position, {@code limit} at most (100; 1000);
 *   <li>{@code get}: one, with what was done about it;
 *   <li>{@code payload}: its bytes, as they came;
 *   <li>{@code replay}: sends it to {@code to} once, with its key and headers, or with the body of the request in place of its bytes; what an outbox
 *       could not send waits there anew, for the same topic;
 *   <li>{@code discard}: nothing more is to be done about it;
 *   <li>{@code replay-all}, {@code discard-all}: the same with each NEW letter that {@code list} would give, of which something more than the state must be said;
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
        REPLAY_ALL,
        DISCARD,
        DISCARD_ALL,
        SETTLE;

        boolean sends() {
            return this == REPLAY || this == REPLAY_ALL;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
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
                .filter(known -> known.toString().equalsIgnoreCase(action))
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
        if (action.sends() && blank(to)) {
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
        if (action == Action.PAYLOAD) {
            payload(exchange, replays.letter(request.id()));
        } else {
            answer(exchange, "application/json", json(request, letters, replays, component.now()));
        }
    }

    private String json(DeskRequest request, DeadLetters letters, Replays replays, Instant now) throws Exception {
        if (action == Action.LIST) {
            int limit = request.limit();
            return LetterJson.page(letters.list(request.criteria(), request.after(), limit), limit, letters.counts());
        }
        if (action == Action.GET) {
            String id = request.id();
            return LetterJson.letter(replays.letter(id), letters.history(id));
        }
        String actor = request.actor();
        String note = request.reason();
        return switch (action) {
            case REPLAY -> {
                byte[] mended = request.mended();
                yield LetterJson.text(
                        mended == null
                                ? replay(replays, request.id(), actor, note)
                                : replayMended(replays, request, actor, note, mended));
            }
            case DISCARD -> LetterJson.text(replays.discard(request.id(), actor, note));
            case SETTLE -> LetterJson.text(replays.settle(request.id(), request.sent(), actor, note, now, settleAfter));
            case REPLAY_ALL -> {
                if (request.mended() != null) {
                    throw new DeadLetterException(Kind.MALFORMED, "A body mends one letter, not many");
                }
                yield LetterJson.text(MatchingLetters.handle(letters, request, id -> replay(replays, id, actor, note)));
            }
            case DISCARD_ALL ->
                LetterJson.text(MatchingLetters.handle(letters, request, id -> replays.discard(id, actor, note)));
            default -> throw new IllegalStateException(action.toString());
        };
    }

    private Summary replay(Replays replays, String id, String actor, String note) {
        Found found = replays.letter(id);
        if (!StoredLetter.isWhole(found.message())) {
            throw new DeadLetterException(
                    Kind.CONFLICT,
                    "The letter is not here as it came, it was too large: it can only be replayed with mended bytes");
        }
        Optional<String> destination = found.summary().destination();
        if (destination.isPresent()) {
            return replays.sendOn(found, destination.get(), actor, note);
        }
        return replays.replay(
                id,
                actor,
                note,
                () -> send(target(found), found, found.message().value()));
    }

    private Summary replayMended(Replays replays, DeskRequest request, String actor, String note, byte[] mended)
            throws Exception {
        Found found = replays.letter(request.id());
        if (found.summary().destination().isPresent()) {
            throw new DeadLetterException(
                    Kind.CONFLICT, "The letter is of a message that was decided: it can only be sent as it is");
        }
        String target = target(found);
        if (!others.containsKey(found.summary().route())) {
            check(request, found, mended);
        }
        return replays.replay(
                request.id(), actor, note == null ? "mended" : "mended: " + note, () -> send(target, found, mended));
    }

    private String target(Found found) {
        return others.getOrDefault(found.summary().route(), to);
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

    private void send(String target, Found found, byte[] value) throws Exception {
        Exchange sent = answered(target, ExchangePattern.InOnly, found, value);
        if (sent.getException() != null) {
            throw sent.getException();
        }
    }

    /** What was checked is what is sent: headers of the call, such as its content type, are none of the record's. */
    private Exchange answered(String target, ExchangePattern pattern, Found found, byte[] value) {
        return template.send(
                target,
                pattern,
                exchange -> LetterMessages.restore(
                        exchange.getMessage(), found.summary().id(), found.message(), value));
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
