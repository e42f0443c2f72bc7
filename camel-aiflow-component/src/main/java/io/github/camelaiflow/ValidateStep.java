package io.github.camelaiflow;

import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.validation.FlaggedRecord;
import io.github.camelaiflow.validation.ResultFormat;
import io.github.camelaiflow.validation.ValidationResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Says what is wrong with the records, and fails, marks or splits. */
final class ValidateStep implements Step {

    private final Flow flow;
    private final ResultFormat format;
    private final String onInvalid;
    private final boolean batchScope;
    private final boolean toBody;

    ValidateStep(Flow flow, AiflowEndpoint endpoint) {
        this.flow = flow;
        this.format = ResultFormat.valueOf(endpoint.getResultFormat());
        this.onInvalid = endpoint.getOnInvalid();
        this.batchScope = "batch".equals(endpoint.getScope());
        this.toBody = endpoint.resultToBody();
    }

    @Override
    public Work read(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeader(AiflowConstants.VALID);
        message.removeHeader(AiflowConstants.VALIDATION);
        message.removeHeader(AiflowConstants.REJECTED);
        Records records = ExchangeMapper.records(exchange);
        return () -> validate(records);
    }

    private Result validate(Records records) {
        FlowParts parts = flow.parts();
        long start = System.nanoTime();
        ValidationResult result = parts.validator().value().validate(records, format);
        flow.observer().validated(records.size(), result.rejected().size(), System.nanoTime() - start);
        Boolean valid = valid(result);
        String action =
                onInvalid != null ? onInvalid : parts.definition().validation().onInvalid();
        return exchange -> write(exchange.getMessage(), records, result, valid, action == null ? "throw" : action);
    }

    private Boolean valid(ValidationResult result) {
        if (result.valid() == null) {
            return null;
        }
        return batchScope ? result.valid() : Boolean.valueOf(result.rejected().isEmpty());
    }

    private void write(Message message, Records records, ValidationResult result, Boolean valid, String action) {
        message.setHeader(AiflowConstants.VALID, valid);
        message.setHeader(AiflowConstants.VALIDATION, result);
        if ("split".equals(action)) {
            message.setHeader(AiflowConstants.REJECTED, result.rejected());
            message.setBody(good(records, result.rejected()));
        } else if ("throw".equals(action) && Boolean.FALSE.equals(valid)) {
            throw result.toException();
        }
        if (toBody) {
            message.setBody(result.withDetails());
        }
    }

    private static List<Object> good(Records records, List<FlaggedRecord> rejected) {
        Set<Integer> out = new HashSet<>();
        rejected.forEach(record -> out.add(record.index()));
        List<Object> good = new ArrayList<>(records.size() - out.size());
        for (int i = 0; i < records.size(); i++) {
            if (!out.contains(i)) {
                good.add(records.originals().get(i));
            }
        }
        return good;
    }
}
