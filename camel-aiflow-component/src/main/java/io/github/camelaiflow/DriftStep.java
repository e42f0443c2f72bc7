package io.github.camelaiflow;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.drift.DriftMonitor;
import io.github.camelaiflow.drift.DriftReport;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds the records to the flow's window and tells the last verdict. Never fails the exchange: it only watches. */
final class DriftStep implements Step {

    private static final Logger LOG = LoggerFactory.getLogger(DriftStep.class);

    private final Flow flow;
    private final boolean toBody;

    DriftStep(Flow flow, AiflowEndpoint endpoint) {
        this.flow = flow;
        this.toBody = endpoint.resultToBody();
    }

    @Override
    public Work read(Exchange exchange) {
        exchange.getMessage().removeHeader(AiflowConstants.DRIFT);
        exchange.getMessage().removeHeader(AiflowConstants.DRIFT_REPORT);
        Records records = null;
        try {
            records = ExchangeMapper.records(exchange);
        } catch (DataException e) {
            flow.observer().notObserved();
            LOG.warn(
                    "Flow {} could not observe an exchange for drift, {}: {}", flow.name(), e.reason(), e.getMessage());
        }
        Records observed = records;
        return () -> observe(observed);
    }

    private Result observe(Records records) {
        DriftMonitor monitor = flow.parts().drift().value();
        if (records != null) {
            monitor.observe(records.rows());
        }
        return exchange -> write(exchange.getMessage(), monitor);
    }

    private void write(Message message, DriftMonitor monitor) {
        DriftReport report = monitor.report().orElseGet(() -> nothingYet(monitor));
        message.setHeader(AiflowConstants.DRIFT, monitor.status().name());
        message.setHeader(AiflowConstants.DRIFT_REPORT, report);
        if (toBody) {
            message.setBody(report);
        }
    }

    private DriftReport nothingYet(DriftMonitor monitor) {
        return new DriftReport(
                monitor.status(),
                0,
                0,
                0,
                0,
                0,
                List.of(),
                Map.of(),
                monitor.droppedWindows(),
                flow.clock().instant());
    }
}
