package io.github.camelaiflow.model;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.data.Output;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * A function from a record to an answer, as a model: it answers with an {@link Output}, a label (String, Boolean or enum), a
 * number, or a Map of scores by label, of which the highest wins. As thread-safe as the function.
 */
public final class FunctionModel implements Model {

    private static final Signature ANY_ROW = new Signature(List.of(), List.of(), List.of());

    private final String place;
    private final Function<Map<String, Object>, ?> function;

    private FunctionModel(String place, Function<Map<String, Object>, ?> function) {
        this.place = place;
        this.function = Objects.requireNonNull(function, "function");
    }

    /**
     * A model that asks the function.
     *
     * @param place where it is named, for messages
     * @param function takes a record; a {@link DataException} it throws is an error of that record, an
     *     {@link UncheckedIOException} a failure that may pass, any other a failure that stays
     */
    @SuppressWarnings("unchecked")
    public static FunctionModel of(String place, Function<?, ?> function) {
        return new FunctionModel(place, (Function<Map<String, Object>, ?>) function);
    }

    @Override
    public Signature signature() {
        return ANY_ROW;
    }

    @Override
    public Effort effort() {
        return Effort.PER_ROW;
    }

    @Override
    public List<Outcome> predict(ModelInput input) {
        if (!(input instanceof ModelInput.Rows rows)) {
            throw new DataException(Reason.UNSUPPORTED_BODY, List.of(), place + " takes records, not tensors");
        }
        List<Outcome> outcomes = new ArrayList<>(rows.rows().size());
        for (Map<String, Object> row : rows.rows()) {
            outcomes.add(ask(row));
        }
        return outcomes;
    }

    private Outcome ask(Map<String, Object> row) {
        try {
            Output output = output(function.apply(row));
            return isNumber(output) ? Outcome.of(output) : Outcome.failed(noAnswer());
        } catch (DataException e) {
            return Outcome.failed(e);
        } catch (ModelException e) {
            throw e;
        } catch (RuntimeException e) {
            // What a function says of its failure may quote the record: only its class is told.
            throw new ModelException(
                    e instanceof UncheckedIOException,
                    place + " must answer, failed with " + e.getClass().getName());
        }
    }

    private static boolean isNumber(Output output) {
        return (output.score() == null || !output.score().isNaN())
                && output.scores().values().stream().noneMatch(score -> score != null && score.isNaN());
    }

    /** As of every other model. */
    private DataException noAnswer() {
        return new DataException(
                DataException.Reason.WRONG_FEATURE,
                List.of(),
                "model " + place + " answers NaN for the values of the record");
    }

    private Output output(Object answer) {
        if (answer instanceof Output output) {
            return output;
        }
        if (answer instanceof Number number) {
            return Output.value(number.doubleValue());
        }
        if (answer instanceof String || answer instanceof Boolean || answer instanceof Enum<?>) {
            return Output.label(answer.toString(), null, Map.of());
        }
        if (answer instanceof Map<?, ?> scores && !scores.isEmpty()) {
            return winner(scores);
        }
        throw new ModelException(
                false,
                place + " must answer with a label, a number, scores by label or an Output, was "
                        + (answer == null ? "null" : answer.getClass().getName()));
    }

    private Output winner(Map<?, ?> answer) {
        Map<String, Double> scores = new LinkedHashMap<>();
        String label = null;
        for (Map.Entry<?, ?> entry : answer.entrySet()) {
            if (!(entry.getValue() instanceof Number score)) {
                throw new ModelException(false, place + " must answer with numbers as scores");
            }
            scores.put(String.valueOf(entry.getKey()), score.doubleValue());
            if (label == null || score.doubleValue() > scores.get(label)) {
                label = String.valueOf(entry.getKey());
            }
        }
        return Output.label(label, scores.get(label), scores);
    }

    @Override
    public void close() {
        // holds nothing
    }
}
