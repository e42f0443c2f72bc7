package io.github.camelaiflow.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelaiflow.avro.AvroDecoder;
import io.github.camelaiflow.avro.AvroOptions;
import io.github.camelaiflow.avro.Framing;
import io.github.camelaiflow.avro.SchemaRegistry;
import io.github.camelaiflow.claims.ClaimGenerator.Plan;
import io.github.camelaiflow.data.DataException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClaimEncoderTest {

    private static final List<Claim> CLAIMS = new ClaimGenerator(new Plan(9, 500, 0.5, Duration.ofSeconds(1)))
            .claims(1_000)
            .toList();
    private static final SchemaRegistry REGISTRY = SchemaRegistry.of(Map.of(1, ClaimSchemas.V1, 2, ClaimSchemas.V2));

    @ParameterizedTest
    @EnumSource(value = Framing.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void eachSchemaReadsTheOtherInEveryFraming(Framing framing) {
        for (Schema reader : List.of(ClaimSchemas.V1, ClaimSchemas.V2)) {
            roundTrip(framing, ClaimSchemas.V1, 1, reader);
            roundTrip(framing, ClaimSchemas.V2, 2, reader);
        }
    }

    private static void roundTrip(Framing framing, Schema writer, int id, Schema reader) {
        ClaimEncoder encoder = new ClaimEncoder(writer, framing, id);
        AvroDecoder decoder = new AvroDecoder(AvroOptions.of(reader)
                .withFraming(framing)
                .withPlainWriter(writer)
                .withRegistry(REGISTRY));
        for (Claim claim : CLAIMS) {
            byte[] bytes = encoder.avro(claim);
            switch (claim.truth().defect()) {
                case UNDECODABLE, WRONG_TYPE ->
                    assertThatThrownBy(() -> decoder.decode(bytes)).isInstanceOf(DataException.class);
                default -> assertSame(decoder.decode(bytes), claim);
            }
        }
    }

    private static void assertSame(GenericRecord read, Claim claim) {
        claim.fields().forEach((field, value) -> {
            if (read.hasField(field)) {
                assertThat(String.valueOf(read.get(field))).as(field).isEqualTo(String.valueOf(value));
            }
        });
        if (read.hasField("channel")) {
            assertThat(read.get("channel")).hasToString("agent");
        }
    }

    @Test
    void theSchemasAreCompatibleBothWays() {
        assertThat(compatibility(ClaimSchemas.V1, ClaimSchemas.V2)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        assertThat(compatibility(ClaimSchemas.V2, ClaimSchemas.V1)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    private static SchemaCompatibilityType compatibility(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getType();
    }

    @Test
    void jsonSaysWhatTheClaimSays() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        for (Claim claim : CLAIMS) {
            byte[] json = ClaimEncoder.json(claim);
            if (claim.truth().defect() == Defect.UNDECODABLE) {
                assertThatThrownBy(() -> mapper.readTree(json)).isInstanceOf(JsonProcessingException.class);
            } else {
                JsonNode read = mapper.readTree(json);
                claim.fields()
                        .forEach((field, value) ->
                                assertThat(read.get(field).asText()).isEqualTo(String.valueOf(value)));
            }
        }
    }
}
