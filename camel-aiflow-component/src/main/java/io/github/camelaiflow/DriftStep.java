package io.github.camelaiflow;

import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.drift.DriftMonitor;
import io.github.camelaiflow.drift.DriftReport;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Adds the records to the flow's window and tells the last verdict. Its failures don't fail the exchange: it only watches. */
final class DriftStep implements Step {

    private final Flow flow;
    private final boolean toBody;

    DriftStep(Flow flow, AiflowEndpoint endpoint) {
        this.flow = flow;
        this.toBody = endpoint.resultToBody();
    }

    @Override
    public Work read(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeader(AiflowConstants.DRIFT);
        message.removeHeader(AiflowConstants.DRIFT_REPORT);
        Records records = ExchangeMapper.records(exchange);
        Object answers = message.getHeader(AiflowConstants.PREDICTION);
        return () -> observe(records, answers);
    }

    @Override
    public boolean standAside(Exchange exchange) {
        flow.observer().notObserved();
        write(exchange.getMessage(), flow.parts().drift().value());
        return true;
    }

    private Result observe(Records records, Object answers) {
        FlowParts now = flow.parts();
        DriftMonitor monitor = now.drift().value();
        monitor.observe(readable(flow, records, AnsweredRows.of(now.definition().drift(), records.rows(), answers)));
        return exchange -> write(exchange.getMessage(), monitor);
    }

    /** Of something a record, that of the records which could be read; that others could not is told. */
    static <T> List<T> readable(Flow flow, Records records, List<T> each) {
        if (records.unreadable().isEmpty()) {
            return each;
        }
        flow.observer().notObserved();
        return IntStream.range(0, each.size())
                .filter(index -> !records.unreadable().containsKey(index))
                .mapToObj(each::get)
                .toList();
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
                null,
                0,
                1,
                0,
                0,
                0,
                0,
                List.of(),
                List.of(),
                null,
                Map.of(),
                monitor.droppedWindows(),
                flow.clock().instant());
    }
}
