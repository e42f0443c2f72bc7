package io.github.camelaiflow.wire;

import io.github.camelaiflow.avro.AvroEncoder;
import io.github.camelaiflow.data.Decision;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.DataTypeTransformer;
import org.apache.camel.spi.Transformer;

/**
 * Makes the decision the message's body, in Avro's single-object encoding of {@code schemas/aiflow-decision-1.avsc}. One
 * decision per message: a batch is split first, but for one of {@code aiflow:deliver}, which becomes a list.
 */
@DataTypeTransformer(name = "aiflow:decision-avro", description = "The decision of the aiflow steps as Avro")
public final class DecisionAvroTransformer extends Transformer {

    private static final String RESOURCE = "/schemas/aiflow-decision-1.avsc";
    private static final Schema SCHEMA = load();

    private final AvroEncoder encoder = new AvroEncoder(SCHEMA);

    @Override
    public void transform(Message message, DataType from, DataType to) {
        List<Decision> decisions = Decisions.of(message);
        if (Decisions.delivered(message)) {
            message.setBody(decisions.stream()
                    .map(decision -> encoder.singleObject(record(decision)))
                    .toList());
            return;
        }
        if (Decisions.batch(message)) {
            throw new IllegalStateException(
                    "aiflow:decision-avro takes one decision per message; split the batch first");
        }
        message.setBody(encoder.singleObject(record(decisions.get(0))));
    }

    private static GenericRecord record(Decision decision) {
        GenericRecord record = new GenericData.Record(SCHEMA);
        record.put("predictionId", decision.predictionId());
        record.put("key", decision.key());
        record.put("flow", decision.flow());
        record.put("model", decision.model());
        record.put("version", decision.version());
        record.put("modelDigest", decision.modelDigest());
        record.put("definitionDigest", decision.definitionDigest());
        record.put("label", decision.label());
        record.put("score", decision.score());
        record.put("servedBy", decision.servedBy());
        record.put("valid", decision.valid());
        record.put("drift", decision.drift());
        record.put("time", decision.time().toEpochMilli());
        return record;
    }

    private static Schema load() {
        try (InputStream in = DecisionAvroTransformer.class.getResourceAsStream(RESOURCE)) {
            return new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the schema of decisions must be readable", e);
        }
    }
}
