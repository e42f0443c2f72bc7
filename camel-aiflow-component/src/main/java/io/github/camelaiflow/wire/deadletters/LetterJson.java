package io.github.camelaiflow.wire.deadletters;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.store.DeadLetters.Changed;
import io.github.camelaiflow.store.DeadLetters.Found;
import io.github.camelaiflow.store.DeadLetters.State;
import io.github.camelaiflow.store.DeadLetters.Summary;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Letters as JSON, without a value of their messages. */
final class LetterJson {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private LetterJson() {}

    /** A page of letters, where the next one begins, and how many there are of each state. */
    static String page(List<Summary> letters, int limit, Map<State, Long> counts) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode list = page.putArray("letters");
        letters.forEach(letter -> list.add(summary(letter)));
        if (letters.size() < limit) {
            page.putNull("next");
        } else {
            page.put("next", letters.get(letters.size() - 1).position());
        }
        ObjectNode states = page.putObject("counts");
        counts.forEach((state, count) -> states.put(state.name(), count));
        return page.toString();
    }

    /** How many were handled and refused, and where the rest begins. */
    static String text(MatchingLetters.Tally tally) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("done", tally.done())
                .put("refused", tally.refused())
                .put("next", tally.next())
                .toString();
    }

    /** A letter, the one it is a replay of, and what was done about it. */
    static String letter(Found found, List<Changed> history) {
        ObjectNode letter = summary(found.summary());
        String replayOf = LetterMessages.header(found.message(), LetterMessages.REPLAY_OF);
        letter.put("replayOf", replayOf == null || !ID.matcher(replayOf).matches() ? null : replayOf);
        letter.put("payload", found.message().value() != null);
        ArrayNode changes = letter.putArray("history");
        history.forEach(changed -> changes.addObject()
                .put("from", changed.change().from().name())
                .put("to", changed.change().to().name())
                .put("actor", changed.change().actor())
                .put("note", changed.change().note())
                .put("time", changed.time().toString()));
        return letter.toString();
    }

    static String text(Summary letter) {
        return summary(letter).toString();
    }

    private static ObjectNode summary(Summary letter) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", letter.id())
                .put("position", letter.position())
                .put("state", letter.state().name())
                .put("stage", letter.stage())
                .put("reason", letter.reason());
        ArrayNode fields = json.putArray("fields");
        if (letter.fields() != null) {
            for (String field : letter.fields().split(",")) {
                fields.add(field);
            }
        }
        json.put("route", letter.route());
        if (letter.topic() != null && letter.partition() >= 0) {
            json.putObject("origin")
                    .put("topic", letter.topic())
                    .put("partition", letter.partition())
                    .put("offset", letter.offset());
        } else {
            json.putNull("origin");
        }
        letter.destination().ifPresent(topic -> json.put("destination", topic));
        return json.put("received", letter.received().toString())
                .put("bytes", letter.bytes())
                .put("actor", letter.actor())
                .put("changed", letter.changed().toString())
                .put("note", letter.note());
    }
}
