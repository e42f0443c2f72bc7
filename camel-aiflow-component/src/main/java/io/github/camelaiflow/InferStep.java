package io.github.camelaiflow;

import io.github.camelaiflow.ModelChain.Asked;
import io.github.camelaiflow.ModelChain.Question;
import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.Prediction;
import io.github.camelaiflow.data.Predictions;
import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.data.ServedBy;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.Signature;
import io.github.camelaiflow.model.serving.Deadline;
import io.github.camelaiflow.model.serving.ServedModel;
import io.github.camelaiflow.records.RecordReader;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ValidationException;

/** Asks the flow's model. */
final class InferStep implements Step {

    private static final String[] OWN_HEADERS = {
        AiflowConstants.PREDICTION,
        AiflowConstants.LABEL,
        AiflowConstants.SCORE,
        AiflowConstants.MODEL,
        AiflowConstants.MODEL_VERSION,
        AiflowConstants.SERVED_BY,
        AiflowConstants.PREDICTION_ID
    };

    private final Flow flow;
    private final ModelChain models;
    private final AiflowEndpoint endpoint;
    private final boolean markErrors;
    private final boolean toBody;

    InferStep(Flow flow, AiflowEndpoint endpoint) {
        this.flow = flow;
        this.endpoint = endpoint;
        List<String> named = endpoint.modelNames();
        this.models = new ModelChain(flow, named.isEmpty() ? Collections.singletonList(null) : named);
        this.markErrors = "mark".equals(endpoint.getOnError());
        this.toBody = endpoint.resultToBody();
    }

    /** Models are waited for one by one, so that one that answers at once can stand in when the time is up. */
    @Override
    public boolean keepsDeadline() {
        return true;
    }

    @Override
    public Work read(Exchange exchange) throws ValidationException {
        for (String header : OWN_HEADERS) {
            exchange.getMessage().removeHeader(header);
        }
        Deadline deadline = endpoint.deadline();
        String version = models.first();
        boolean standIn = version != null && !version.equals(flow.parts().serve());
        ServedBy servedBy = Fallback.servedBy(exchange, standIn);
        Object body = ExchangeMapper.body(exchange);
        Signature signature =
                flow.withParts(parts -> parts.model(version).inUse().model().signature());
        Tensors.Raw raw = Tensors.of(body, signature);
        if (raw != null) {
            return () -> ask(new Question(raw.input(), null, servedBy, deadline), raw.batch());
        }
        Records records = RecordReader.read(body);
        ModelInput input = new ModelInput.Rows(records.rows());
        return () -> ask(new Question(input, records, servedBy, deadline), records.batch());
    }

    private Result ask(Question question, boolean batch) {
        Instant time = flow.clock().instant();
        long start = System.nanoTime();
        Asked asked = flow.withParts(parts -> models.ask(parts, question));
        ServedModel.Answer answer = asked.answer();
        int errors = 0;
        for (Outcome outcome : answer.outcomes()) {
            if (outcome.error() != null) {
                errors++;
            }
        }
        if (errors > 0 && (!markErrors || !batch)) {
            throw firstError(answer.outcomes(), batch, errors);
        }
        flow.observer()
                .inferred(answer.version(), asked.by(), answer.outcomes().size(), errors, System.nanoTime() - start);
        List<Prediction> predictions = predictions(asked, question.records(), time);
        return exchange -> {
            if (!batch) {
                exchange.setProperty(
                        AiflowConstants.PREDICTION_ID, predictions.get(0).id());
            }
            write(exchange.getMessage(), predictions, batch);
        };
    }

    private static DataException firstError(List<Outcome> outcomes, boolean batch, int errors) {
        for (int i = 0; i < outcomes.size(); i++) {
            DataException error = outcomes.get(i).error();
            if (error != null && batch) {
                String more = errors > 1 ? " (and " + (errors - 1) + " more records)" : "";
                return new DataException(
                        error.reason(), error.fields(), "record " + i + ": " + error.getMessage() + more);
            } else if (error != null) {
                return error;
            }
        }
        throw new IllegalStateException("there is an error among the outcomes");
    }

    private List<Prediction> predictions(Asked asked, Records records, Instant time) {
        ServedModel.Answer answer = asked.answer();
        String key = asked.parts().definition().schema().key();
        String definitionDigest = asked.parts().definition().digest();
        List<Prediction> predictions = new ArrayList<>(answer.outcomes().size());
        for (int i = 0; i < answer.outcomes().size(); i++) {
            Outcome outcome = answer.outcomes().get(i);
            Map<String, Object> row = records == null ? null : records.rows().get(i);
            predictions.add(new Prediction(
                    flow.nextId(),
                    row == null || key == null ? null : row.get(key),
                    flow.name(),
                    flow.name(),
                    answer.version(),
                    answer.sha256(),
                    definitionDigest,
                    outcome.standIn() == null ? asked.servedBy() : outcome.standIn(),
                    time,
                    outcome.output(),
                    outcome.error() == null ? null : outcome.error().reason(),
                    row,
                    false));
        }
        return predictions;
    }

    private void write(Message message, List<Prediction> predictions, boolean batch) {
        if (batch) {
            Predictions list = new Predictions(predictions);
            message.setHeader(AiflowConstants.PREDICTION, list);
            message.setHeader(AiflowConstants.LABEL, each(list, Prediction::label));
            message.setHeader(AiflowConstants.SCORE, each(list, Prediction::score));
            message.setHeader(AiflowConstants.MODEL, each(list, Prediction::model));
            message.setHeader(AiflowConstants.MODEL_VERSION, each(list, Prediction::version));
            message.setHeader(
                    AiflowConstants.SERVED_BY,
                    each(list, prediction -> prediction.servedBy().toString()));
            message.setHeader(AiflowConstants.PREDICTION_ID, each(list, Prediction::id));
            if (toBody) {
                message.setBody(list.inDetail());
            }
            return;
        }
        Prediction prediction = predictions.get(0);
        message.setHeader(AiflowConstants.PREDICTION, prediction);
        message.setHeader(AiflowConstants.LABEL, prediction.label());
        message.setHeader(AiflowConstants.SCORE, prediction.score());
        message.setHeader(AiflowConstants.MODEL, prediction.model());
        message.setHeader(AiflowConstants.MODEL_VERSION, prediction.version());
        message.setHeader(AiflowConstants.SERVED_BY, prediction.servedBy().toString());
        message.setHeader(AiflowConstants.PREDICTION_ID, prediction.id());
        if (toBody) {
            message.setBody(prediction.inDetail());
        }
    }

    private static <T> List<T> each(Predictions predictions, Function<Prediction, T> part) {
        return new Column<>(predictions, part);
    }

    /** One component of each prediction: a view, since most headers are never read. */
    private static final class Column<T> extends AbstractList<T> implements RandomAccess {

        private final Predictions predictions;
        private final Function<Prediction, T> part;

        Column(Predictions predictions, Function<Prediction, T> part) {
            this.predictions = predictions;
            this.part = part;
        }

        @Override
        public T get(int index) {
            return part.apply(predictions.get(index));
        }

        @Override
        public int size() {
            return predictions.size();
        }
    }
}
