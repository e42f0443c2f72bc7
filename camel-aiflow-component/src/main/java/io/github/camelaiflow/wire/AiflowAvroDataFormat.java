package io.github.camelaiflow.wire;

import io.github.camelaiflow.AiflowDataException;
import io.github.camelaiflow.avro.AvroDecoder;
import io.github.camelaiflow.avro.AvroEncoder;
import io.github.camelaiflow.avro.AvroOptions;
import io.github.camelaiflow.avro.Framing;
import io.github.camelaiflow.avro.HttpSchemaRegistry;
import io.github.camelaiflow.avro.SchemaRegistry;
import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.avro.generic.GenericRecord;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Avro records as a data format: plain, single-object or schema-registry framing in, resolved to the reader's schema; plain or
 * single-object out. A bean of its own per schema, used as {@code unmarshal: {custom: {ref: name}}}. Bytes that are no such
 * record fail with {@link AiflowDataException}, reason {@code UNDECODABLE}. Thread-safe once started.
 */
public final class AiflowAvroDataFormat extends ServiceSupport implements DataFormat, CamelContextAware {

    private static final Pattern FIXED_IDS = Pattern.compile("\\s*\\d+=");

    private CamelContext camelContext;
    private String schema;
    private String plainWriter;
    private String writers = "";
    private String framing = Framing.AUTO.toString();
    private String registry;
    private int maxBytes = 1 << 20;
    private volatile AvroDecoder decoder;
    private volatile AvroEncoder encoder;

    /** Resource of the schema records are read as; required. */
    public void setSchema(String schema) {
        this.schema = schema;
    }

    /** Resource of the schema that plain bytes were written with; default the reader's. */
    public void setPlainWriter(String plainWriter) {
        this.plainWriter = plainWriter;
    }

    /** Comma-separated resources of older or newer schemas, known by their fingerprint; default none. */
    public void setWriters(String writers) {
        this.writers = writers;
    }

    /** {@code auto} (default), {@code plain}, {@code single-object} or {@code registry}. Writing takes auto as plain. */
    public void setFraming(String framing) {
        this.framing = framing;
    }

    /**
     * Where schema ids are looked up: {@code http(s)://…} of a registry, a folder of {@code ID.avsc} files, or fixed ids with
     * their resources, {@code 1=classpath:a.avsc,2=classpath:b.avsc}; default nowhere.
     */
    public void setRegistry(String registry) {
        this.registry = registry;
    }

    /** The longest message taken, in bytes; default 1 MiB. */
    public void setMaxBytes(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    protected void doStart() {
        if (schema == null) {
            throw new IllegalArgumentException("option schema of the Avro data format is required");
        }
        Schema reader = load(schema);
        List<Schema> others = new ArrayList<>();
        Arrays.stream(writers.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(name -> others.add(load(name)));
        decoder = new AvroDecoder(new AvroOptions(
                reader,
                framing(),
                plainWriter == null || plainWriter.isBlank() ? reader : load(plainWriter),
                others,
                schemas(),
                maxBytes));
        encoder = new AvroEncoder(reader);
    }

    private Framing framing() {
        return Arrays.stream(Framing.values())
                .filter(value -> value.toString().equals(framing.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "framing must be one of " + Arrays.toString(Framing.values()) + ", was " + framing));
    }

    private SchemaRegistry schemas() {
        if (registry == null || registry.isBlank()) {
            return SchemaRegistry.none();
        }
        if (FIXED_IDS.matcher(registry).lookingAt()) {
            return SchemaRegistry.of(fixedIds());
        }
        return registry.startsWith("http")
                ? new HttpSchemaRegistry(HttpSchemaRegistry.Config.of(URI.create(registry)))
                : SchemaRegistry.ofDirectory(Path.of(registry.replaceFirst("^file:", "")));
    }

    private Map<Integer, Schema> fixedIds() {
        Map<Integer, Schema> schemas = new HashMap<>();
        for (String entry : registry.split(",")) {
            String[] idAndResource = entry.strip().split("=", 2);
            if (idAndResource.length != 2 || !idAndResource[0].matches("\\d{1,9}")) {
                throw new IllegalArgumentException("fixed schema ids must be id=resource,…, was " + registry);
            }
            schemas.put(Integer.valueOf(idAndResource[0]), load(idAndResource[1]));
        }
        return schemas;
    }

    private Schema load(String resource) {
        try (InputStream in = ResourceHelper.resolveMandatoryResourceAsInputStream(camelContext, resource)) {
            return new Schema.Parser().parse(in);
        } catch (IOException | SchemaParseException e) {
            throw new IllegalArgumentException(resource + " must be there and hold an Avro schema", e);
        }
    }

    @Override
    public void marshal(Exchange exchange, Object body, OutputStream out) throws Exception {
        if (framing() == Framing.REGISTRY) {
            throw new IllegalStateException("framing registry can only be read, since writing needs a schema's id");
        }
        GenericRecord record = exchange.getContext().getTypeConverter().mandatoryConvertTo(GenericRecord.class, body);
        out.write(framing() == Framing.SINGLE_OBJECT ? encoder.singleObject(record) : encoder.plain(record));
    }

    /** A message without a body, such as Kafka's tombstone, holds no record either. */
    @Override
    public Object unmarshal(Exchange exchange, Object body) throws Exception {
        return body == null
                ? unmarshal(exchange, InputStream.nullInputStream())
                : DataFormat.super.unmarshal(exchange, body);
    }

    @Override
    public Object unmarshal(Exchange exchange, InputStream in) throws Exception {
        try {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length == 0) {
                throw new DataException(
                        Reason.UNDECODABLE, List.of(), "the message must hold an Avro record, was empty");
            }
            return decoder.decode(bytes);
        } catch (DataException e) {
            throw new AiflowDataException(exchange, "decode", e);
        }
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }
}
