package io.github.camelaiflow.claims;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelaiflow.avro.AvroEncoder;
import io.github.camelaiflow.avro.Framing;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Writes claims as senders would, planted defects included. Thread-safe. */
public final class ClaimEncoder {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String AMOUNT = "claim_amount";

    private final Schema schema;
    private final AvroEncoder encoder;
    private final AvroEncoder textAmount;
    private final Framing framing;
    private final int id;

    /**
     * @param schema {@link ClaimSchemas#V1} or {@link ClaimSchemas#V2}
     * @param framing how Avro bytes name the schema; {@link Framing#AUTO} writes plain
     * @param id what a registry calls the schema; used by registry framing only
     */
    public ClaimEncoder(Schema schema, Framing framing, int id) {
        this.schema = schema;
        this.encoder = new AvroEncoder(schema);
        this.textAmount = new AvroEncoder(withTextAmount(schema));
        this.framing = framing;
        this.id = id;
    }

    /** The claim as Avro bytes; cut short or written with an unknown schema where its defect says so. */
    public byte[] avro(Claim claim) {
        return switch (claim.truth().defect()) {
            case UNDECODABLE -> cut(encode(encoder, id, claim));
            case WRONG_TYPE -> encode(textAmount, Integer.MAX_VALUE, claim);
            default -> encode(encoder, id, claim);
        };
    }

    /** The claim as a JSON object in UTF-8, cut short where its defect says so. Fields that are null are written as null. */
    public static byte[] json(Claim claim) {
        Map<String, Object> fields = new LinkedHashMap<>(claim.fields());
        if (claim.truth().defect() == Defect.NAN_AMOUNT) {
            fields.put(AMOUNT, "NaN");
        }
        try {
            byte[] bytes = JSON.writeValueAsBytes(fields);
            return claim.truth().defect() == Defect.UNDECODABLE ? cut(bytes) : bytes;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a claim's fields must be plain values", e);
        }
    }

    /**
     * The claim as a record of that schema.
     *
     * @param schema holds fields of the claim, and may have others with a default
     */
    public static GenericRecord datum(Schema schema, Claim claim) {
        GenericRecord datum = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            boolean told = claim.fields().containsKey(field.name());
            datum.put(
                    field.pos(),
                    told ? claim.fields().get(field.name()) : GenericData.get().getDefaultValue(field));
        }
        return datum;
    }

    private byte[] encode(AvroEncoder writer, int writerId, Claim claim) {
        GenericRecord datum = datum(schema, claim);
        return switch (framing) {
            case SINGLE_OBJECT -> writer.singleObject(datum);
            case REGISTRY -> writer.registry(writerId, datum);
            case PLAIN, AUTO -> writer.plain(datum);
        };
    }

    private static Schema withTextAmount(Schema schema) {
        Schema changed = Schema.createRecord(schema.getName(), null, schema.getNamespace(), false);
        changed.setFields(schema.getFields().stream()
                .map(field -> field.name().equals(AMOUNT)
                        ? new Schema.Field(AMOUNT, Schema.create(Schema.Type.STRING))
                        : new Schema.Field(field, field.schema()))
                .toList());
        return changed;
    }

    private static byte[] cut(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length - 10);
    }
}
