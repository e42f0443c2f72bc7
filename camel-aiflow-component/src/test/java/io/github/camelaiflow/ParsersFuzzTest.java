package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camelaiflow.avro.AvroDecoder;
import io.github.camelaiflow.avro.AvroOptions;
import io.github.camelaiflow.avro.Framing;
import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.definition.DefinitionException;
import io.github.camelaiflow.definition.DefinitionReader;
import io.github.camelaiflow.definition.FlowDefinition;
import io.github.camelaiflow.drift.profile.Profile;
import io.github.camelaiflow.drift.profile.ReferenceException;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.files.ModelLoader;
import io.github.camelaiflow.model.onnx.OnnxFile;
import io.github.camelaiflow.openinference.Limits;
import io.github.camelaiflow.openinference.MessageCodec;
import io.github.camelaiflow.openinference.MetadataCodec;
import io.github.camelaiflow.openinference.ProtocolException;
import io.github.camelaiflow.records.ColumnTypes;
import io.github.camelaiflow.records.RecordReader;
import io.github.camelaiflow.records.SampleReader;
import io.github.camelaiflow.validation.SuiteException;
import io.github.camelaiflow.validation.SuiteReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/**
 * Parsers of bytes that nobody vouches for: whatever they are, each gives a result or its own exception. In the ordinary build over the
 * seeds in {@code ParsersFuzzTestInputs} (made by {@link FuzzSeeds}); with {@code -Pfuzz} for two minutes over what Jazzer finds. Parsers
 * that only their package sees have a class there.
 */
class ParsersFuzzTest {

    private static final String TIME = "2m";
    private static final int ROOM = 1 << 16;
    private static final LabelReader LABELS =
            new LabelReader("label", "claim_id", false, InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));
    private static final CamelContext CONTEXT = new DefaultCamelContext();
    private static final FlowDefinition FLOW =
            DefinitionReader.read("claims", "aiflow/claims.yaml", """
                    record: {key: id, fields: {amount: {type: number}, kind: {type: category, values: [a, b]}}}
                    feedback: {truth: label, positive: fraud, baseline: {reference: baseline.csv, score: score, truth: truth}}
                    """.getBytes(StandardCharsets.UTF_8));
    private static final Schema NESTED = new Schema.Parser().parse("""
            {"type": "record", "name": "Claim", "fields": [
              {"name": "id", "type": "string"},
              {"name": "amount", "type": ["null", "double"], "default": null},
              {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["THEFT", "FIRE"]}},
              {"name": "tags", "type": {"type": "array", "items": "string"}},
              {"name": "more", "type": {"type": "map", "values": ["null", "long", "Claim"]}},
              {"name": "raw", "type": "bytes"},
              {"name": "code", "type": {"type": "fixed", "name": "Code", "size": 4}}]}
            """);

    static Schema schema() {
        return NESTED;
    }

    @FuzzTest(maxDuration = TIME)
    void jsonRecords(byte[] bytes) {
        try {
            Records records = RecordReader.read(bytes);
            assertThat(records.rows()).hasSameSizeAs(records.originals());
        } catch (DataException e) {
            assertQuotesNothing(e, bytes);
        }
    }

    @FuzzTest(maxDuration = TIME)
    void labels(byte[] bytes) {
        try {
            Records records = RecordReader.read(bytes);
            assertThat(LABELS.read(records)).hasSize(records.size());
        } catch (DataException e) {
            assertQuotesNothing(e, bytes);
        }
    }

    @FuzzTest(maxDuration = TIME)
    void avroRecords(byte[] bytes) {
        AvroOptions options = AvroOptions.of(NESTED);
        for (Framing framing : Framing.values()) {
            try {
                new AvroDecoder(options.withFraming(framing)).decode(bytes);
            } catch (DataException e) {
                assertQuotesNothing(e, bytes);
            }
        }
    }

    /** The first byte says how much of the rest is JSON. */
    @FuzzTest(maxDuration = TIME)
    void inferenceMessages(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        byte[] body = Arrays.copyOfRange(bytes, 1, bytes.length);
        MessageCodec codec = new MessageCodec(new Limits(1 << 20, 1 << 16));
        for (String length : new String[] {null, String.valueOf(body.length - (bytes[0] & 0xFF))}) {
            try {
                codec.readRequest(body, length);
            } catch (ProtocolException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
            try {
                codec.readResponse(body, length);
            } catch (ProtocolException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @FuzzTest(maxDuration = TIME)
    void inferenceMetadata(byte[] bytes) {
        try {
            MetadataCodec.readModel(bytes);
        } catch (ProtocolException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        try {
            MetadataCodec.readServer(bytes);
        } catch (ProtocolException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        try {
            MetadataCodec.readError(bytes);
        } catch (ProtocolException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @FuzzTest(maxDuration = TIME)
    void profiles(byte[] bytes) {
        try {
            Profile.parse("profile.json", new String(bytes, StandardCharsets.UTF_8));
        } catch (ReferenceException e) {
            assertThat(e.getMessage()).contains("profile.json");
        }
    }

    /** Tribuo's protobuf and XGBoost's JSON, told apart by their bytes. */
    @FuzzTest(maxDuration = TIME)
    void modelFiles(byte[] bytes) {
        try {
            new ModelLoader().load(ModelSpec.of("models/claims"), bytes).model().close();
        } catch (ModelException e) {
            assertThat(e.retryable()).isFalse();
        }
    }

    /** What is looked at before the native runtime sees a byte. */
    @FuzzTest(maxDuration = TIME)
    void onnxFiles(byte[] bytes) {
        try {
            OnnxFile.read("models/claims.onnx", bytes);
        } catch (ModelException e) {
            assertThat(e.retryable()).isFalse();
        }
    }

    @FuzzTest(maxDuration = TIME)
    void suites(byte[] bytes) {
        try {
            SuiteReader.read(bytes, "suites/claims.json");
        } catch (SuiteException e) {
            assertThat(e.getMessage()).contains("suites/claims.json");
        }
    }

    @FuzzTest(maxDuration = TIME)
    void definitions(byte[] bytes) {
        try {
            DefinitionReader.read("claims", "aiflow/claims.yaml", bytes);
        } catch (DefinitionException e) {
            assertThat(e.getMessage()).contains("claims");
        }
    }

    /** What a model behind an endpoint answers, with and without labels to choose from. */
    @FuzzTest(maxDuration = TIME)
    void endpointAnswers(byte[] bytes) {
        for (List<String> labels : List.of(List.<String>of(), List.of("fraud", "fine"))) {
            DefaultExchange reply = new DefaultExchange(CONTEXT);
            reply.getMessage().setBody(bytes);
            try {
                new EndpointAnswer("models.remote", labels).read(reply, "{\"id\": 1}");
            } catch (ModelException e) {
                assertThat(e.getMessage()).doesNotContain("CANARY-7f3a");
            }
        }
    }

    /** Labelled records that quality is compared with. */
    @FuzzTest(maxDuration = TIME)
    void baselines(byte[] bytes) {
        for (String file : List.of("baseline.csv", "baseline.jsonl")) {
            try {
                new BaselineReader(FLOW.place(), FLOW.feedback(), FLOW.schema()).read(file, bytes);
            } catch (DefinitionException e) {
                assertThat(e.getMessage()).doesNotContain("CANARY-7f3a");
            }
        }
    }

    @FuzzTest(maxDuration = TIME)
    void csvSamples(byte[] bytes) throws IOException {
        sample("sample.csv", bytes);
    }

    @FuzzTest(maxDuration = TIME)
    void jsonSamples(byte[] bytes) throws IOException {
        sample("sample.jsonl", bytes);
        sample("sample.json", bytes);
    }

    private static void sample(String name, byte[] bytes) throws IOException {
        SampleReader reader = new SampleReader(name, () -> new ByteArrayInputStream(bytes));
        try {
            ColumnTypes types = reader.types();
            reader.read(types, row -> assertThat(row).isNotNull());
        } catch (DataException e) {
            assertThat(e.getMessage()).contains(name);
        }
    }

    /** No run of a record's bytes stands in the message; short ones do by chance. */
    private static void assertQuotesNothing(DataException e, byte[] bytes) {
        String text = new String(bytes, 0, Math.min(bytes.length, ROOM), StandardCharsets.ISO_8859_1);
        for (String canary : List.of("CANARY-7f3a", "canary-7f3a")) {
            if (text.contains(canary)) {
                assertThat(e.getMessage()).doesNotContain(canary);
            }
        }
        assertThat(e.getMessage().length()).isLessThan(4_096);
    }
}
