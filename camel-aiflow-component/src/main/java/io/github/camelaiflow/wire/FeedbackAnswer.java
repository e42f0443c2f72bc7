package io.github.camelaiflow.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.AiflowConstants;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Makes what became of labels the body, after {@code aiflow:feedback}: {@code {"outcomes": ["JOINED"], "quality": "NONE"}}, an outcome a
 * label in their order (one for a single label, too), and the verdict on the flow's quality. Headers stay. Thread-safe.
 */
public final class FeedbackAnswer implements Processor {

    /** @throws IllegalStateException if the message did not go through {@code aiflow:feedback} */
    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Object outcomes = message.getHeader(AiflowConstants.FEEDBACK);
        if (outcomes == null) {
            throw new IllegalStateException("an answer needs header " + AiflowConstants.FEEDBACK
                    + ", as aiflow:feedback sets it when it takes labels");
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode words = answer.putArray("outcomes");
        (outcomes instanceof List<?> list ? list : List.of(outcomes)).forEach(word -> words.add(word.toString()));
        answer.put("quality", message.getHeader(AiflowConstants.QUALITY, String.class));
        message.setBody(answer.toString());
    }
}
