package io.github.camelaiflow.avro;

import static io.github.camelaiflow.avro.AvroRoundTripTest.assertUndecodable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.github.camelaiflow.data.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes from somebody who means harm, or from a disk that forgot: a record or a DataException, little memory, soon. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AvroHostileBytesTest {

    private static final int MAX_BYTES = 10_000;
    private final AvroEncoder encoder = new AvroEncoder(Samples.V1);
    private final AvroOptions options =
            AvroOptions.of(Samples.V1).withRegistry(SchemaRegistry.of(Map.of(7, Samples.V1)));

    private byte[] encode(Framing framing, GenericRecord datum) {
        return switch (framing) {
            case SINGLE_OBJECT -> encoder.singleObject(datum);
            case REGISTRY -> encoder.registry(7, datum);
            default -> encoder.plain(datum);
        };
    }

    @ParameterizedTest
    @EnumSource(Framing.class)
    void noTruncatedMessageIsARecord(Framing framing) {
        AvroDecoder decoder = new AvroDecoder(options.withFraming(framing));
        for (long seed = 0; seed < 20; seed++) {
            byte[] whole = encode(framing, Samples.order(seed));
            for (int length = 0; length < whole.length; length++) {
                assertUndecodable(decoder, Arrays.copyOf(whole, length), "Avro bytes read as");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Framing.class)
    void noMessageThatRunsOnIsARecord(Framing framing) {
        byte[] whole = encode(framing, Samples.order(1));
        AvroDecoder decoder = new AvroDecoder(options.withFraming(framing));
        assertUndecodable(decoder, Arrays.copyOf(whole, whole.length + 3), "3 are left");
    }

    @ParameterizedTest
    @EnumSource(Framing.class)
    void flippedBitsGiveARecordOrADataException(Framing framing) {
        Random random = new Random(5);
        AvroDecoder decoder = new AvroDecoder(options.withFraming(framing));
        AvroDecoder evolved = new AvroDecoder(AvroOptions.of(Samples.V2)
                .withPlainWriter(Samples.V1)
                .withRegistry(options.registry())
                .withFraming(framing));
        int refused = 0;
        for (int run = 0; run < 20_000; run++) {
            byte[] bytes = encode(framing, Samples.order(random.nextInt(50)));
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            refused += decodes(decoder, bytes) ? 0 : 1;
            decodes(evolved, bytes);
        }
        assertThat(refused).as("corrupt messages noticed").isBetween(1_000, 20_000);
    }

    private static boolean decodes(AvroDecoder decoder, byte[] bytes) {
        try {
            assertThat(decoder.decode(bytes)).isNotNull();
            return true;
        } catch (DataException e) {
            assertThat(e.reason()).isEqualTo(DataException.Reason.UNDECODABLE);
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"string\"",
                "\"bytes\"",
                "{\"type\":\"array\",\"items\":\"null\"}",
                "{\"type\":\"array\",\"items\":\"string\"}",
                "{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Empty\",\"fields\":[]}}",
                "{\"type\":\"map\",\"values\":\"null\"}"
            })
    void anAbsurdLengthAllocatesNextToNothing(String type) throws IOException {
        Schema writer = Samples.schema(
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"f\",\"type\":" + type + "}]}");
        Schema reader = Samples.schema("{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}");
        AvroOptions plain = AvroOptions.of(writer).withFraming(Framing.PLAIN).withMaxBytes(MAX_BYTES);
        AvroDecoder reading = new AvroDecoder(plain);
        AvroDecoder skipping =
                new AvroDecoder(AvroOptions.of(reader).withPlainWriter(writer).withFraming(Framing.PLAIN));
        for (long length : new long[] {
            Integer.MAX_VALUE - 8L, Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE, -1, Integer.MIN_VALUE, Long.MIN_VALUE
        }) {
            byte[] bytes = longs(length, length, length);
            decodes(reading, bytes);
            assertThat(allocatedBy(() -> assertThat(decodes(reading, bytes)).isFalse()))
                    .as("bytes allocated for length %d", length)
                    .isLessThan(1_000_000);
            assertThat(allocatedBy(() -> assertThat(decodes(skipping, bytes)).isFalse()))
                    .as("bytes allocated for skipped length %d", length)
                    .isLessThan(1_000_000);
        }
    }

    @Test
    void itemsThatTakeNoBytesShareOneBudget() throws IOException {
        Schema schema = Samples.schema("""
                {"type": "record", "name": "R", "fields": [{"name": "f", "type":
                  {"type": "array", "items": {"type": "array", "items": "null"}}}]}""");
        AvroDecoder decoder = new AvroDecoder(
                AvroOptions.of(schema).withFraming(Framing.PLAIN).withMaxBytes(MAX_BYTES));
        assertThat((List<?>) decoder.decode(longs(2, 4_000, 0, 4_000, 0, 0)).get("f"))
                .hasSize(2);
        assertUndecodable(decoder, longs(3, 4_000, 0, 4_000, 0, 4_000, 0, 0), "must be a record");
    }

    @Test
    void recordsDoNotNestWithoutEnd() {
        Schema list = Samples.schema("""
                {"type": "record", "name": "Node", "fields": [{"name": "next", "type": ["null", "Node"]}]}""");
        AvroDecoder decoder = new AvroDecoder(AvroOptions.of(list).withFraming(Framing.PLAIN));
        assertThat(decoder.decode(nested(NestingReader.MAX_DEPTH - 1))).isNotNull();
        assertUndecodable(decoder, nested(NestingReader.MAX_DEPTH), "must be a record");
        assertUndecodable(decoder, nested(1_000_000), "must be a record");
    }

    @Test
    void aMessageLongerThanAllowedIsNotLookedAt() {
        AvroDecoder decoder = new AvroDecoder(options.withMaxBytes(20));
        assertUndecodable(decoder, new byte[21], "must be 20 or fewer, were 21");
    }

    @Test
    void aDecoderWorksAgainAfterABadMessage() {
        AvroDecoder decoder = new AvroDecoder(options);
        byte[] good = encoder.singleObject(Samples.order(4));
        assertThatThrownBy(() -> decoder.decode(Arrays.copyOf(good, good.length - 6)))
                .isInstanceOf(DataException.class);
        assertThat(decoder.decode(good)).hasToString(Samples.order(4).toString());
    }

    @Test
    void aDefaultFillsEvenRecordsOfNoBytes() {
        Schema empty = Samples.schema("{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}");
        Schema filled = Samples.schema(
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"n\",\"type\":\"int\",\"default\":3}]}");
        byte[] bytes = new AvroEncoder(empty).plain(new GenericData.Record(empty));
        assertThat(bytes).isEmpty();
        assertThat(new AvroDecoder(AvroOptions.of(filled).withPlainWriter(empty))
                        .decode(bytes)
                        .get("n"))
                .isEqualTo(3);
    }

    /** A list of that many nodes after the first: each a union branch, the last one null. */
    private static byte[] nested(int nodes) {
        byte[] bytes = new byte[nodes + 1];
        Arrays.fill(bytes, 0, nodes, (byte) 2);
        return bytes;
    }

    private static byte[] longs(long... values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        for (long value : values) {
            encoder.writeLong(value);
        }
        return bytes.toByteArray();
    }

    private static long allocatedBy(Runnable action) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        action.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
