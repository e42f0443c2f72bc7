package io.github.camelaiflow.model.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.openinference.InferResponse;
import io.github.camelaiflow.openinference.Limits;
import io.github.camelaiflow.openinference.MessageCodec;
import io.github.camelaiflow.openinference.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/** What a model server answers: an outcome for each row asked about, or refused. */
class RemoteOutputsFuzzTest {

    private static final MessageCodec CODEC = new MessageCodec(new Limits(1 << 20, 1 << 16));

    @FuzzTest(maxDuration = "2m")
    void serverAnswers(byte[] bytes) {
        InferResponse response;
        try {
            response = CODEC.readResponse(bytes, null);
        } catch (ProtocolException e) {
            return;
        }
        for (List<String> labels : List.of(List.<String>of(), List.of("fine", "fraud"))) {
            ModelSpec spec = ModelSpec.of("models/remote").withLabels(labels);
            for (int rows : new int[] {1, 2, 3}) {
                try {
                    assertThat(RemoteOutputs.of(spec, List.of(), new ArrayList<>())
                                    .read(response, rows))
                            .hasSize(rows);
                } catch (ModelException e) {
                    assertThat(e.retryable()).isFalse();
                }
            }
        }
    }
}
