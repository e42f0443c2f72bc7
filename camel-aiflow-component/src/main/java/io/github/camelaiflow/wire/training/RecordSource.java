package io.github.camelaiflow.wire.training;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.records.SampleReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.support.ResourceHelper;

/**
 * Records from a resource, or from an endpoint that is asked for them.
 *
 * @param context resolves it
 * @param place a resource whose name ends in .csv, .jsonl, .ndjson or .json; else an endpoint
 * @param format of what an endpoint answers if these are no maps already: csv, or jsonl for JSON objects
 */
record RecordSource(CamelContext context, String place, String format) {

    private static final List<String> FILES = List.of(".csv", ".jsonl", ".ndjson", ".json");

    /**
     * Hands on each record.
     *
     * @throws DataException if what is read is none
     * @throws IOException if the resource cannot be read
     */
    void read(Consumer<Map<String, Object>> records) throws IOException {
        if (FILES.stream().anyMatch(place.toLowerCase(Locale.ROOT)::endsWith)) {
            read(
                    new SampleReader(place, () -> ResourceHelper.resolveMandatoryResourceAsInputStream(context, place)),
                    records);
            return;
        }
        try (ProducerTemplate template = context.createProducerTemplate()) {
            Exchange answer = template.request(place, request -> {});
            if (answer.getException() != null) {
                throw new RuntimeCamelException("records to train from must be there", answer.getException());
            }
            read(answer, records);
        }
    }

    private void read(Exchange answer, Consumer<Map<String, Object>> records) throws IOException {
        if (answer.getMessage().getBody() instanceof Iterable<?> rows) {
            rows.forEach(row -> records.accept(row(row)));
            return;
        }
        byte[] bytes = answer.getMessage().getBody(byte[].class);
        if (bytes == null) {
            throw new DataException(
                    Reason.UNSUPPORTED_BODY,
                    List.of(),
                    "records to train from must be maps, CSV or JSON objects, as a list, text or bytes");
        }
        read(new SampleReader("records." + format, () -> new ByteArrayInputStream(bytes)), records);
    }

    private static void read(SampleReader reader, Consumer<Map<String, Object>> records) throws IOException {
        reader.read(reader.types(), records);
    }

    @SuppressWarnings("unchecked") // keys that are no texts are never looked up
    private static Map<String, Object> row(Object row) {
        if (row instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new DataException(Reason.UNSUPPORTED_BODY, List.of(), "a list of records to train from must be of maps");
    }
}
