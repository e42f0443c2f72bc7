package io.github.camelaiflow.it;

import io.github.camelaiflow.AiflowConstants;
import io.github.camelaiflow.claims.Claim;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

/** What the flow's model says of a claim when it is asked straight, without route and transports. */
final class ClaimsOracle implements AutoCloseable {

    /** A model's answer. */
    record Answer(String label, double score) {}

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ProducerTemplate template;

    ClaimsOracle() {
        context.start();
        template = context.createProducerTemplate();
    }

    Answer answer(Claim claim) {
        Exchange exchange =
                template.request("aiflow:infer:claims", e -> e.getMessage().setBody(claim.fields()));
        if (exchange.getException() != null) {
            throw new IllegalStateException("the model must answer", exchange.getException());
        }
        return new Answer(
                exchange.getMessage().getHeader(AiflowConstants.LABEL, String.class),
                exchange.getMessage().getHeader(AiflowConstants.SCORE, Double.class));
    }

    @Override
    public void close() {
        context.stop();
    }
}
