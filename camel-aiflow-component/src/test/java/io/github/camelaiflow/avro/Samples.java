package io.github.camelaiflow.avro;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;

/** Schemas and records the tests share. */
final class Samples {

    /** All kinds of types, so that truncated and flipped bytes reach each of them. */
    static final Schema V1 = schema("""
            {"type": "record", "name": "Order", "namespace": "test", "fields": [
              {"name": "id", "type": "string"},
              {"name": "amount", "type": "int"},
              {"name": "rate", "type": "float"},
              {"name": "paid", "type": "boolean"},
              {"name": "note", "type": ["null", "string"], "default": null},
              {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["A", "B", "C"]}},
              {"name": "tags", "type": {"type": "array", "items": "string"}},
              {"name": "sums", "type": {"type": "map", "values": "long"}},
              {"name": "raw", "type": "bytes"},
              {"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 4}}
            ]}""");

    /** V1 evolved: amount promoted, rate promoted, note renamed, tags and sums removed, channel added. */
    static final Schema V2 = schema("""
            {"type": "record", "name": "Order", "namespace": "test", "fields": [
              {"name": "id", "type": "string"},
              {"name": "amount", "type": "long"},
              {"name": "rate", "type": "double"},
              {"name": "paid", "type": "boolean"},
              {"name": "remark", "type": ["null", "string"], "default": null, "aliases": ["note"]},
              {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["A", "B", "C", "D"]}},
              {"name": "raw", "type": "bytes"},
              {"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 4}},
              {"name": "channel", "type": "string", "default": "web"}
            ]}""");

    /** Does not resolve with V1: a field without a default is new. */
    static final Schema STRANGER = schema("""
            {"type": "record", "name": "Order", "namespace": "test", "fields": [
              {"name": "id", "type": "string"},
              {"name": "owner", "type": "string"}
            ]}""");

    private Samples() {}

    static Schema schema(String json) {
        return new Schema.Parser().parse(json);
    }

    static GenericRecord order(long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        List<String> tags = new ArrayList<>();
        Map<String, Long> sums = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            tags.add("tag" + random.nextInt());
            // one key, since maps print in no fixed order
            sums.put("sum", random.nextLong());
        }
        return new GenericRecordBuilder(V1)
                .set("id", "order-é-" + seed)
                .set("amount", random.nextInt())
                .set("rate", random.nextFloat())
                .set("paid", random.nextBoolean())
                .set("note", random.nextBoolean() ? null : "note " + seed)
                .set(
                        "kind",
                        new GenericData.EnumSymbol(V1.getField("kind").schema(), "ABC".charAt(random.nextInt(3)) + ""))
                .set("tags", tags)
                .set("sums", sums)
                .set("raw", ByteBuffer.wrap(bytes))
                .set("hash", new GenericData.Fixed(V1.getField("hash").schema(), new byte[] {1, 2, 3, 4}))
                .build();
    }
}
