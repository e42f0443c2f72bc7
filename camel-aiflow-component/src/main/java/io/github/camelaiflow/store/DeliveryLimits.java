package io.github.camelaiflow.store;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** As {@link Limits}, of what becomes of messages. */
final class DeliveryLimits {

    static final int KEY_BYTES = 1 << 16;
    static final int VALUE_BYTES = 1 << 20;
    static final int HEADERS = 256;
    static final int HEADER_BYTES = 1 << 16;
    static final int TEXT_LENGTH = 4_000;

    private static final Duration LONGEST = Duration.ofDays(365);

    private DeliveryLimits() {}

    static void check(Deliveries.Settlement settlement) {
        Limits.checkName("A settlement's id", settlement.id());
        Set<Map.Entry<String, Integer>> moved = new HashSet<>();
        for (Deliveries.Move move : settlement.moves()) {
            Limits.checkName("A move's topic", move.topic());
            atLeast("A move's partition", 0, move.partition());
            atLeast("The offset a move begins at", Deliveries.Move.NONE, move.from());
            atLeast("The offset a move ends at", Math.max(move.from() + 1, 0), move.to());
            if (!moved.add(Map.entry(move.topic(), move.partition()))) {
                throw StoreException.refused("A settlement must move each partition at most once");
            }
        }
        for (Deliveries.Decision decision : settlement.decisions()) {
            Limits.checkName("A decision's id", decision.id());
            Limits.checkName("A decision's topic", decision.topic());
            atLeast("A decision's partition", 0, decision.partition());
            atLeast("A decision's offset", 0, decision.offset());
            check("A decision's", decision.message());
        }
        checkLetters(settlement.letters());
        checkDrafts(settlement.messages());
    }

    static void checkLetters(List<DeadLetters.Letter> letters) {
        for (DeadLetters.Letter letter : letters) {
            Limits.checkName("A dead letter's id", letter.id());
            Limits.checkName("A dead letter's stage", letter.stage());
            checkText("A dead letter's reason", letter.reason());
            if (letter.fields() != null) {
                checkText("A dead letter's fields", letter.fields());
            }
            if (letter.route() != null) {
                Limits.checkName("A dead letter's route", letter.route());
            }
            if (letter.topic() != null) {
                Limits.checkName("A dead letter's topic", letter.topic());
            }
            boolean came = letter.topic() != null && (letter.partition() != -1 || letter.offset() != -1);
            atLeast("A dead letter's partition", came ? 0 : -1, letter.partition());
            atLeast("A dead letter's offset", came ? 0 : -1, letter.offset());
            Limits.checkTime("A dead letter's time", letter.received());
            check("A dead letter's", letter.message());
        }
    }

    static void check(DeadLetters.Criteria criteria) {
        Stream.of(criteria.stage(), criteria.reason(), criteria.field(), criteria.route())
                .filter(Objects::nonNull)
                .forEach(text -> checkText("What is asked of dead letters", text));
    }

    static void check(String letter, DeadLetters.Change change) {
        Limits.checkName("A dead letter's id", letter);
        Limits.checkName("A change's id", change.id());
        Limits.checkName("A change's actor", change.actor());
        if (change.from() == null || change.to() == null || change.from() == change.to()) {
            throw StoreException.refused("A change must lead from a state to another one");
        }
        if (change.note() != null) {
            checkText("A change's note", change.note());
        }
        if (change.after() != null) {
            Limits.checkName("The id of the last change", change.after());
        }
    }

    static void checkDrafts(List<Outbox.Draft> drafts) {
        for (Outbox.Draft draft : drafts) {
            Limits.checkName("A message's id", draft.id());
            Limits.checkName("A message's destination", draft.destination());
            check("A message's", draft.message());
        }
    }

    static void checkClaim(String id, String digest, String owner, Duration hold) {
        checkClaim(id, owner);
        Limits.checkName("A request's digest", digest);
        if (hold == null || hold.isNegative() || hold.isZero() || hold.compareTo(LONGEST) > 0) {
            throw StoreException.refused(
                    "A claim must be held for up to " + LONGEST.toDays() + " days, and more than 0");
        }
    }

    static void checkClaim(String id, String owner) {
        Limits.checkName("An idempotency key", id);
        Limits.checkName("The owner of a claim", owner);
    }

    static void checkResult(String id, String owner, String result) {
        checkClaim(id, owner);
        Limits.checkContent("The result of a request", result, Limits.CONTENT_BYTES);
    }

    private static void check(String whose, Message message) {
        if (message == null) {
            throw StoreException.refused(whose + " message must not be null");
        }
        atMost(whose + " key", KEY_BYTES, Message.length(message.key()), "bytes");
        atMost(whose + " value", VALUE_BYTES, Message.length(message.value()), "bytes");
        atMost(whose + " message", HEADERS, message.headers().size(), "headers");
        int bytes = 0;
        for (Message.Header header : message.headers()) {
            if (header.name() == null) {
                throw StoreException.refused(whose + " headers must have names");
            }
            bytes += header.size();
        }
        atMost(whose + " message", HEADER_BYTES, bytes, "bytes of headers");
    }

    private static void checkText(String what, String text) {
        Limits.checkContent(what, text, Limits.CONTENT_BYTES);
        atMost(what, TEXT_LENGTH, text.length(), "characters");
    }

    static void atMost(String what, int most, int count, String unit) {
        if (count > most) {
            throw StoreException.refused(what + " must have at most " + most + " " + unit + ", not " + count);
        }
    }

    private static void atLeast(String what, long least, long value) {
        if (value < least) {
            throw StoreException.refused(what + " must be at least " + least + ", not " + value);
        }
    }
}
