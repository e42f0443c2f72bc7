package io.github.camelaiflow.wire;

import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.feedback.report.QualityDocs;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Makes the body an HTML page of a flow's quality: by version and window with intervals, evidence of harm against what it must reach,
 * matured against raw, estimates without labels. A flow without feedback has a page that says so, as an answer of its own (HTTP status 200).
 * Shows no record. Thread-safe once set up.
 */
public final class QualityPage implements Processor {

    private String flow;

    /** The flow that is shown; required. */
    public void setFlow(String flow) {
        this.flow = flow;
    }

    @Override
    public void process(Exchange exchange) {
        if (flow == null) {
            throw new IllegalArgumentException("the page of quality needs a flow");
        }
        AiflowComponent component = exchange.getContext().getComponent("aiflow", AiflowComponent.class);
        Instant now = component.now();
        HtmlBody.set(
                exchange,
                component
                        .quality(flow)
                        .map(report -> QualityDocs.html(
                                report,
                                component.feedbackCounts(flow).orElse(null),
                                component.estimatedQuality(flow).orElse(null),
                                flow,
                                now))
                        .orElseGet(() -> QualityDocs.nothingYet(flow, now)));
    }
}
