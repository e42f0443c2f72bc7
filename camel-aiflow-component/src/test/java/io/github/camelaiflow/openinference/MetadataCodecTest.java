package io.github.camelaiflow.openinference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MetadataCodecTest {

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }

    @Test
    void aModelsMetadataAndBack() {
        ModelMetadata metadata = new ModelMetadata(
                "claims",
                List.of("1", "2"),
                "onnx_onnxv1",
                List.of(new TensorMetadata("x", Datatype.FP32, List.of(-1L, 4L))),
                List.of(new TensorMetadata("label", Datatype.BYTES, List.of(-1L))));

        assertThat(MetadataCodec.readModel(MetadataCodec.encode(metadata))).isEqualTo(metadata);
        assertThat(new String(MetadataCodec.encode(metadata), UTF_8))
                .isEqualTo(("{'name':'claims','versions':['1','2'],'platform':'onnx_onnxv1',"
                                + "'inputs':[{'name':'x','datatype':'FP32','shape':[-1,4]}],"
                                + "'outputs':[{'name':'label','datatype':'BYTES','shape':[-1]}]}")
                        .replace('\'', '"'));
    }

    @Test
    void whatOtherServersLeaveOutIsEmpty() {
        assertThat(MetadataCodec.readModel(json("{'name':'m','versions':null,'inputs':[],'x':{'y':[1]}}")))
                .isEqualTo(new ModelMetadata("m", List.of(), null, List.of(), List.of()));
    }

    @Test
    void serversAndErrors() {
        ServerMetadata server = new ServerMetadata("aiflow", "0.1", List.of(ServerMetadata.BINARY));

        assertThat(MetadataCodec.readServer(MetadataCodec.encode(server))).isEqualTo(server);
        assertThat(MetadataCodec.readError(MetadataCodec.encodeError("no such model")))
                .isEqualTo("no such model");
    }

    @Test
    void whatIsNoneIsRefused() {
        for (String wrong : List.of(
                "",
                "<html>",
                "[]",
                "{}",
                "{'name':7}",
                "{'name':'m','inputs':[{}]}",
                "{'name':'m','inputs':[{'name':'x','datatype':'FP32','shape':[-2]}]}",
                "{'name':'m','inputs':[{'name':'x','datatype':'TEXT','shape':[]}]}",
                "{'name':'m'} x")) {
            assertThatThrownBy(() -> MetadataCodec.readModel(json(wrong)))
                    .as(wrong)
                    .isInstanceOf(ProtocolException.class)
                    .hasNoCause();
        }
    }
}
