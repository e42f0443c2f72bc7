package io.github.camelaiflow.model.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelaiflow.openinference.EncodedMessage;
import io.github.camelaiflow.openinference.InferRequest;
import io.github.camelaiflow.openinference.InferResponse;
import io.github.camelaiflow.openinference.Limits;
import io.github.camelaiflow.openinference.MessageCodec;
import io.github.camelaiflow.openinference.MetadataCodec;
import io.github.camelaiflow.openinference.ModelMetadata;
import io.github.camelaiflow.openinference.ServerMetadata;
import io.github.camelaiflow.openinference.Tensor;
import io.github.camelaiflow.openinference.TensorMetadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A server without a network. */
final class FakeServer implements Transport {

    final List<InferRequest> requests = new ArrayList<>();
    int metadataReads;
    boolean closed;
    ModelMetadata metadata;
    List<String> extensions = List.of();
    UnaryOperator<byte[]> damage = UnaryOperator.identity();
    Function<InferRequest, String> id = InferRequest::id;

    private final MessageCodec codec = new MessageCodec(Limits.DEFAULT);
    private final Function<InferRequest, List<Tensor>> answer;

    FakeServer(List<TensorMetadata> inputs, List<TensorMetadata> outputs, Function<InferRequest, List<Tensor>> answer) {
        this.metadata = new ModelMetadata("m", List.of("1"), "test", inputs, outputs);
        this.answer = answer;
    }

    @Override
    public Reply server() throws IOException {
        return new Reply(200, MetadataCodec.encode(new ServerMetadata("fake", "1", extensions)), null);
    }

    @Override
    public Reply metadata() {
        metadataReads++;
        return new Reply(200, MetadataCodec.encode(metadata), null);
    }

    @Override
    public Reply infer(EncodedMessage message) {
        InferRequest request = codec.readRequest(message.body(), message.jsonLengthHeader());
        requests.add(request);
        List<Tensor> outputs = answer.apply(request);
        if (outputs == null) {
            return new Reply(400, "{\"error\":\"4711\"}".getBytes(UTF_8), null);
        }
        InferResponse response = new InferResponse("m", "1", id.apply(request), Map.of(), outputs);
        EncodedMessage reply = codec.encode(response, request.withBinaryOutputs());
        return new Reply(200, damage.apply(reply.body()), reply.jsonLengthHeader());
    }

    @Override
    public void close() {
        closed = true;
    }
}
