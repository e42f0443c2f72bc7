package io.github.camelaiflow.wire.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelaiflow.Actors;
import io.github.camelaiflow.store.DeadLetters.Criteria;
import io.github.camelaiflow.store.DeadLetters.State;
import io.github.camelaiflow.wire.DeadLetterException;
import io.github.camelaiflow.wire.DeadLetterException.Kind;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;

/** What somebody asks of the desk: path and query parameters, as Camel's REST consumers put them into headers. */
final class DeskRequest {

    private static final int MOST = 1000;
    private static final int NAME = 255;
    private static final int TEXT = 2_000;

    private final Exchange exchange;
    private final Message message;

    DeskRequest(Exchange exchange) {
        this.exchange = exchange;
        this.message = exchange.getMessage();
    }

    String id() {
        String id = text("id");
        if (id == null || id.length() > NAME) {
            throw malformed("id must have 1 to " + NAME + " characters");
        }
        return id;
    }

    /** The letters that are asked for; all if nothing is said. */
    Criteria criteria() {
        return criteria(state());
    }

    /** The NEW letters that are asked for: something must be said of them, so that nobody handles all by mistake. */
    Criteria narrowed() {
        State state = state();
        if (state != null && state != State.NEW) {
            throw malformed("state must be NEW: nothing else can be replayed or discarded");
        }
        Criteria criteria = criteria(State.NEW);
        if (criteria.equals(Criteria.of(State.NEW))) {
            throw malformed(
                    "errorStage, errorReason, errorField, route, since or until must say which letters are meant");
        }
        return criteria;
    }

    private Criteria criteria(State state) {
        return new Criteria(
                state,
                text("errorStage"),
                text("errorReason"),
                text("errorField"),
                text("route"),
                time("since"),
                time("until"));
    }

    private State state() {
        String state = text("state");
        if (state == null) {
            return null;
        }
        return Arrays.stream(State.values())
                .filter(known -> known.name().equalsIgnoreCase(state))
                .findFirst()
                .orElseThrow(() -> malformed("state must be one of " + Arrays.toString(State.values())));
    }

    private Instant time(String name) {
        String text = text(name);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw malformed(name + " must be a time such as 2026-01-31T00:00:00Z");
        }
    }

    long after() {
        return number("after", 0, 0, Long.MAX_VALUE);
    }

    int limit() {
        return (int) number("limit", 100, 1, MOST);
    }

    /** Who it is: as the route knows, or else as the request says. */
    String actor() {
        String known = Actors.known(exchange);
        String actor = known == null ? text("actor") : known;
        if (actor == null || actor.isBlank() || actor.length() > NAME) {
            throw malformed("actor must say who does this, in 1 to " + NAME + " characters");
        }
        return actor;
    }

    /** Why; {@code null} if it isn't said. */
    String reason() {
        return text("reason");
    }

    boolean sent() {
        String sent = text("sent");
        if (!"true".equals(sent) && !"false".equals(sent)) {
            throw malformed("sent must be true if the message came, false if it did not");
        }
        return "true".equals(sent);
    }

    /** The mended bytes; {@code null} if nothing is to be mended. */
    byte[] mended() {
        if (message.getBody() == null) {
            return null;
        }
        try {
            byte[] body = message.getMandatoryBody(byte[].class);
            return body.length == 0 ? null : body;
        } catch (InvalidPayloadException e) {
            throw malformed("the body must be a record's bytes, not a form: name another Content-Type");
        }
    }

    /** Leaves that for whoever answers the request. */
    void keep(String name, Object value) {
        message.setHeader(name, value);
    }

    private String text(String name) {
        Object value = message.getHeader(name);
        if (value == null) {
            return null;
        }
        String text = value.toString();
        if (text.length() > TEXT || text.indexOf(0) >= 0 || !UTF_8.newEncoder().canEncode(text)) {
            throw malformed(name + " must have at most " + TEXT + " characters, of Unicode and not U+0000");
        }
        return text;
    }

    private long number(String name, long none, long least, long most) {
        String text = text(name);
        if (text == null) {
            return none;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw malformed(name + " must be a whole number from " + least + " to " + most);
    }

    private static DeadLetterException malformed(String message) {
        return new DeadLetterException(Kind.MALFORMED, message);
    }
}
