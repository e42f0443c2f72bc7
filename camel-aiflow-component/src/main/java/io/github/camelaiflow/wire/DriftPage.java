package io.github.camelaiflow.wire;

import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.drift.report.DriftDocs;
import io.github.camelaiflow.drift.report.Settings;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Makes the body an HTML page of a flow's drift: reference against window, evidence over time against its budget, since when. Where no
 * window has been judged yet, the page says so, as an answer of its own (HTTP status 200). Shows no record. Thread-safe once set up.
 */
public final class DriftPage implements Processor {

    private String flow;

    /** The flow that is shown; required. */
    public void setFlow(String flow) {
        this.flow = flow;
    }

    @Override
    public void process(Exchange exchange) {
        if (flow == null) {
            throw new IllegalArgumentException("the page of drift needs a flow");
        }
        AiflowComponent component = exchange.getContext().getComponent("aiflow", AiflowComponent.class);
        Settings settings = new Settings(flow, component.now());
        HtmlBody.set(
                exchange,
                component
                        .driftHistory(flow)
                        .map(history -> DriftDocs.html(history, component.driftReports(flow), settings))
                        .orElseGet(() -> DriftDocs.nothingYet(settings)));
    }
}
