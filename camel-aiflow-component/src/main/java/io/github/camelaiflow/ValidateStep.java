package io.github.camelaiflow;

import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.definition.DefinitionException;
import io.github.camelaiflow.validation.FlaggedRecord;
import io.github.camelaiflow.validation.Reason;
import io.github.camelaiflow.validation.ResultFormat;
import io.github.camelaiflow.validation.Scope;
import io.github.camelaiflow.validation.Severity;
import io.github.camelaiflow.validation.ValidationResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Says what is wrong with the records, and fails, marks or splits. */
final class ValidateStep implements Step {

    private final Flow flow;
    private final ResultFormat format;
    private final String onInvalid;
    private final Scope scope;
    private final Boolean profile;
    private final boolean toBody;

    ValidateStep(Flow flow, AiflowEndpoint endpoint) {
        this.flow = flow;
        this.format = ResultFormat.valueOf(endpoint.getResultFormat());
        this.onInvalid = endpoint.getOnInvalid();
        this.scope = "batch".equals(endpoint.getScope()) ? Scope.BATCH : Scope.RECORD;
        this.profile = endpoint.getProfile();
        this.toBody = endpoint.resultToBody();
        if (toBody && "split".equals(action(flow.parts()))) {
            throw new DefinitionException(List.of(endpoint.getEndpointUri()
                    + ": resultTo=body and onInvalid=split must not meet, both would be the body"));
        }
    }

    private String action(FlowParts parts) {
        if (onInvalid != null) {
            return onInvalid;
        }
        String defined = parts.definition().validation().onInvalid();
        return defined == null ? "throw" : defined;
    }

    private boolean profiles(FlowParts parts) {
        Boolean wanted =
                profile != null ? profile : parts.definition().validation().profile();
        return scope == Scope.BATCH && Boolean.TRUE.equals(wanted);
    }

    @Override
    public Work read(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeader(AiflowConstants.VALID);
        message.removeHeader(AiflowConstants.VALIDATION);
        message.removeHeader(AiflowConstants.REJECTED);
        SetAside.align(exchange);
        Records records = ExchangeMapper.records(exchange);
        return () -> validate(records);
    }

    private Result validate(Records records) {
        FlowParts parts = flow.parts();
        long start = System.nanoTime();
        ValidationResult result =
                withUnreadable(parts.validator().value().validate(records, scope, format, profiles(parts)), records);
        flow.observer().validated(records.size(), result.rejected().size(), System.nanoTime() - start);
        flow.observer().judged(scope.name().toLowerCase(Locale.ROOT), result);
        if (scope == Scope.BATCH) {
            flow.lastBatch(result);
        }
        String action = action(parts);
        return exchange -> write(exchange, records, result, action);
    }

    /** A record that could not be read is rejected for that, whatever else is expected of it. */
    private static ValidationResult withUnreadable(ValidationResult result, Records records) {
        if (records.unreadable().isEmpty()) {
            return result;
        }
        Map<Integer, FlaggedRecord> rejected = new TreeMap<>();
        result.rejected().forEach(record -> rejected.put(record.index(), record));
        records.unreadable()
                .forEach((index, error) -> rejected.put(
                        index,
                        new FlaggedRecord(
                                index,
                                null,
                                List.of(new Reason(
                                        "record",
                                        "readable",
                                        Severity.CRITICAL,
                                        error.getMessage().replaceFirst("^record \\d+:? ", ""))))));
        return result.withRejected(List.copyOf(rejected.values()));
    }

    private void write(Exchange exchange, Records records, ValidationResult result, String action) {
        Message message = exchange.getMessage();
        message.setHeader(AiflowConstants.VALID, result.valid());
        message.setHeader(AiflowConstants.VALIDATION, result);
        if ("split".equals(action)) {
            message.setHeader(AiflowConstants.REJECTED, result.rejected());
            SetAside.keep(exchange, records.size(), result.rejected(), all -> good(all, result.rejected()));
            message.setBody(ValidateStep.<Object>good(carriers(message, records), result.rejected()));
            return;
        }
        if ("throw".equals(action) && Boolean.FALSE.equals(result.valid())) {
            throw result.toException();
        }
        if (toBody) {
            message.setBody(result.withDetails());
        }
    }

    /** What the list in the body held: records, or the exchanges or messages that carry them. */
    private static List<?> carriers(Message message, Records records) {
        return message.getBody() instanceof List<?> list && list.size() == records.size() ? list : records.originals();
    }

    private static <T> List<T> good(List<? extends T> records, List<FlaggedRecord> rejected) {
        Set<Integer> out = new HashSet<>();
        rejected.forEach(record -> out.add(record.index()));
        List<T> good = new ArrayList<>(records.size() - out.size());
        for (int i = 0; i < records.size(); i++) {
            if (!out.contains(i)) {
                good.add(records.get(i));
            }
        }
        return good;
    }
}
