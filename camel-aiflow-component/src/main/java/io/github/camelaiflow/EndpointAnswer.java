package io.github.camelaiflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.data.Prediction;
import io.github.camelaiflow.model.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.TemporalAccessor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * Reads an endpoint's reply as an answer: an Output or Prediction; a number; a Boolean or enum; a Map, or its JSON, of scores
 * by label or with {@code label}, {@code score} and {@code scores}, or {@code value} for a regression; other text is a label.
 * Where labels are given, it must be one of them, whatever the case of its letters. Immutable and thread-safe.
 */
final class EndpointAnswer {

    /** Writes records, and reads replies strictly. */
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .addModule(new SimpleModule().addSerializer(TemporalAccessor.class, ToStringSerializer.instance))
            .build();

    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_LABEL = 256;
    private static final Set<String> OUTPUT = Set.of("value", "label", "score", "scores");

    private final String place;
    private final List<String> labels;

    /** @param labels what may be answered; empty for any */
    EndpointAnswer(String place, List<String> labels) {
        this.place = place;
        this.labels = labels;
    }

    /**
     * What a function could have answered: an Output, a label, a number, or scores by label.
     *
     * @param sent the body the endpoint was sent
     * @throws ModelException if it is no answer, or the record itself
     */
    Object read(Exchange reply, Object sent) {
        Object body = reply.getMessage().getBody();
        if (body == sent || sent.equals(body)) {
            throw wrong("with a body of its own, it passed the record on");
        }
        if (body instanceof Prediction prediction) {
            return prediction.output();
        }
        if (body instanceof Output || body instanceof Number || body == null) {
            return body;
        }
        if (body instanceof Boolean || body instanceof Enum<?>) {
            return label(body.toString());
        }
        if (body instanceof Map<?, ?> map) {
            return map(map);
        }
        if (body instanceof JsonNode node) {
            return json(node);
        }
        return text(text(reply, body).strip(), sent);
    }

    private String text(Exchange reply, Object body) {
        if (body instanceof String text) {
            if (text.length() > MAX_BYTES) {
                throw tooLong();
            }
            return text;
        }
        InputStream stream = reply.getContext().getTypeConverter().tryConvertTo(InputStream.class, reply, body);
        if (stream == null) {
            throw wrong("with text, a map, a number or an Output, was "
                    + body.getClass().getName());
        }
        try {
            byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                RemoteCall.closeConnection();
                throw tooLong();
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Object text(String text, Object sent) {
        if (text.isEmpty() || sent instanceof String given && given.strip().equals(text)) {
            throw wrong(text.isEmpty() ? "with a body" : "with a body of its own, it passed the record on");
        }
        char first = text.charAt(0);
        if (first == '{' || first == '"' || first == '-' || first >= '0' && first <= '9') {
            try {
                return json(JSON.readTree(text));
            } catch (JsonProcessingException e) {
                if (first == '{') {
                    throw wrong("with JSON or a label, was damaged JSON");
                }
            }
        }
        return label(text);
    }

    private Object json(JsonNode node) {
        if (node.isNumber()) {
            return node.doubleValue();
        }
        if (node.isTextual() || node.isBoolean()) {
            return label(node.asText());
        }
        if (!node.isObject()) {
            throw wrong("with a JSON object, text or number");
        }
        return map(JSON.convertValue(node, Map.class));
    }

    private Object map(Map<?, ?> map) {
        Object value = map.get("value");
        boolean isOutput = OUTPUT.containsAll(map.keySet())
                && (map.get("label") instanceof String || map.size() == 1 && value instanceof Number);
        if (!isOutput) {
            return scores(map);
        }
        if (!(map.get("label") instanceof String text)) {
            return ((Number) value).doubleValue();
        }
        String label = label(text);
        Object score = map.get("score");
        Map<String, Double> scores = map.get("scores") instanceof Map<?, ?> given ? scores(given) : Map.of();
        if (score != null && !(score instanceof Number)) {
            throw wrong("with a number as score");
        }
        return Output.label(label, score == null ? scores.get(label) : (Double) ((Number) score).doubleValue(), scores);
    }

    private Map<String, Double> scores(Map<?, ?> map) {
        Map<String, Double> scores = new LinkedHashMap<>();
        map.forEach((label, score) -> {
            if (!(score instanceof Number number) || !Double.isFinite(number.doubleValue())) {
                throw wrong("with finite numbers as scores by label, or with label and score");
            }
            scores.put(label(String.valueOf(label)), number.doubleValue());
        });
        return scores;
    }

    private String label(String text) {
        if (labels.isEmpty()) {
            if (text.length() > MAX_LABEL || text.indexOf('\n') >= 0) {
                throw wrong("with a label: one line of " + MAX_LABEL + " characters or fewer");
            }
            return text;
        }
        return labels.stream()
                .filter(label -> label.equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(() -> wrong("with one of the labels " + labels));
    }

    private ModelException tooLong() {
        return wrong("with " + MAX_BYTES + " bytes or fewer");
    }

    private ModelException wrong(String requirement) {
        return new ModelException(false, place + " must answer " + requirement);
    }
}
