package io.github.camelaiflow.wire.inference;

import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.AiflowConstants;
import io.github.camelaiflow.FlowModels.Version;
import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.data.Prediction;
import io.github.camelaiflow.data.Predictions;
import io.github.camelaiflow.model.Signature;
import io.github.camelaiflow.openinference.InferRequest;
import io.github.camelaiflow.openinference.InferRequest.RequestedOutput;
import io.github.camelaiflow.openinference.InferResponse;
import io.github.camelaiflow.openinference.Limits;
import io.github.camelaiflow.openinference.MessageCodec;
import io.github.camelaiflow.openinference.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Makes the predictions in header {@code CamelAiflowPrediction} the response to the inference that {@link OpenInferenceCall}
 * read, JSON or binary as it asks, and removes all headers but those it sets. {@code model_version} is the version that
 * answered; where rows were answered by several, parameter {@code versions} names each row's instead. Parameters
 * {@code prediction_id} and {@code served_by} tell each row's, all comma-separated in the order of the rows. Thread-safe.
 */
public final class OpenInferenceAnswer implements Processor {

    private static final Signature USUAL = new Signature(List.of(), List.of(), List.of());

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Asked asked = exchange.getProperty(Asked.PROPERTY, Asked.class);
        Object header = message.getHeader(AiflowConstants.PREDICTION);
        if (asked == null) {
            throw new IllegalStateException("an answer needs the call, as OpenInferenceCall reads it");
        }
        List<Prediction> predictions = predictions(header);
        message.removeHeaders("*");
        checkErrors(predictions);
        List<String> versions =
                predictions.stream().map(Prediction::version).distinct().toList();
        List<Output> outputs = predictions.stream().map(Prediction::output).toList();
        String version = versions.size() == 1 ? versions.get(0) : null;
        List<Tensor> tensors = new AnswerTensors(
                        signature(exchange.getContext(), asked, version).results(), outputs)
                .tensors();
        checkAsked(asked.request(), tensors);
        InferResponse response = new InferResponse(
                asked.flow(), version, asked.request().id(), parameters(predictions, versions), tensors);
        Replies.reply(message, 200, new MessageCodec(Limits.DEFAULT).encode(response, asked.request()));
    }

    private static List<Prediction> predictions(Object header) {
        if (header instanceof Predictions list) {
            return list;
        }
        if (header instanceof Prediction one) {
            return List.of(one);
        }
        throw new IllegalStateException(
                "the route must leave predictions in header " + AiflowConstants.PREDICTION + ", as aiflow:infer does");
    }

    /** The protocol has no error of a row: with onError=mark one makes the whole wrong. */
    private static void checkErrors(List<Prediction> predictions) {
        for (int row = 0; row < predictions.size(); row++) {
            if (predictions.get(row).error() != null) {
                throw new CallException(
                        400, "record " + row + ": " + predictions.get(row).error());
            }
        }
    }

    private static Signature signature(CamelContext context, Asked asked, String version) {
        return context.getComponent("aiflow", AiflowComponent.class)
                .models(asked.flow())
                .flatMap(models -> models.version(version))
                .map(Version::signature)
                .orElse(USUAL);
    }

    private static void checkAsked(InferRequest request, List<Tensor> tensors) {
        List<String> names = tensors.stream().map(Tensor::name).toList();
        for (RequestedOutput output : request.outputs()) {
            if (!names.contains(output.name())) {
                throw new CallException(400, "outputs must be among " + String.join(", ", names));
            }
        }
    }

    private static Map<String, Object> parameters(List<Prediction> predictions, List<String> versions) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (versions.size() > 1) {
            parameters.put("versions", each(predictions, Prediction::version));
        }
        parameters.put("prediction_id", each(predictions, Prediction::id));
        parameters.put(
                "served_by",
                each(predictions, prediction -> prediction.servedBy().toString()));
        return parameters;
    }

    private static String each(List<Prediction> predictions, Function<Prediction, String> part) {
        return predictions.stream().map(part).collect(Collectors.joining(","));
    }
}
