package io.github.camelaiflow.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelaiflow.claims.ClaimGenerator;
import io.github.camelaiflow.data.Sha256;
import io.github.camelaiflow.delivery.Origin;
import io.github.camelaiflow.it.ClaimsOracle.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Holds what came out of the route against what went in. */
final class ClaimsResults {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ERROR = "aiflow-error-";

    private ClaimsResults() {}

    /** One decision of the JSON form for each sound claim, in the order of its key, saying what the model says. */
    static void assertDecisions(
            List<ConsumerRecord<String, byte[]>> records, List<SentClaim> sent, ClaimsOracle oracle) {
        List<JsonNode> decisions = records.stream().map(ClaimsResults::decision).toList();
        assertSameAnswers(records, r -> answer(decision(r)), sent, oracle);
        assertThat(decisions.stream().map(d -> d.get("predictionId").asText()))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
        String model =
                json("/aiflow/models/claims-v1.tribuo.card.json").get("sha256").asText();
        String definition = Sha256.of(bytes("/aiflow/claims.yaml"));
        assertThat(decisions).allSatisfy(decision -> {
            assertThat(decision.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "schema",
                            "predictionId",
                            "key",
                            "flow",
                            "model",
                            "version",
                            "modelDigest",
                            "definitionDigest",
                            "label",
                            "score",
                            "servedBy",
                            "valid",
                            "drift",
                            "time");
            assertThat(text(decision, "schema", "flow", "model", "version", "modelDigest", "definitionDigest"))
                    .containsExactly("aiflow-decision-1", "claims", "claims", "v1", model, definition);
            assertThat(text(decision, "servedBy", "valid")).containsExactly("primary", "true");
            assertThat(decision.get("drift").asText()).isIn("STABLE", "DRIFTED", "INSUFFICIENT_DATA");
        });
    }

    /** For each key of the sound claims the model's answers in the order the claims were sent, and nothing else. */
    static void assertSameAnswers(
            List<ConsumerRecord<String, byte[]>> decisions,
            Function<ConsumerRecord<String, byte[]>, Answer> answer,
            List<SentClaim> sent,
            ClaimsOracle oracle) {
        Map<String, List<Answer>> expected = sent.stream()
                .filter(SentClaim::sound)
                .collect(groupingBy(s -> s.claim().id(), mapping(s -> oracle.answer(s.claim()), toList())));
        assertThat(decisions.stream().collect(groupingBy(ConsumerRecord::key, mapping(answer, toList()))))
                .isEqualTo(expected);
    }

    /** One dead letter for each bad claim, with its very bytes, saying where it lay and what was wrong. */
    static void assertDeadLetters(
            List<ConsumerRecord<String, byte[]>> dead, List<SentClaim> sent, ClaimWire wire, String topic) {
        assertDeadLetters(dead, sent, wire, topic, "claims");
    }

    /** The same of another route. */
    static void assertDeadLetters(
            List<ConsumerRecord<String, byte[]>> dead,
            List<SentClaim> sent,
            ClaimWire wire,
            String topic,
            String route) {
        Map<String, SentClaim> bad =
                sent.stream().filter(s -> !s.sound()).collect(Collectors.toMap(SentClaim::place, s -> s));
        assertThat(dead).extracting(ClaimsResults::place).containsExactlyInAnyOrderElementsOf(bad.keySet());
        assertThat(dead).allSatisfy(letter -> {
            SentClaim claim = bad.get(place(letter));
            assertThat(letter.value()).isEqualTo(claim.bytes());
            assertThat(letter.key()).isEqualTo(claim.claim().id());
            assertThat(errors(letter)).isEqualTo(errors(claim, claim.refusal(wire), topic, route));
        });
        assertThat(dead.stream().collect(groupingBy(ConsumerRecord::key, mapping(ClaimsResults::offset, toList()))))
                .allSatisfy((key, offsets) -> assertThat(offsets).as(key).isSorted());
    }

    /** The headers a dead letter must carry. */
    private static Map<String, String> errors(SentClaim claim, SentClaim.Reason why, String topic, String route) {
        Map<String, String> errors = new TreeMap<>(Map.of(
                "stage", why.stage(),
                "reason", why.reason(),
                "route", route,
                "topic", topic,
                "partition", String.valueOf(claim.partition()),
                "offset", String.valueOf(claim.offset())));
        if (why.fields() != null) {
            errors.put("fields", why.fields());
        }
        if (!route.equals("claims")) {
            errors.put("decision-id", new Origin(topic, claim.partition(), claim.offset()).decisionId("claims"));
        }
        return errors;
    }

    /** The headers a dead letter carries, whatever the case of their prefix; one that is there twice fails. */
    static Map<String, String> errors(ConsumerRecord<String, byte[]> letter) {
        return StreamSupport.stream(letter.headers().spliterator(), false)
                .filter(header -> header.key().toLowerCase(Locale.ROOT).startsWith(ERROR))
                .collect(Collectors.toMap(
                        header -> header.key().replace(ERROR, ""),
                        header -> new String(header.value(), UTF_8),
                        (one, other) -> "twice: " + one + ", " + other,
                        TreeMap::new));
    }

    private static String place(ConsumerRecord<String, byte[]> letter) {
        Map<String, String> errors = errors(letter);
        return errors.get("partition") + "/" + errors.get("offset");
    }

    private static Long offset(ConsumerRecord<String, byte[]> letter) {
        return Long.valueOf(errors(letter).get("offset"));
    }

    private static JsonNode decision(ConsumerRecord<String, byte[]> record) {
        try {
            JsonNode decision = JSON.readTree(record.value());
            assertThat(decision.get("key").asText()).isEqualTo(record.key());
            return decision;
        } catch (IOException e) {
            throw new UncheckedIOException("a decision must be JSON", e);
        }
    }

    private static Answer answer(JsonNode decision) {
        return new Answer(decision.get("label").asText(), decision.get("score").asDouble());
    }

    private static List<String> text(JsonNode node, String... fields) {
        return Arrays.stream(fields).map(field -> node.get(field).asText()).toList();
    }

    private static JsonNode json(String resource) {
        try {
            return JSON.readTree(bytes(resource));
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " must be JSON", e);
        }
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = ClaimGenerator.class.getResourceAsStream(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " must be readable", e);
        }
    }
}
