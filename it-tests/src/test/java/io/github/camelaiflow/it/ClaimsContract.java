package io.github.camelaiflow.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelaiflow.avro.AvroDecoder;
import io.github.camelaiflow.avro.AvroOptions;
import io.github.camelaiflow.avro.Framing;
import io.github.camelaiflow.claims.Claim;
import io.github.camelaiflow.claims.ClaimGenerator;
import io.github.camelaiflow.claims.ClaimGenerator.Plan;
import io.github.camelaiflow.claims.Defect;
import io.github.camelaiflow.data.Decision;
import io.github.camelaiflow.it.ClaimsOracle.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The shipped claims route on Kafka while nothing goes wrong but the records. */
abstract class ClaimsContract extends WithKafka {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CLAIMS = 400;
    private static final int IDS = 80;
    private static final List<String> HOSTILE = List.of(
            "CamelAiflowPrediction",
            "CamelAiflowLabel",
            "CamelAiflowScore",
            "CamelAiflowValid",
            "CamelAiflowModelVersion",
            "CamelAiflowDrift",
            "CamelKafkaOverrideTopic",
            "CamelKafkaManualCommit",
            "CamelRouteStop",
            "kafka.OVERRIDE_TOPIC",
            "kafka.OVERRIDE_TIMESTAMP",
            "kafka.PARTITION_KEY",
            "kafka.PARTITION",
            "kafka.TOPIC",
            "kafka.OFFSET",
            "kafka.KEY",
            "aiflow-error-stage",
            "aiflow-error-decision-id");

    private ClaimsOracle oracle;

    ClaimsContract(KafkaBroker broker) {
        super(broker);
    }

    @BeforeAll
    final void startOracle() {
        oracle = new ClaimsOracle();
    }

    @AfterAll
    final void stopOracle() {
        oracle.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyClaimBecomesOneDecisionOrOneDeadLetter(ClaimWire wire, @TempDir Path registry) throws IOException {
        ClaimsTopics topics =
                ClaimsTopics.create(broker(), kafka(), "claims-" + wire.name().toLowerCase(Locale.ROOT));
        List<SentClaim> sent = SentClaim.send(kafka(), topics.in(), mixed(), wire, List.of());
        assertThat(sent).extracting(SentClaim::partition).contains(0, 1, 2);

        run(topics, wire.properties(registry), sent.size());

        ClaimsResults.assertDecisions(kafka().readAll(topics.out()), sent, oracle);
        ClaimsResults.assertDeadLetters(kafka().readAll(topics.dead()), sent, wire, topics.in());
    }

    @Test
    void decisionsAsAvroAreReadWithTheirPublishedSchema() throws IOException {
        ClaimsTopics topics = ClaimsTopics.create(broker(), kafka(), "claims-decision-avro");
        List<SentClaim> sent =
                SentClaim.send(kafka(), topics.in(), mixed().subList(0, 100), ClaimWire.SINGLE_OBJECT, List.of());

        run(topics, Map.of("claims.decision", "decision-avro"), sent.size());

        AvroDecoder decoder = new AvroDecoder(AvroOptions.of(decisionSchema()).withFraming(Framing.SINGLE_OBJECT));
        List<ConsumerRecord<String, byte[]>> decisions = kafka().readAll(topics.out());
        ClaimsResults.assertSameAnswers(decisions, r -> answer(decoder.decode(r.value())), sent, oracle);
        assertThat(decisions).allSatisfy(record -> {
            GenericRecord decision = decoder.decode(record.value());
            assertThat(decision.get("key")).hasToString(record.key());
            assertThat(decision.get("servedBy")).hasToString("primary");
            assertThat(decision.get("valid")).isEqualTo(true);
        });
        ClaimsResults.assertDeadLetters(kafka().readAll(topics.dead()), sent, ClaimWire.SINGLE_OBJECT, topics.in());
    }

    private static Schema decisionSchema() throws IOException {
        try (InputStream schema = Decision.class.getResourceAsStream("/schemas/aiflow-decision-1.avsc")) {
            return new Schema.Parser().parse(schema);
        }
    }

    private static Answer answer(GenericRecord decision) {
        return new Answer(decision.get("label").toString(), (Double) decision.get("score"));
    }

    @Test
    void headersFromASenderSteerNothing() {
        ClaimsTopics topics = ClaimsTopics.create(broker(), kafka(), "claims-hostile");
        List<Header> headers = new ArrayList<>();
        for (String name : HOSTILE) {
            for (String spelt : List.of(name, name.toUpperCase(Locale.ROOT), name.toLowerCase(Locale.ROOT))) {
                headers.add(new RecordHeader(spelt, "elsewhere".getBytes(UTF_8)));
            }
        }
        List<SentClaim> sent =
                SentClaim.send(kafka(), topics.in(), mixed().subList(0, 100), ClaimWire.SINGLE_OBJECT, headers);

        run(topics, Map.of(), sent.size());

        List<ConsumerRecord<String, byte[]>> decisions = kafka().readAll(topics.out());
        ClaimsResults.assertDecisions(decisions, sent, oracle);
        ClaimsResults.assertDeadLetters(kafka().readAll(topics.dead()), sent, ClaimWire.SINGLE_OBJECT, topics.in());
        assertThat(decisions).allSatisfy(decision -> assertThat(headerNames(decision))
                .noneMatch(name -> name.startsWith("camel") || name.startsWith("kafka")));
    }

    /** Another transport's header filter may let pass what Kafka's producer obeys. */
    @Test
    void headersFromAnotherTransportSteerNothingEither() {
        ClaimsTopics topics = ClaimsTopics.create(broker(), kafka(), "claims-memory");
        Map<String, String> properties = new HashMap<>(topics.properties());
        properties.remove("claims.in");
        Map<String, Object> headers = new HashMap<>();
        HOSTILE.forEach(name -> headers.put(name, name.equals("kafka.PARTITION_KEY") ? "1" : "0"));
        List<Claim> claims = mixed().subList(0, 100);
        try (ClaimsRoute route = ClaimsRoute.start(properties)) {
            claims.forEach(claim ->
                    route.producer().sendBodyAndHeaders("direct:claims", ClaimWire.PLAIN.encode(claim), headers));
        }

        List<ConsumerRecord<String, byte[]>> out = new ArrayList<>(kafka().readAll(topics.out()));
        long sound = claims.stream()
                .filter(claim -> claim.truth().defect() == Defect.NONE)
                .count();
        assertThat(out).hasSize((int) sound);
        assertThat(out).extracting(ConsumerRecord::partition).contains(0, 1, 2);
        assertThat(kafka().size(topics.dead())).isEqualTo(claims.size() - sound);
        out.addAll(kafka().readAll(topics.dead()));
        assertThat(out).allSatisfy(record -> assertThat(record.timestamp()).isPositive());
    }

    @Test
    void recordsWithoutKeyOrValueAreDeadLettersToo() {
        ClaimsTopics topics = ClaimsTopics.create(broker(), kafka(), "claims-empty");
        kafka().send(List.of(
                new ProducerRecord<>(topics.in(), 1, "tombstone", null),
                new ProducerRecord<>(topics.in(), 1, null, new byte[0]),
                new ProducerRecord<>(topics.in(), 1, "huge", new byte[900_000])));

        run(topics, Map.of(), 3);

        List<ConsumerRecord<String, byte[]>> dead = kafka().readAll(topics.dead());
        assertThat(dead).extracting(ConsumerRecord::key).containsExactlyInAnyOrder("tombstone", null, "huge");
        assertThat(dead).allSatisfy(letter -> {
            Map<String, String> errors = ClaimsResults.errors(letter);
            assertThat(errors).containsEntry("stage", "decode").containsEntry("reason", "UNDECODABLE");
            assertThat(errors).containsEntry("topic", topics.in()).containsEntry("partition", "1");
            assertThat(letter.value() == null ? -1 : letter.value().length)
                    .isEqualTo(List.of(-1, 0, 900_000).get(Integer.parseInt(errors.get("offset"))));
        });
    }

    /** Runs the route until so many records came out, stops it in order, and sees that it has committed all it took. */
    private void run(ClaimsTopics topics, Map<String, String> properties, int records) {
        Map<String, String> all = new HashMap<>(topics.properties());
        all.putAll(properties);
        try (ClaimsRoute route = ClaimsRoute.start(all)) {
            await("all records came out")
                    .atMost(PATIENCE)
                    .until(() -> kafka().size(topics.out()) + kafka().size(topics.dead()) >= records);
            assertThat(route.failures()).as("exchanges without an end").isZero();
        }
        assertThat(kafka().size(topics.out()) + kafka().size(topics.dead())).isEqualTo(records);
        assertThat(kafka().committed(topics.group()).values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(records);
    }

    /** Revisions of a few claims, one in five with a defect, of every kind. */
    private static List<Claim> mixed() {
        Plan plan = new Plan(41, Long.MAX_VALUE, 0.2, Duration.ofMinutes(1));
        List<Claim> claims =
                SentClaim.revisions(new ClaimGenerator(plan).claims(CLAIMS).toList(), IDS);
        assertThat(claims).extracting(claim -> claim.truth().defect()).contains(Defect.values());
        return claims;
    }

    private static List<String> headerNames(ConsumerRecord<String, byte[]> record) {
        return StreamSupport.stream(record.headers().spliterator(), false)
                .map(header -> header.key().toLowerCase(Locale.ROOT))
                .toList();
    }
}
