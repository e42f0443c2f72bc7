package io.github.camelaiflow;

import io.github.camelaiflow.data.Prediction;
import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.drift.LearnedProfile;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Makes a reference of the records. In a header it only watches, as drift does; as the body, the profile is what is asked for. */
final class LearnStep implements Step {

    private final Flow flow;
    private final boolean toBody;

    LearnStep(Flow flow, AiflowEndpoint endpoint) {
        this.flow = flow;
        this.toBody = endpoint.resultToBody();
    }

    @Override
    public Work read(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeader(AiflowConstants.DRIFT);
        message.removeHeader(AiflowConstants.DRIFT_REPORT);
        if (toBody && message.getBody() == null) {
            return this::told;
        }
        Records records = ExchangeMapper.records(exchange);
        Object answers = message.getHeader(AiflowConstants.PREDICTION);
        return () -> learn(records, answers);
    }

    @Override
    public boolean standAside(Exchange exchange) {
        if (!toBody) {
            flow.observer().notObserved();
        }
        return !toBody;
    }

    private Result learn(Records records, Object answers) {
        LearnedProfile learned = flow.parts().learned().value();
        List<Map<String, Object>> rows = DriftStep.readable(flow, records, records.rows());
        List<Prediction> predictions = AnsweredRows.predictions(answers);
        if (predictions.size() != records.size()) {
            learned.observe(rows);
            return told();
        }
        for (int i = 0; i < records.size(); i++) {
            if (!records.unreadable().containsKey(i)) {
                Prediction answer = predictions.get(i);
                learned.observe(records.rows().get(i), answer.label(), answer.score());
            }
        }
        return told();
    }

    private Result told() {
        String profile = toBody ? flow.parts().learned().value().profile().toJson() : null;
        return exchange -> {
            exchange.getMessage().setHeader(AiflowConstants.DRIFT, "INSUFFICIENT_DATA");
            if (profile != null) {
                exchange.getMessage().setBody(profile);
            }
        };
    }
}
