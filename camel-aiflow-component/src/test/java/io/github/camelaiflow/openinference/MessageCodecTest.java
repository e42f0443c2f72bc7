package io.github.camelaiflow.openinference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.openinference.InferRequest.RequestedOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {

    private final MessageCodec codec = new MessageCodec(Limits.DEFAULT);

    private InferRequest read(String json) {
        return codec.readRequest(json.replace('\'', '"').getBytes(UTF_8), null);
    }

    private Tensor readTensor(String datatype, String shape, String data) {
        return read("{'inputs':[{'name':'x','datatype':'" + datatype + "','shape':" + shape + ",'data':" + data + "}]}")
                .inputs()
                .get(0);
    }

    @Test
    void theExampleOfTheSpecification() {
        InferRequest request = read("""
                {'id': '42', 'parameters': {'sequence_id': 7, 'nested': {'a': [1]}, 'none': null},
                 'inputs': [
                   {'name': 'input0', 'shape': [2, 2], 'datatype': 'UINT32', 'data': [1, 2, 3, 4294967295]},
                   {'name': 'input1', 'shape': [3], 'datatype': 'BOOL', 'data': [true, false, true]}],
                 'outputs': [{'name': 'output0', 'parameters': {'classification': 2}}], 'extra': [{}]}
                """);

        assertThat(request.id()).isEqualTo("42");
        assertThat(request.parameters()).isEqualTo(Map.of("sequence_id", 7L));
        assertThat(request.inputs().get(0))
                .isEqualTo(Tensor.of("input0", Datatype.UINT32, List.of(2L, 2L), new int[] {1, 2, 3, -1}));
        assertThat(request.inputs().get(1).nested()).isEqualTo(new boolean[] {true, false, true});
        assertThat(request.outputs()).containsExactly(new RequestedOutput("output0", Map.of("classification", 2L)));
        assertThat(request.wants("output0")).isTrue();
        assertThat(request.wants("output1")).isFalse();
    }

    @Test
    void aResponseAsItIsWritten() {
        InferResponse response = new InferResponse(
                "claims",
                "3",
                "42",
                Map.of(),
                List.of(Tensor.of("y", Datatype.FP32, List.of(1L, 2L), new float[] {0.1f, 2}), text("label", "é")));

        EncodedMessage message = codec.encode(response, InferRequest.of("42", List.of()));

        assertThat(message.jsonLengthHeader()).isNull();
        assertThat(message.contentType()).isEqualTo("application/json");
        assertThat(new String(message.body(), UTF_8))
                .isEqualTo("{'model_name':'claims','model_version':'3','id':'42','outputs':[".replace('\'', '"')
                        + "{'name':'y','datatype':'FP32','shape':[1,2],'data':[0.1,2.0]},".replace('\'', '"')
                        + "{'name':'label','datatype':'BYTES','shape':[1],'data':['é']}]}".replace('\'', '"'));
    }

    private static Tensor text(String name, String text) {
        return Tensor.ofArray(name, new String[] {text});
    }

    @Test
    void binaryIsLittleEndianAfterTheJsonInOrder() {
        InferRequest request = InferRequest.of(
                null,
                List.of(
                        Tensor.of("a", Datatype.INT32, List.of(2L), new int[] {1, -2}),
                        text("b", "hi"),
                        Tensor.of("c", Datatype.FP16, List.of(1L), new float[] {1})));

        EncodedMessage message = codec.encode(request, true);

        assertThat(message.contentType()).isEqualTo("application/octet-stream");
        ByteBuffer bytes = ByteBuffer.wrap(message.body()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(Integer.parseInt(message.jsonLengthHeader()));
        assertThat(bytes.getInt()).isEqualTo(1);
        assertThat(bytes.getInt()).isEqualTo(-2);
        assertThat(bytes.getInt()).isEqualTo(2);
        assertThat(bytes.getShort()).isEqualTo((short) ('h' | 'i' << 8));
        assertThat(bytes.getShort()).isEqualTo((short) 0x3C00);
        assertThat(bytes.hasRemaining()).isFalse();
        assertThat(codec.readRequest(message.body(), message.jsonLengthHeader()))
                .isEqualTo(request);
    }

    @Test
    void whatHasNoFormInJsonGoesInBinaryUnasked() {
        InferRequest request = InferRequest.of(
                null,
                List.of(
                        Tensor.of("plain", Datatype.FP32, List.of(1L), new float[] {1}),
                        Tensor.of("nan", Datatype.FP64, List.of(1L), new double[] {Double.NaN}),
                        Tensor.of("half", Datatype.BF16, List.of(1L), new float[] {1}),
                        Tensor.of("image", Datatype.BYTES, List.of(1L), new byte[][] {{(byte) 0xFF, 0}})));

        EncodedMessage message = codec.encode(request, false);

        assertThat(message.body().length - message.jsonLength()).isEqualTo(8 + 2 + 6);
        assertThat(codec.readRequest(message.body(), message.jsonLengthHeader()))
                .isEqualTo(request);
    }

    @Test
    void outputsAreBinaryWhereThatWasAskedFor() {
        Tensor a = Tensor.of("a", Datatype.INT64, List.of(1L), new long[] {1});
        Tensor b = Tensor.of("b", Datatype.INT64, List.of(1L), new long[] {2});
        InferResponse response = new InferResponse("m", null, null, Map.of(), List.of(a, b));

        InferRequest all = InferRequest.of(null, List.of()).withBinaryOutputs();
        InferRequest notB = new InferRequest(
                null,
                Map.of("binary_data_output", true),
                List.of(),
                List.of(new RequestedOutput("a", Map.of()), new RequestedOutput("b", Map.of("binary_data", false))));

        EncodedMessage both = codec.encode(response, all);
        EncodedMessage one = codec.encode(response, notB);
        assertThat(both.body().length - both.jsonLength()).isEqualTo(16);
        assertThat(one.body().length - one.jsonLength()).isEqualTo(8);
        assertThat(codec.readResponse(one.body(), one.jsonLengthHeader())).isEqualTo(response);
    }

    @Test
    void anOutputThatJsonCannotHoldMustBeAskedForInBinary() {
        InferResponse response = new InferResponse(
                "m", null, null, Map.of(), List.of(Tensor.of("p", Datatype.FP32, List.of(), new float[] {Float.NaN})));

        assertThatThrownBy(() -> codec.encode(response, InferRequest.of(null, List.of())))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("p of FP32 must be asked for in binary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1,2,3,4,5,6]", "[[[1,2,3],[4,5,6]]]"})
    void dataIsFlatOrNested(String data) {
        Tensor tensor = readTensor("INT16", "[1,2,3]", data);

        assertThat((short[]) tensor.data()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat((short[][][]) tensor.nested()).isDeepEqualTo(new short[][][] {{{1, 2, 3}, {4, 5, 6}}});
    }

    @Test
    void scalarsAndEmptyTensors() {
        assertThat(readTensor("FP64", "[]", "[5]").nested()).isEqualTo(5.0);
        assertThat(readTensor("FP64", "[0]", "[]").elements()).isZero();
        assertThat((double[][]) readTensor("FP64", "[2,0]", "[[],[]]").nested()).isDeepEqualTo(new double[2][0]);
        assertThat((double[][]) readTensor("FP64", "[2,0]", "[]").nested()).isDeepEqualTo(new double[2][0]);
        assertThat((String[]) readTensor("BYTES", "[1]", "['é']").nested()).containsExactly("é");
    }

    @Test
    void aTensorsFieldsComeInAnyOrder() {
        InferRequest request = read("""
                {'outputs': null, 'inputs': [
                  {'data': [[1.5], [2]], 'shape': [2, 1], 'é': 'before', 'datatype': 'FP32', 'name': 'x'},
                  {'shape': [1], 'data': ['{"data":[]}'], 'datatype': 'BYTES', 'name': 'y'}]}
                """.replace("{\"data\":[]}", "{}[]"));

        assertThat(request.inputs().get(0))
                .isEqualTo(Tensor.of("x", Datatype.FP32, List.of(2L, 1L), new float[] {1.5f, 2}));
        assertThat((String[]) request.inputs().get(1).nested()).containsExactly("{}[]");
    }

    @Test
    void wholeNumbersMustBeInTheirTypesRange() {
        assertThat((byte[]) readTensor("UINT8", "[2]", "[0,255]").data()).containsExactly(0, -1);
        assertThat((byte[]) readTensor("INT8", "[2]", "[-128,127]").data()).containsExactly(-128, 127);
        assertThat((long[]) readTensor("UINT64", "[2]", "[18446744073709551615,9223372036854775808]")
                        .data())
                .containsExactly(-1, Long.MIN_VALUE);
        assertThat((long[]) readTensor("INT64", "[1]", "[-9223372036854775808]").data())
                .containsExactly(Long.MIN_VALUE);
        for (String[] wrong : new String[][] {
            {"UINT8", "256"},
            {"UINT8", "-1"},
            {"INT8", "128"},
            {"INT8", "-129"},
            {"UINT16", "65536"},
            {"INT16", "-32769"},
            {"UINT32", "4294967296"},
            {"INT32", "2147483648"},
            {"UINT64", "-1"},
            {"UINT64", "18446744073709551616"},
            {"UINT64", "-18446744073709551615"},
            {"INT64", "9223372036854775808"},
            {"INT64", "1.0"},
            {"INT64", "'1'"},
            {"BOOL", "1"},
            {"FP32", "1e39"},
            {"FP64", "1e309"},
            {"FP64", "NaN"},
            {"FP64", "null"},
            {"FP64", "'1'"},
            {"BYTES", "1"},
            {"FP16", "1"},
            {"BF16", "1"}
        }) {
            assertThatThrownBy(() -> readTensor(wrong[0], "[1]", "[" + wrong[1] + "]"))
                    .as(wrong[0] + " " + wrong[1])
                    .isInstanceOf(ProtocolException.class)
                    .hasNoCause()
                    .extracting(Throwable::getMessage)
                    .asString()
                    .doesNotContain(wrong[1].length() > 2 && !wrong[1].equals("NaN") ? wrong[1] : "\u0000");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[2] [1]",
                "[2] [1,2,3]",
                "[2] [[1,2]]",
                "[2,2] [[1,2],[3]]",
                "[2,2] [[1,2,3],[4]]",
                "[2,2] [[1,2]]",
                "[2,2] [[1,2],3]",
                "[2,2] [1,[2,3,4]]",
                "[2,2] [[1,2],[3,4],[5,6]]",
                "[2,2] [[[1,2],[3,4]]]",
                "[2,2] [[1,2],[3,[4]]]",
                "[1] 1",
                "[1] {}",
                "[-1] [1]",
                "[1.5] [1]",
                "[9223372036854775808] [1]",
                "[4294967296,4294967296] [1]",
                "[16777217] [1]",
                "[16777216] [1]",
                "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1] [1]",
                "[1000000000,0] []",
                "[0,1000000000] []",
                "[2097152,0] []",
                "{} [1]"
            })
    void shapesThatDoNotFitAreRefusedBeforeRoomIsMade(String shapeAndData) {
        String[] parts = shapeAndData.split(" ");

        assertThatThrownBy(() -> readTensor("FP32", parts[0], parts[1])).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> read(
                        "{'inputs':[{'data':" + parts[1] + ",'shape':" + parts[0] + ",'datatype':'FP32','name':'x'}]}"))
                .isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{}",
                "{'inputs':null}",
                "{'inputs':{}}",
                "{'inputs':[1]}",
                "{'inputs':[]} {}",
                "{'inputs':[],'inputs':[]}",
                "{'id':7,'inputs':[]}",
                "{'inputs':[{'name':'x','datatype':'FP32','shape':[1]}]}",
                "{'inputs':[{'name':'x','shape':[1],'data':[1]}]}",
                "{'inputs':[{'name':'x','datatype':'FP32','data':[1]}]}",
                "{'inputs':[{'datatype':'FP32','shape':[1],'data':[1]}]}",
                "{'inputs':[{'name':'','datatype':'FP32','shape':[1],'data':[1]}]}",
                "{'inputs':[{'name':'x','datatype':'FP99','shape':[1],'data':[1]}]}",
                "{'inputs':[{'name':'x','datatype':'FP32','shape':[1],'parameters':{'binary_data_size':4}}]}",
                "{'inputs':[{'name':'x','datatype':'FP32','shape':[1],'parameters':{'binary_data_size':-4}}]}",
                "{'inputs':[{'name':'x','datatype':'FP32','shape':[1],'data':[1],'parameters':{'binary_data_size':4}}]}",
                "{'inputs':[{'name':'x','datatype':'FP32','shape':[1],'data':[1]},"
                        + "{'name':'x','datatype':'FP32','shape':[1],'data':[1]}]}",
                "{'inputs':[],'outputs':[{}]}"
            })
    void whatIsNoRequestIsRefused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void otherEncodingsThanUtf8AreRefusedWhereTheyCannotBeRead() {
        String json = "{\"inputs\":[{\"data\":[1],\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1]}]}";

        assertThatThrownBy(() -> codec.readRequest(json.getBytes(java.nio.charset.StandardCharsets.UTF_16BE), null))
                .isInstanceOf(ProtocolException.class);
        assertThat(codec.readRequest(("\uFEFF" + json).getBytes(UTF_8), null).inputs())
                .hasSize(1);
    }

    @Test
    void binaryMustBeAsLongAsItSays() {
        String json = "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"%s\",\"shape\":[%s],"
                + "\"parameters\":{\"binary_data_size\":%d}}]}";
        assertBinaryRefused(json.formatted("FP32", "2", 8), 4);
        assertBinaryRefused(json.formatted("FP32", "2", 4), 4);
        assertBinaryRefused(json.formatted("FP32", "1", 4), 8);
        assertBinaryRefused(json.formatted("BYTES", "16777216", 4), 4);
        assertBinaryRefused(json.formatted("BYTES", "1", 3), 3);
        assertBinaryRefused(json.formatted("BYTES", "1", 8), 8);
        assertBinaryRefused(json.formatted("FP32", "1", 2147483647), 4);
        for (String header : List.of("", "x", "-1", "99999999999", "1000", "+2")) {
            assertThatThrownBy(() -> codec.readRequest("{\"inputs\":[]}".getBytes(UTF_8), header))
                    .isInstanceOf(ProtocolException.class);
        }
    }

    private void assertBinaryRefused(String json, int binary) {
        byte[] text = json.getBytes(UTF_8);
        byte[] body = java.util.Arrays.copyOf(text, text.length + binary);
        assertThatThrownBy(() -> codec.readRequest(body, String.valueOf(text.length)))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void limitsHold() {
        MessageCodec small = new MessageCodec(new Limits(200, 3));
        String two = "{\"name\":\"%s\",\"datatype\":\"INT8\",\"shape\":[2],\"data\":[1,2]}";
        String json = "{\"inputs\":[" + two.formatted("a") + "," + two.formatted("b") + "]}";

        assertThatThrownBy(() -> small.readRequest(json.getBytes(UTF_8), null))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("inputs[1]");
        assertThatThrownBy(() -> small.readRequest(new byte[201], null)).hasMessageContaining("200 bytes");
        assertThatThrownBy(() -> read("{'inputs':[],'deep':" + "[".repeat(100) + "]".repeat(100) + "}"))
                .isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> read("{'id':'" + "x".repeat(1025) + "','inputs':[]}"))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void noValueIsToldInMessagesOrStrings() {
        assertThatThrownBy(() -> readTensor("FP32", "[1]", "[secret4711]"))
                .isInstanceOf(ProtocolException.class)
                .hasNoCause()
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("4711");
        Tensor tensor = text("x", "secret4711");
        assertThat(InferRequest.of("1", List.of(tensor)).toString()).doesNotContain("4711");
    }
}
