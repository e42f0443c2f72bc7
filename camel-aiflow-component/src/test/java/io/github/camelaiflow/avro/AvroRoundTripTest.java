package io.github.camelaiflow.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import io.github.camelaiflow.data.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AvroRoundTripTest {

    private static final int ID = 0x01020304;
    private final AvroEncoder encoder = new AvroEncoder(Samples.V1);

    private static AvroOptions reading(Schema reader) {
        return AvroOptions.of(reader)
                .withPlainWriter(Samples.V1)
                .withWriters(List.of(Samples.STRANGER))
                .withRegistry(SchemaRegistry.of(Map.of(ID, Samples.V1, 9, Samples.STRANGER)));
    }

    private byte[] encode(Framing framing, GenericRecord datum) {
        return switch (framing) {
            case SINGLE_OBJECT -> encoder.singleObject(datum);
            case REGISTRY -> encoder.registry(ID, datum);
            default -> encoder.plain(datum);
        };
    }

    @ParameterizedTest
    @EnumSource(Framing.class)
    void everyFramingRoundTrips(Framing framing) {
        AvroDecoder decoder = new AvroDecoder(reading(Samples.V1).withFraming(framing));
        qt().withFixedSeed(7).forAll(longs().all()).checkAssert(seed -> {
            GenericRecord order = Samples.order(seed);
            GenericRecord back = decoder.decode(encode(framing, order));
            assertThat(GenericData.get().compare(back.get("id"), order.get("id"), Schema.create(Schema.Type.STRING)))
                    .isZero();
            assertThat(back.toString()).isEqualTo(order.toString());
        });
    }

    @ParameterizedTest
    @EnumSource(Framing.class)
    void everyFramingResolvesToAnEvolvedSchema(Framing framing) {
        AvroDecoder decoder = new AvroDecoder(reading(Samples.V2).withFraming(framing));
        qt().withFixedSeed(11).forAll(longs().all()).checkAssert(seed -> {
            GenericRecord order = Samples.order(seed);
            GenericRecord back = decoder.decode(encode(framing, order));
            assertThat(back.getSchema()).isEqualTo(Samples.V2);
            assertThat(back.get("id")).hasToString(order.get("id").toString());
            assertThat(back.get("amount")).isEqualTo(((Integer) order.get("amount")).longValue());
            assertThat(back.get("rate")).isEqualTo(((Float) order.get("rate")).doubleValue());
            assertThat(String.valueOf(back.get("remark"))).isEqualTo(String.valueOf(order.get("note")));
            assertThat(back.get("channel")).hasToString("web");
            assertThat(back.get("raw")).isEqualTo(order.get("raw"));
        });
    }

    @Test
    void autoTellsTheThreeFramingsApart() {
        AvroDecoder decoder = new AvroDecoder(reading(Samples.V1));
        GenericRecord order = Samples.order(1);
        for (Framing framing : Framing.values()) {
            assertThat(decoder.decode(encode(framing, order)).toString()).isEqualTo(order.toString());
        }
    }

    @Test
    void singleObjectFramingIsAvrosOwn() throws IOException {
        GenericRecord order = Samples.order(3);
        byte[] theirs = bytes(new BinaryMessageEncoder<GenericRecord>(GenericData.get(), Samples.V1).encode(order));
        assertThat(encoder.singleObject(order)).isEqualTo(theirs);
        assertThat(new BinaryMessageDecoder<GenericRecord>(GenericData.get(), Samples.V1)
                        .decode(encoder.singleObject(order)))
                .hasToString(order.toString());
    }

    @Test
    void registryFramingIsAZeroAndTheIdBigEndian() {
        GenericRecord order = Samples.order(3);
        byte[] framed = encoder.registry(ID, order);
        assertThat(framed).startsWith(0, 1, 2, 3, 4).endsWith(encoder.plain(order));
    }

    @Test
    void aPlainRecordThatLooksFramedIsRefusedWithAHintAndReadAsPlainOnDemand() {
        Schema schema = Samples.schema(
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"s\",\"type\":\"string\"},{\"name\":\"t\",\"type\":\"string\"}]}");
        GenericRecord empty = new GenericData.Record(schema);
        empty.put("s", "");
        empty.put("t", "secret");
        byte[] plain = new AvroEncoder(schema).plain(empty);
        assertThatThrownBy(() -> new AvroDecoder(AvroOptions.of(schema)).decode(plain))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("guessed")
                .hasMessageContaining("registry framing")
                .hasMessageNotContaining("secret");
        assertThat(new AvroDecoder(AvroOptions.of(schema).withFraming(Framing.PLAIN)).decode(plain))
                .hasToString(empty.toString());
    }

    @Test
    void aFramingThatWasSetIsNotGuessedOver() {
        AvroDecoder decoder = new AvroDecoder(reading(Samples.V1).withFraming(Framing.SINGLE_OBJECT));
        assertThatThrownBy(() -> decoder.decode(encoder.registry(ID, Samples.order(1))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("must start with its 10 byte header")
                .hasMessageNotContaining("guessed");
    }

    @Test
    void unknownIdsAndFingerprintsAreUndecodable() {
        AvroDecoder decoder = new AvroDecoder(AvroOptions.of(Samples.V2));
        assertUndecodable(decoder, encoder.registry(77, Samples.order(1)), "knows no Avro schema");
        assertUndecodable(decoder, encoder.singleObject(Samples.order(1)), "no known schema has its fingerprint");
    }

    @Test
    void schemasThatDoNotResolveAreNamedByPlaceNotByValue() {
        GenericRecord stranger = new GenericData.Record(Samples.STRANGER);
        stranger.put("id", "secret");
        stranger.put("owner", "secret");
        AvroDecoder decoder = new AvroDecoder(reading(Samples.V1));
        assertUndecodable(
                decoder,
                new AvroEncoder(Samples.STRANGER).registry(9, stranger),
                "READER_FIELD_MISSING_DEFAULT_VALUE at /fields/1");
    }

    @Test
    void anEnumSymbolTheReaderLacksIsUndecodableWithoutNamingIt() {
        Schema wide = Samples.schema(
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"e\",\"type\":{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"X\",\"SECRET\"]}}]}");
        Schema narrow = Samples.schema(wide.toString().replace(",\"SECRET\"", ""));
        GenericRecord datum = new GenericData.Record(wide);
        datum.put("e", new GenericData.EnumSymbol(wide.getField("e").schema(), "SECRET"));
        AvroDecoder decoder =
                new AvroDecoder(AvroOptions.of(narrow).withPlainWriter(wide).withFraming(Framing.PLAIN));
        assertUndecodable(decoder, new AvroEncoder(wide).plain(datum), "does not resolve");
    }

    @Test
    void aRecordThatDoesNotFitIsNotEncodedNorQuoted() {
        GenericRecord order = Samples.order(1);
        order.put("amount", "secret");
        assertThatThrownBy(() -> encoder.plain(order))
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.reason()).isEqualTo(DataException.Reason.INVALID))
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() -> AvroOptions.of(Schema.create(Schema.Type.STRING)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be a record");
        assertThatThrownBy(() -> AvroOptions.of(Samples.V1).withMaxBytes(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxBytes");
    }

    static void assertUndecodable(AvroDecoder decoder, byte[] bytes, String message) {
        assertThatThrownBy(() -> decoder.decode(bytes))
                .isInstanceOfSatisfying(
                        DataException.class, e -> assertThat(e.reason()).isEqualTo(DataException.Reason.UNDECODABLE))
                .hasMessageContaining(message)
                .hasMessageNotContainingAny("secret", "SECRET")
                .hasNoCause();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
