package io.github.camelaiflow;

import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.feedback.Label;
import io.github.camelaiflow.feedback.LabelOutcome;
import io.github.camelaiflow.feedback.quality.QualityReport;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;

/** Takes labels, or only tells how good the answers are. */
final class FeedbackStep implements Step {

    private final Flow flow;
    private final boolean labels;
    private final boolean toBody;

    FeedbackStep(Flow flow, AiflowEndpoint endpoint) {
        this.flow = flow;
        this.labels = !"status".equals(endpoint.getAction());
        this.toBody = endpoint.resultToBody();
    }

    @Override
    public Work read(Exchange exchange) {
        exchange.getMessage().removeHeader(AiflowConstants.FEEDBACK);
        exchange.getMessage().removeHeader(AiflowConstants.QUALITY);
        exchange.getMessage().removeHeader(AiflowConstants.QUALITY_REPORT);
        if (!labels) {
            return () -> told(flow.parts().feedback().value(), null);
        }
        Records records = ExchangeMapper.records(exchange);
        return () -> label(records);
    }

    private Result label(Records records) {
        FeedbackLoop loop = flow.parts().feedback().value();
        List<Label> read = loop.labels().read(records);
        List<LabelOutcome> outcomes = loop.labelled(read);
        List<String> words = new ArrayList<>(outcomes.size());
        outcomes.forEach(outcome -> words.add(outcome.name()));
        return told(loop, records.batch() ? words : words.get(0));
    }

    private Result told(FeedbackLoop loop, Object outcomes) {
        QualityReport report = loop.report();
        return exchange -> {
            if (outcomes != null) {
                exchange.getMessage().setHeader(AiflowConstants.FEEDBACK, outcomes);
            }
            exchange.getMessage()
                    .setHeader(AiflowConstants.QUALITY, report.status().name());
            exchange.getMessage().setHeader(AiflowConstants.QUALITY_REPORT, report);
            if (toBody) {
                exchange.getMessage().setBody(report);
            }
        };
    }
}
