package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.data.Prediction;
import io.github.camelaiflow.data.Predictions;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.Signature;
import io.github.camelaiflow.model.onnx.OnnxTestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ONNX's own test models, each asked through a route. */
class OnnxRouteTest {

    @TempDir
    private Path definitions;

    @Test
    void everyTestModelAnswersThroughARoute() throws Exception {
        String folder = System.getProperty(OnnxTestData.PROPERTY, "");
        Assumptions.assumeFalse(
                folder.isEmpty(), "set " + OnnxTestData.PROPERTY + " to the folder of libonnx-testdata");
        Map<String, String> wrong = new TreeMap<>();
        int asked = 0;
        for (Path file : OnnxTestData.models(Path.of(folder))) {
            String name = file.getParent().getFileName().toString();
            byte[] bytes = Files.readAllBytes(file);
            if (OnnxTestData.isAccepted(bytes) && !OnnxTestData.NOT_AS_RECORDED.containsKey(name)) {
                asked++;
                String difference = ask(file, OnnxTestData.calls(file, bytes));
                if (!difference.isEmpty()) {
                    wrong.put(name, difference);
                }
            }
        }
        assertThat(wrong).as("of %s models", asked).isEmpty();
        assertThat(asked).isPositive();
    }

    private String ask(Path file, List<OnnxTestData.Call> calls) throws Exception {
        allowSpecialNumbers(calls);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getComponent("aiflow", AiflowComponent.class).setDefinitions("file:" + definitions);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:infer").to("aiflow:infer:model?model=file:" + file);
                }
            });
            context.start();
            Signature signature = context.getComponent("aiflow", AiflowComponent.class)
                    .flow("model")
                    .withParts(parts -> parts.model(null).inUse().model().signature());
            for (OnnxTestData.Call call : calls) {
                Exchange exchange = new DefaultExchange(context);
                exchange.getMessage().setBody(call.inputs());
                context.createProducerTemplate().send("direct:infer", exchange);
                if (exchange.getException() != null) {
                    return exchange.getException().toString();
                }
                String difference = OnnxTestData.difference(signature, outcomes(exchange), call.outputs());
                if (!difference.isEmpty()) {
                    return difference;
                }
            }
            return "";
        }
    }

    /** NaN and infinity are elements like others here. */
    private void allowSpecialNumbers(List<OnnxTestData.Call> calls) throws IOException {
        StringBuilder fields = new StringBuilder();
        for (OnnxTestData.Call call : calls) {
            call.inputs().forEach((name, value) -> {
                if (value instanceof float[] || value instanceof float[][]) {
                    fields.append("    '").append(name).append("': {type: number, missing: allow}\n");
                }
            });
        }
        String record = fields.isEmpty() ? "" : "record:\n  fields:\n" + fields;
        Files.writeString(definitions.resolve("model.yaml"), "flow: model\n" + record);
    }

    private static List<Outcome> outcomes(Exchange exchange) {
        Object header = exchange.getMessage().getHeader(AiflowConstants.PREDICTION);
        List<Prediction> predictions =
                header instanceof Predictions several ? new ArrayList<>(several) : List.of((Prediction) header);
        return predictions.stream()
                .map(prediction -> Outcome.of(prediction.output()))
                .toList();
    }
}
