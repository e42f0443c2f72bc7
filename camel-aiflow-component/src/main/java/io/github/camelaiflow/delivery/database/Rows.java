package io.github.camelaiflow.delivery.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelaiflow.delivery.Incoming.Header;
import io.github.camelaiflow.delivery.Outcome;
import io.github.camelaiflow.delivery.Outcome.DeadLetter;
import io.github.camelaiflow.delivery.Outcome.Decision;
import io.github.camelaiflow.delivery.SteeringHeaders;
import io.github.camelaiflow.delivery.StoredLetter;
import io.github.camelaiflow.store.DeadLetters.Letter;
import io.github.camelaiflow.store.Deliveries;
import io.github.camelaiflow.store.Deliveries.Move;
import io.github.camelaiflow.store.Message;
import io.github.camelaiflow.store.Outbox.Draft;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a store keeps of outcomes: a row each, and a message in the outbox where they are to be told. Thread-safe. */
public final class Rows {

    private static final String ERROR = SteeringHeaders.ERROR;
    private static final int NAME = 255;
    private static final int TEXT = 4_000;

    private final String flow;
    private final String outTopic;
    private final String deadTopic;
    private final InstantSource clock;

    /**
     * @param flow names dead letters, together with their origins
     * @param outTopic where the outbox sends decisions; {@code null} for nowhere
     * @param deadTopic where the outbox sends dead letters; {@code null} for nowhere
     * @param clock tells when dead letters were set aside
     */
    public Rows(String flow, String outTopic, String deadTopic, InstantSource clock) {
        this.flow = flow;
        this.outTopic = outTopic;
        this.deadTopic = deadTopic;
        this.clock = clock;
    }

    /** Decisions that no store takes, by index, and a stable word why. */
    Map<Integer, String> refused(List<Outcome> outcomes) {
        Map<Integer, String> refused = new LinkedHashMap<>();
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Decision decision) {
                if (!message(decision).fits()) {
                    refused.put(i, "RECORD_TOO_LARGE");
                } else if (decision.id().isEmpty() || decision.id().length() > NAME) {
                    refused.put(i, "ID_TOO_LONG");
                }
            }
        }
        return refused;
    }

    Deliveries.Settlement of(String id, List<Move> moves, List<Outcome> outcomes) {
        List<Deliveries.Decision> decisions = new ArrayList<>();
        List<Letter> letters = new ArrayList<>();
        List<Draft> messages = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Decision decision) {
                Message message = message(decision);
                decisions.add(new Deliveries.Decision(
                        decision.id(),
                        decision.origin().topic(),
                        decision.origin().partition(),
                        decision.origin().offset(),
                        message));
                tell(messages, decision.id(), outTopic, message);
            } else if (outcome instanceof DeadLetter dead) {
                Letter letter = letter(dead);
                letters.add(letter);
                tell(messages, StoredLetter.messageId(letter.id()), deadTopic, letter.message());
            }
        }
        return new Deliveries.Settlement(id, moves, decisions, letters, messages);
    }

    private static void tell(List<Draft> messages, String id, String topic, Message message) {
        if (topic != null) {
            messages.add(new Draft(id, topic, message));
        }
    }

    private Letter letter(DeadLetter dead) {
        Message message = message(dead);
        return new Letter(
                StoredLetter.id(dead.origin(), flow, message),
                said(dead, "stage", NAME, "unknown"),
                said(dead, "reason", TEXT, ""),
                said(dead, "fields", TEXT, null),
                said(dead, "route", NAME, null),
                dead.origin().topic(),
                dead.origin().partition(),
                dead.origin().offset(),
                clock.instant(),
                StoredLetter.message(message));
    }

    /** What its header says, as much as there is room for. */
    private static String said(DeadLetter dead, String name, int most, String otherwise) {
        String said = null;
        for (Header header : dead.headers()) {
            if (header.name().equals(ERROR + name) && header.value() != null) {
                said = new String(header.value(), UTF_8).replace('\u0000', ' ');
            }
        }
        if (said == null || said.isEmpty()) {
            return otherwise;
        }
        boolean splitsACharacter = said.length() > most && Character.isHighSurrogate(said.charAt(most - 1));
        return said.substring(0, Math.min(said.length(), splitsACharacter ? most - 1 : most));
    }

    private static Message message(Outcome outcome) {
        List<Header> headers = outcome instanceof Decision decision ? decision.sent() : outcome.headers();
        return new Message(
                outcome.key(),
                outcome.value(),
                headers.stream()
                        .map(header -> new Message.Header(header.name(), header.value()))
                        .toList());
    }
}
