package io.github.camelaiflow.wire.deadletters;

import io.github.camelaiflow.delivery.Origin;
import io.github.camelaiflow.delivery.StoredLetter;
import io.github.camelaiflow.store.DeadLetters.Letter;
import io.github.camelaiflow.store.Message;
import io.github.camelaiflow.wire.DeadLetterHeaders;
import io.github.camelaiflow.wire.KafkaRecords;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;

/** Reads a dead letter as {@link DeadLetterHeaders} and delivering routes write it. What is not as they write it is not believed. */
final class LetterReader {

    private static final Pattern STAGE = Pattern.compile("[a-z][a-z-]{0,31}");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}._$-]{1,255}");
    private static final Pattern PLACE = Pattern.compile("\\d{1,18}");
    private static final int MOST_FIELDS = 100;
    private static final int TEXT = 4_000;

    private final String flow;

    LetterReader(String flow) {
        this.flow = flow;
    }

    /**
     * The letter, its message whole. Its id is of the record it is about and that record's bytes, so that its copies are one letter; or else of
     * its own place on the topic of dead letters and its bytes; or else the exchange's.
     */
    Letter read(Exchange exchange, Instant time) throws InvalidPayloadException {
        Message message = LetterMessages.bytes(exchange.getMessage());
        Origin origin = origin(message).orElse(null);
        String stage = error(message, "stage");
        return new Letter(
                place(exchange, origin)
                        .map(place -> StoredLetter.id(place, flow, message))
                        .orElseGet(exchange::getExchangeId),
                stage != null && STAGE.matcher(stage).matches() ? stage : "route",
                Optional.ofNullable(word(error(message, "reason"))).orElse("UNKNOWN"),
                fields(error(message, "fields")),
                word(error(message, "route")),
                origin == null ? null : origin.topic(),
                origin == null ? -1 : origin.partition(),
                origin == null ? -1 : origin.offset(),
                time,
                message);
    }

    private static Optional<Origin> place(Exchange exchange, Origin origin) {
        if (origin != null) {
            return Optional.of(origin);
        }
        return KafkaRecords.isFrom(exchange) ? KafkaRecords.origin(exchange.getMessage()) : Optional.empty();
    }

    private static Optional<Origin> origin(Message message) {
        return origin(error(message, "topic"), error(message, "partition"), error(message, "offset"));
    }

    private static Optional<Origin> origin(String topic, String partition, String offset) {
        if (word(topic) == null
                || partition == null
                || offset == null
                || !PLACE.matcher(partition).matches()
                || !PLACE.matcher(offset).matches()
                || Long.parseLong(partition) > Integer.MAX_VALUE) {
            return Optional.empty();
        }
        return Optional.of(new Origin(topic, Integer.parseInt(partition), Long.parseLong(offset)));
    }

    private static String error(Message message, String name) {
        return LetterMessages.header(message, DeadLetterHeaders.PREFIX + name);
    }

    private static String word(String text) {
        return text == null || !WORD.matcher(text).matches() ? null : text;
    }

    /** Names of fields, as many as fit. */
    private static String fields(String text) {
        if (text == null) {
            return null;
        }
        String fields = Arrays.stream(text.split(",", MOST_FIELDS + 1))
                .limit(MOST_FIELDS)
                .filter(field -> word(field) != null)
                .collect(Collectors.joining(","));
        return fields.isEmpty() || fields.length() > TEXT ? null : fields;
    }
}
