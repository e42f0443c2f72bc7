package io.github.camelaiflow.it.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What came out for one record, as someone sees it who reads what is committed.
 *
 * @param key the claim's id
 * @param says what must be the same with and without faults: the answer, or why there is none
 * @param by who answered; {@code null} for a dead letter
 * @param id the decision's, or where the dead letter's record lay
 * @param place partition and offset among what came out
 * @param time when it was seen, {@link System#nanoTime()}
 */
record Outcome(String key, boolean decided, String says, String by, String id, int partition, long place, long time) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ERROR = "aiflow-error-";

    static Outcome decision(ConsumerRecord<String, byte[]> record, long time) {
        return decision(record.value(), record.partition(), record.offset(), time);
    }

    static Outcome decision(byte[] value, int partition, long place, long time) {
        try {
            JsonNode decision = JSON.readTree(value);
            String says = text(decision, "label")
                    + ' '
                    + text(decision, "score")
                    + ' '
                    + text(decision, "valid")
                    + ' '
                    + text(decision, "servedBy");
            return new Outcome(
                    text(decision, "key"),
                    true,
                    says,
                    text(decision, "version") + ' ' + text(decision, "servedBy"),
                    text(decision, "predictionId"),
                    partition,
                    place,
                    time);
        } catch (IOException e) {
            throw new UncheckedIOException("a decision must be JSON", e);
        }
    }

    private static String text(JsonNode decision, String field) {
        return decision.path(field).asText();
    }

    static Outcome deadLetter(ConsumerRecord<String, byte[]> record, long time) {
        Map<String, String> errors = new TreeMap<>();
        for (Header header : record.headers()) {
            String name = header.key().toLowerCase(Locale.ROOT);
            if (name.startsWith(ERROR)) {
                errors.put(name.substring(ERROR.length()), new String(header.value(), UTF_8));
            }
        }
        String says = errors.get("stage") + ' ' + errors.get("reason") + ' ' + errors.get("fields");
        String id = errors.get("topic") + '/' + errors.get("partition") + '/' + errors.get("offset");
        return new Outcome(record.key(), false, says, null, id, record.partition(), record.offset(), time);
    }
}
