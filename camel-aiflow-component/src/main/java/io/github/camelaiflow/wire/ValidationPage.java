package io.github.camelaiflow.wire;

import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.AiflowConstants;
import io.github.camelaiflow.validation.ValidationResult;
import io.github.camelaiflow.validation.report.DataDocs;
import io.github.camelaiflow.validation.report.Settings;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Makes the body an HTML page of a validation: of the result in the header {@code CamelAiflowValidation} or in the body, else
 * of the flow's last window or, without windows, its last batch. Where nothing has been validated yet, the page says so, as
 * an answer of its own (HTTP status 200). Only results made by this component count: text that came from outside under the
 * header's name says nothing. Thread-safe once set up.
 */
public final class ValidationPage implements Processor {

    private String flow;
    private boolean showValues;

    /** The flow whose last window or batch is shown if the exchange brings no result; also what the page is called. */
    public void setFlow(String flow) {
        this.flow = flow;
    }

    /** Whether values of records may be shown; default no. With values the page must be guarded as the records are. */
    public void setShowValues(boolean showValues) {
        this.showValues = showValues;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        AiflowComponent component = exchange.getContext().getComponent("aiflow", AiflowComponent.class);
        Settings settings = new Settings(flow, component.now(), showValues);
        ValidationResult result = result(message, component);
        HtmlBody.set(exchange, result == null ? DataDocs.nothingYet(settings) : DataDocs.html(result, settings));
    }

    private ValidationResult result(Message message, AiflowComponent component) {
        if (message.getHeader(AiflowConstants.VALIDATION) instanceof ValidationResult result) {
            return result;
        }
        if (message.getBody() instanceof ValidationResult result) {
            return result;
        }
        return flow == null ? null : component.lastValidation(flow).orElse(null);
    }
}
