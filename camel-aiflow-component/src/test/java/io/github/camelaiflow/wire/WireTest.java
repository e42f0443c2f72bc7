package io.github.camelaiflow.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.AiflowDataException;
import io.github.camelaiflow.TinyModels;
import io.github.camelaiflow.avro.AvroDecoder;
import io.github.camelaiflow.avro.AvroEncoder;
import io.github.camelaiflow.avro.AvroOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EmptySource;
import org.junit.jupiter.params.provider.NullSource;

/** Avro in, decisions out, dead letters aside. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireTest {

    private static final String ROUTES = """
            - beans:
                - name: claimAvro
                  type: io.github.camelaiflow.wire.AiflowAvroDataFormat
                  properties: {schema: "file:%1$s/claim.avsc"}
                - name: deadLetter
                  type: io.github.camelaiflow.wire.DeadLetterHeaders
            - routeConfiguration:
                id: errors
                errorHandler:
                  deadLetterChannel:
                    deadLetterUri: mock:dead
                    deadLetterHandleNewException: false
                    useOriginalMessage: true
                    onPrepareFailureRef: deadLetter
            - route:
                id: claims
                routeConfigurationId: errors
                from:
                  uri: direct:avro
                  steps:
                    - unmarshal: {custom: {ref: claimAvro}}
                    - to: aiflow:validate:claims
                    - to: aiflow:infer:claims
                    - to: aiflow:drift:claims
                    - to: direct:decisions
            - route:
                from:
                  uri: direct:decisions
                  steps:
                    - choice:
                        when:
                          - simple: "${header.wanted} == 'avro'"
                            steps:
                              - transformDataType: {toType: "aiflow:decision-avro"}
                        otherwise:
                          steps:
                            - transformDataType: {toType: "aiflow:decision-json"}
            - route:
                from:
                  uri: direct:json
                  steps:
                    - to: aiflow:validate:claims?onInvalid=mark
                    - to: aiflow:infer:claims?onError=mark
                    - to: direct:decisions
            - route:
                from:
                  uri: direct:roundtrip
                  steps:
                    - unmarshal: {custom: {ref: claimAvro}}
                    - marshal: {custom: {ref: claimAvro}}
            """;
    private static final String SCHEMA = """
            {"type": "record", "name": "Claim", "fields": [
              {"name": "id", "type": "string"},
              {"name": "amount", "type": ["null", "double"], "default": null},
              {"name": "type", "type": "string"}]}
            """;

    private final ObjectMapper json = new ObjectMapper();
    private final Schema schema = new Schema.Parser().parse(SCHEMA);
    private final AvroEncoder encoder = new AvroEncoder(schema);
    private CamelContext context;

    @BeforeAll
    void start(@TempDir Path temp) throws Exception {
        TinyModels.write(temp, "v1.tribuo", 1);
        Files.writeString(temp.resolve("claim.avsc"), SCHEMA);
        Files.writeString(temp.resolve("claims.yaml"), """
                record:
                  key: id
                  fields:
                    amount: {type: number, min: 0}
                    type: {type: category, values: [theft, fire]}
                models: {v1: {model: v1.tribuo}}
                drift: {reference: reference.csv}
                """);
        Files.writeString(temp.resolve("reference.csv"), "amount,type\n0.1,theft\n0.2,fire\n0.3,theft\n");
        context = new DefaultCamelContext();
        context.getComponent("aiflow", AiflowComponent.class).setDefinitions("file:" + temp);
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.fromString("routes.camel.yaml", ROUTES.formatted(temp)));
        context.start();
    }

    @AfterAll
    void stop() {
        context.stop();
    }

    private GenericRecord claim(Double amount, String type) {
        return new GenericRecordBuilder(schema)
                .set("id", "c-1")
                .set("amount", amount)
                .set("type", type)
                .build();
    }

    private Exchange send(String to, Object body, Map<String, Object> headers) {
        return context.createProducerTemplate().request(to, exchange -> {
            exchange.getMessage().setBody(body);
            headers.forEach(exchange.getMessage()::setHeader);
        });
    }

    @Test
    void aDecisionTellsAllThatIsNeededToAnswerForIt() throws Exception {
        Exchange exchange = send("direct:avro", encoder.singleObject(claim(0.95, "theft")), Map.of());

        JsonNode decision = json.readTree(exchange.getMessage().getBody(String.class));
        assertThat(decision.get("schema").asText()).isEqualTo("aiflow-decision-1");
        assertThat(decision.get("key").asText()).isEqualTo("c-1");
        assertThat(decision.get("label").asText()).isEqualTo("fraud");
        assertThat(decision.get("version").asText()).isEqualTo("v1");
        assertThat(decision.get("servedBy").asText()).isEqualTo("primary");
        assertThat(decision.get("valid").asBoolean()).isTrue();
        assertThat(decision.get("drift").asText()).isEqualTo("INSUFFICIENT_DATA");
        assertThat(decision.get("modelDigest").asText()).hasSize(64);
        assertThat(decision.get("definitionDigest").asText()).hasSize(64);
        assertThat(decision.get("time").asText()).endsWith("Z");
    }

    @Test
    void aDecisionAsAvroIsReadWithItsPublishedSchema() throws Exception {
        Exchange exchange = send("direct:avro", encoder.plain(claim(0.95, "theft")), Map.of("wanted", "avro"));

        Schema decision = new Schema.Parser().parse(getClass().getResourceAsStream("/schemas/aiflow-decision-1.avsc"));
        GenericRecord record = new AvroDecoder(AvroOptions.of(decision))
                .decode(exchange.getMessage().getBody(byte[].class));
        assertThat(record.get("label")).hasToString("fraud");
        assertThat(record.get("key")).hasToString("c-1");
    }

    @Test
    void aBatchBecomesAListOfDecisionsThatSayWhichRecordsWereValid() throws Exception {
        List<Map<String, Object>> batch = List.of(
                TinyModels.claim("a", 0.95, "theft"),
                Map.of("id", "b", "type", "fire"),
                TinyModels.claim("c", 5, "fire"));

        JsonNode decisions =
                json.readTree(send("direct:json", batch, Map.of()).getMessage().getBody(String.class));

        assertThat(decisions.findValuesAsText("key")).containsExactly("a", "b", "c");
        assertThat(decisions.get(0).get("valid").asBoolean()).isTrue();
        assertThat(decisions.get(1).get("valid").asBoolean()).isFalse();
        assertThat(decisions.get(1).get("label").isNull()).isTrue();
    }

    @Test
    void decisionsComeOnlyFromStepsNotFromHeadersOfThatName() {
        Exchange exchange = send(
                "direct:decisions",
                "x",
                Map.of("CamelAiflowPrediction", "{\"label\":\"genuine\"}", "CamelAiflowValid", true));

        assertThat(exchange.getException()).hasMessageContaining("needs an aiflow:infer step");
    }

    @Test
    void avroGoesThroughUnchanged() {
        byte[] bytes = encoder.plain(claim(0.5, "fire"));

        assertThat(send("direct:roundtrip", bytes, Map.of()).getMessage().getBody(byte[].class))
                .isEqualTo(bytes);
    }

    @Test
    void deadLettersKeepTheirBytesAndSayWhy() {
        var dead = context.getEndpoint("mock:dead", org.apache.camel.component.mock.MockEndpoint.class);
        dead.reset();
        byte[] cut = {2, 99};
        byte[] invalid = encoder.plain(claim(-5.0, "arson"));
        Map<String, Object> hostile = Map.of(
                "aiflow-error-reason", "NONE",
                "CamelKafkaOverrideTopic", "elsewhere",
                "kafka.OVERRIDE_TOPIC", "elsewhere",
                "kafka.TOPIC", "claims",
                "kafka.PARTITION", 3,
                "kafka.OFFSET", 42L);

        send("direct:avro", cut, hostile);
        send("direct:avro", invalid, hostile);

        assertThat(dead.getReceivedExchanges()).hasSize(2);
        Map<String, Object> undecodable =
                dead.getReceivedExchanges().get(0).getMessage().getHeaders();
        assertThat(undecodable)
                .containsEntry("aiflow-error-stage", "decode")
                .containsEntry("aiflow-error-reason", "UNDECODABLE")
                .containsEntry("aiflow-error-route", "claims")
                .doesNotContainKeys("aiflow-error-fields", "kafka.OVERRIDE_TOPIC", "CamelKafkaOverrideTopic")
                .as("said by a sender, not by Kafka")
                .doesNotContainKeys(
                        "aiflow-error-topic", "aiflow-error-partition", "aiflow-error-offset", "kafka.TOPIC");
        assertThat(dead.getReceivedExchanges().get(1).getMessage().getHeaders())
                .containsEntry("aiflow-error-stage", "validate")
                .containsEntry("aiflow-error-reason", "INVALID")
                .containsEntry("aiflow-error-fields", "amount,type");
        assertThat(dead.getReceivedExchanges().get(1).getMessage().getBody()).isSameAs(invalid);
    }

    @ParameterizedTest
    @NullSource
    @EmptySource
    void anUndecodableMessageIsADataError(byte[] body) {
        Exchange exchange = send("direct:roundtrip", body, Map.of());

        assertThat(exchange.getException()).isInstanceOf(AiflowDataException.class);
        assertThat(((AiflowDataException) exchange.getException()).getStage()).isEqualTo("decode");
    }
}
