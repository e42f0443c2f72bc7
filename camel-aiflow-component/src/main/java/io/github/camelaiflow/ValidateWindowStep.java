package io.github.camelaiflow;

import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.validation.ResultFormat;
import io.github.camelaiflow.validation.ValidationResult;
import io.github.camelaiflow.validation.WindowValidator;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Adds the records to the flow's window and tells the last window's verdict. It only watches, so it fails no exchange. */
final class ValidateWindowStep implements Step {

    private final Flow flow;
    private final ResultFormat format;
    private final boolean toBody;

    ValidateWindowStep(Flow flow, AiflowEndpoint endpoint) {
        this.flow = flow;
        this.format = ResultFormat.valueOf(endpoint.getResultFormat());
        this.toBody = endpoint.resultToBody();
    }

    @Override
    public Work read(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeader(AiflowConstants.VALID);
        message.removeHeader(AiflowConstants.VALIDATION);
        Records records = ExchangeMapper.records(exchange);
        return () -> observe(records);
    }

    @Override
    public boolean standAside(Exchange exchange) {
        flow.observer().notObserved();
        write(exchange.getMessage(), windows());
        return true;
    }

    private Result observe(Records records) {
        WindowValidator windows = windows();
        windows.add(records);
        if (!records.unreadable().isEmpty()) {
            flow.observer().notObserved();
        }
        return exchange -> write(exchange.getMessage(), windows);
    }

    private WindowValidator windows() {
        return flow.parts().windows().value();
    }

    private void write(Message message, WindowValidator windows) {
        ValidationResult last = windows.last().within(format);
        message.setHeader(AiflowConstants.VALID, last.valid());
        message.setHeader(AiflowConstants.VALIDATION, last);
        if (toBody) {
            message.setBody(last.withDetails());
        }
    }
}
