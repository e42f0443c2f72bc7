package io.github.camelaiflow.wire;

import io.github.camelaiflow.data.Decision;
import java.util.stream.Collectors;
import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.DataTypeTransformer;
import org.apache.camel.spi.Transformer;

/** Makes the decision the message's body, as JSON; a batch becomes a JSON array, one of {@code aiflow:deliver} a list of texts. */
@DataTypeTransformer(name = "aiflow:decision-json", description = "The decision of the aiflow steps as JSON")
public final class DecisionJsonTransformer extends Transformer {

    @Override
    public void transform(Message message, DataType from, DataType to) {
        if (Decisions.delivered(message)) {
            message.setBody(Decisions.of(message).stream().map(Decision::toJson).toList());
            return;
        }
        String json = Decisions.of(message).stream().map(Decision::toJson).collect(Collectors.joining(","));
        message.setBody(Decisions.batch(message) ? "[" + json + "]" : json);
    }
}
