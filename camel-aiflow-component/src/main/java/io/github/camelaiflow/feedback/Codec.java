package io.github.camelaiflow.feedback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.feedback.outcome.Predicted;
import io.github.camelaiflow.feedback.outcome.Truth;
import io.github.camelaiflow.store.JoinTable.Left;
import io.github.camelaiflow.store.JoinTable.Right;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Predictions and truths as halves of a join, their content as short JSON. {@code f} is the format, 1; of a prediction {@code m} is the
 * version, {@code s} the segment, {@code l} the label, {@code v} the value, {@code p} the probabilities to 7 digits, the 100 highest,
 * {@code b} the bins; of a truth {@code l} is the label, {@code v} the value, {@code w} the probability of selection if it is not 1. What
 * cannot be written or read is an {@link IllegalArgumentException} without any value.
 */
final class Codec {

    private static final int FORMAT = 1;
    private static final int MOST_SCORES = 100;
    private static final int MOST_BYTES = 1 << 16;
    private static final MathContext DIGITS = new MathContext(7);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Codec() {}

    static Left left(Predicted predicted) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("f", FORMAT).put("m", predicted.version());
        putText(json, "s", predicted.segment());
        putText(json, "l", predicted.label());
        putNumber(json, "v", predicted.value());
        if (!predicted.scores().isEmpty()) {
            ObjectNode scores = json.putObject("p");
            highest(predicted.scores()).forEach((label, score) -> scores.put(label, shortened(score)));
        }
        putText(json, "b", predicted.bins());
        return new Left(Names.of(predicted.id()), Names.of(predicted.key()), predicted.time(), bounded(json));
    }

    static Right right(Label label, Instant now) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("f", FORMAT);
        putText(json, "l", label.label());
        putNumber(json, "v", label.value());
        if (label.selection() < 1) {
            json.put("w", label.selection());
        }
        Instant time = label.time() == null ? now : label.time();
        return new Right(Names.of(label.predictionId()), Names.of(label.key()), time, bounded(json));
    }

    private static Map<String, Double> highest(Map<String, Double> scores) {
        if (scores.size() <= MOST_SCORES) {
            return scores;
        }
        Map<String, Double> highest = new LinkedHashMap<>();
        scores.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(MOST_SCORES)
                .forEach(score -> highest.put(score.getKey(), score.getValue()));
        return highest;
    }

    private static double shortened(double score) {
        if (!Double.isFinite(score)) {
            throw new IllegalArgumentException("a probability must be finite");
        }
        return new BigDecimal(score).round(DIGITS).doubleValue();
    }

    private static void putText(ObjectNode json, String name, String text) {
        if (text != null) {
            json.put(name, text);
        }
    }

    private static void putNumber(ObjectNode json, String name, double number) {
        if (Double.isInfinite(number)) {
            json.put(name, Double.toString(number));
        } else if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            json.put(name, (long) number);
        } else if (!Double.isNaN(number)) {
            json.put(name, number);
        }
    }

    private static String bounded(ObjectNode json) {
        String content = json.toString();
        if (content.length() > MOST_BYTES || content.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw new IllegalArgumentException("it takes more than " + MOST_BYTES + " bytes");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(content)) {
            throw new IllegalArgumentException("it is no proper text");
        }
        return content;
    }

    static Predicted predicted(Left left) {
        JsonNode json = read(left.content());
        Map<String, Double> scores = new LinkedHashMap<>();
        JsonNode given = json.path("p");
        require(given.isMissingNode() || given.isObject(), "probabilities must be an object");
        given.properties().forEach(score -> {
            require(score.getValue().isNumber(), "a probability must be a number");
            scores.put(score.getKey(), score.getValue().doubleValue());
        });
        String version = text(json, "m");
        String label = text(json, "l");
        double value = number(json, "v");
        require(version != null, "a version is needed");
        require((label == null) != Double.isNaN(value), "a label or a value is needed, one of both");
        return new Predicted(
                left.id(), left.alias(), version, text(json, "s"), label, value, scores, text(json, "b"), left.time());
    }

    static Truth truth(Right right) {
        JsonNode json = read(right.content());
        String label = text(json, "l");
        double value = number(json, "v");
        double selection = json.has("w") ? number(json, "w") : 1;
        require((label == null) != Double.isNaN(value), "a label or a value is needed, one of both");
        return new Truth(label, value, selection, right.time());
    }

    private static JsonNode read(String content) {
        JsonNode json;
        try {
            json = MAPPER.readTree(content);
        } catch (JsonProcessingException e) {
            // without the cause, whose message shows the content
            throw new IllegalArgumentException("it is not JSON");
        }
        require(json.isObject(), "an object is needed");
        JsonNode format = json.path("f");
        require(format.isInt() && format.intValue() == FORMAT, "the format must be " + FORMAT);
        return json;
    }

    private static String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        require(value.isMissingNode() || value.isTextual(), name + " must be a text");
        return value.textValue();
    }

    private static double number(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (value.isTextual() && value.textValue().endsWith("Infinity")) {
            return value.textValue().startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        require(value.isMissingNode() || value.isNumber(), name + " must be a number");
        return value.isMissingNode() ? Double.NaN : value.doubleValue();
    }

    private static void require(boolean holds, String requirement) {
        if (!holds) {
            throw new IllegalArgumentException(requirement);
        }
    }
}
