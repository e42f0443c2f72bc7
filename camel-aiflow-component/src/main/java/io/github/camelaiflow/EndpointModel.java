package io.github.camelaiflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.model.FunctionModel;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.Signature;
import io.github.camelaiflow.model.features.RowErrors;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Producer;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Any Camel endpoint as a model: each record is sent in an exchange of its own, which knows nothing of the caller's, and the
 * reply's body is the answer ({@link EndpointAnswer}). Of a batch a few records are under way at once. A record's call has its
 * deadline; the route behind it may run on, but what it brings then goes nowhere. Thread-safe.
 */
final class EndpointModel implements Model {

    private static final int AT_ONCE = 4;

    private final ModelSpec spec;
    private final Send send;
    private final Duration timeout;
    private final Executor threads;
    private final Endpoint endpoint;
    /** Where the endpoint is an HTTP server: a template would close the reply before it is read. */
    private final Producer http;

    private final ProducerTemplate template;
    private final FunctionModel answers;
    private final Signature signature;

    /** As what a record is sent. */
    enum Send {
        MAP,
        JSON,
        TEXT;

        /** That of the definition's word; {@code null} stands for {@code map}. */
        static Send of(String word) {
            return word == null ? MAP : valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    EndpointModel(AiflowComponent component, ModelSpec spec, String uri, Send send, Duration timeout) throws Exception {
        this.spec = spec;
        this.send = send;
        this.timeout = timeout;
        this.threads = component.threads().remotes();
        this.endpoint = component.getCamelContext().getEndpoint(RemoteAddress.forReading(uri, timeout));
        HttpCalls.ready(endpoint);
        this.http = RemoteAddress.isHttp(uri) ? HttpCalls.producer(endpoint) : null;
        this.template = component.getCamelContext().createProducerTemplate();
        this.answers = FunctionModel.of(spec.place(), (Map<String, Object> row) -> ask(row));
        this.signature = new Signature(spec.features(), List.of(), spec.labels());
    }

    /** Features are the fields that are sent, outputs the labels, where the definition names them. */
    /** Each record is an exchange of its own. */
    @Override
    public Effort effort() {
        return Effort.PER_ROW;
    }

    @Override
    public Signature signature() {
        return signature;
    }

    @Override
    public List<Outcome> predict(ModelInput input) {
        if (!(input instanceof ModelInput.Rows rows)) {
            throw new DataException(
                    Reason.UNSUPPORTED_BODY, List.of(), "model " + spec.place() + " takes records, not arrays");
        }
        List<Outcome> outcomes = new ArrayList<>(rows.rows().size());
        Deque<RemoteCall<Outcome>> open = new ArrayDeque<>();
        try {
            for (Map<String, Object> row : rows.rows()) {
                if (open.size() == AT_ONCE) {
                    outcomes.add(open.remove().await());
                }
                begin(row, open, outcomes);
            }
            while (!open.isEmpty()) {
                outcomes.add(open.remove().await());
            }
            return outcomes;
        } finally {
            open.forEach(RemoteCall::abandon);
        }
    }

    /** With no thread free, the calls that are open are waited for first. */
    private void begin(Map<String, Object> row, Deque<RemoteCall<Outcome>> open, List<Outcome> outcomes) {
        while (true) {
            try {
                open.add(RemoteCall.begin(spec.place(), timeout, threads, () -> answer(row)));
                return;
            } catch (RejectedExecutionException e) {
                if (open.isEmpty()) {
                    throw RemoteCall.saturated(spec.place());
                }
                outcomes.add(open.remove().await());
            }
        }
    }

    private Outcome answer(Map<String, Object> row) {
        List<Map<String, Object>> rows = new ArrayList<>();
        rows.add(row);
        return answers.predict(new ModelInput.Rows(rows)).get(0);
    }

    private Object ask(Map<String, Object> row) {
        Object sent = body(row == null ? Map.of() : row);
        Exchange exchange = endpoint.createExchange(ExchangePattern.InOut);
        exchange.getMessage().setBody(sent);
        if (send == Send.JSON) {
            exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        }
        Exchange answered = http == null ? template.send(endpoint, exchange) : HttpCalls.send(http, exchange);
        if (answered.getException() != null) {
            throw EndpointFailure.of(spec.place(), answered.getException());
        }
        int status = http == null ? 0 : HttpCalls.failure(answered);
        if (status > 0) {
            RemoteCall.closeConnection();
            throw EndpointFailure.ofStatus(spec.place(), status);
        }
        return new EndpointAnswer(spec.place(), spec.labels()).read(answered, sent);
    }

    /** A copy, so that the route can't change the record. */
    private Object body(Map<String, Object> row) {
        Map<String, Object> fields = fields(row);
        if (send == Send.MAP) {
            return fields;
        }
        try {
            return send == Send.JSON ? EndpointAnswer.JSON.writeValueAsString(fields) : text(fields);
        } catch (JsonProcessingException e) {
            throw new DataException(
                    Reason.WRONG_FEATURE, List.of(), "model " + spec.place() + " needs values that can be JSON");
        }
    }

    private Map<String, Object> fields(Map<String, Object> row) {
        if (spec.features().isEmpty()) {
            return new LinkedHashMap<>(row);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        RowErrors errors = new RowErrors(spec.place());
        for (String feature : spec.features()) {
            Object value = row.get(feature);
            boolean missing = value == null || value instanceof Number n && Double.isNaN(n.doubleValue());
            if (!missing) {
                fields.put(feature, value);
            } else if (!spec.missingAllowed().contains(feature)) {
                errors.missing(feature);
            }
        }
        if (!errors.isEmpty()) {
            throw errors.toException();
        }
        return fields;
    }

    /** A sole field's value, or a line for each field, as a person or a language model reads it. */
    private static String text(Map<String, Object> fields) throws JsonProcessingException {
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            Object value = field.getValue();
            String text = value instanceof String plain ? plain : EndpointAnswer.JSON.writeValueAsString(value);
            if (fields.size() == 1) {
                return text;
            }
            lines.append(field.getKey()).append(": ").append(text).append('\n');
        }
        return lines.toString();
    }

    @Override
    public void close() {
        ServiceHelper.stopAndShutdownService(http);
        template.stop();
    }
}
