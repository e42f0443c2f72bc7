package io.github.camelaiflow;

import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.data.ServedBy;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.serving.Deadline;
import io.github.camelaiflow.model.serving.LastGood;
import io.github.camelaiflow.model.serving.ServedModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The models an endpoint asks, in order, until one can answer: the first as itself, the others as stand-ins. Wrong data is
 * wrong for all of them, so a data error ends the asking.
 */
final class ModelChain {

    private final Flow flow;
    private final List<String> names;

    /** @param names {@code null} within stands for the model that serves; not empty */
    ModelChain(Flow flow, List<String> names) {
        this.flow = flow;
        this.names = Collections.unmodifiableList(new ArrayList<>(names));
    }

    /**
     * What the models are asked.
     *
     * @param input what goes in
     * @param records the records it was made of; {@code null} for tensors
     * @param servedBy as whom the first model answers
     * @param deadline until when the caller waits
     */
    record Question(ModelInput input, Records records, ServedBy servedBy, Deadline deadline) {}

    /**
     * An answer.
     *
     * @param parts the flow as it was set up when the answer was given
     * @param servedBy who answered, where an outcome doesn't say otherwise
     */
    record Asked(FlowParts parts, ServedModel.Answer answer, ServedBy servedBy) {

        /** Who answered all of it: of a batch that was answered partly from a cache, the model. */
        ServedBy by() {
            List<Outcome> outcomes = answer.outcomes();
            ServedBy first = outcomes.isEmpty() ? null : outcomes.get(0).standIn();
            boolean alike = first != null && outcomes.stream().allMatch(outcome -> outcome.standIn() == first);
            return alike ? first : servedBy;
        }
    }

    /** The first model's name; {@code null} for the model that serves. */
    String first() {
        return names.get(0);
    }

    /**
     * Asks the models of the flow as it is set up then.
     *
     * @throws ModelException if none can answer: the sole model's own failure, or one that tells all
     */
    Asked ask(FlowParts parts, Question question) {
        List<LastGood.Call> calls =
                parts.lastGood().stream().map(LastGood::begin).toList();
        List<ModelException> failures = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            ServedBy servedBy = i == 0 ? question.servedBy() : ServedBy.FALLBACK;
            try {
                return asked(parts, question, names.get(i), servedBy, calls);
            } catch (ModelException e) {
                // a model closed by a change of the flow has a successor, which comes before any stand-in
                if (flow.parts() != parts || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                failures.add(e);
            }
        }
        throw failures.size() == 1 ? failures.get(0) : all(failures);
    }

    private static Asked asked(
            FlowParts parts, Question question, String name, ServedBy servedBy, List<LastGood.Call> calls) {
        ServedModel model = parts.model(name);
        ServedModel.Answer answer = RecordCheck.around(
                parts.definition().schema(),
                question.input(),
                question.records(),
                input -> model.predict(input, question.deadline()));
        if (servedBy == ServedBy.FALLBACK) {
            return new Asked(parts, standingIn(answer), servedBy);
        }
        if (question.records() != null) {
            calls.forEach(call -> call.keep(question.records().rows(), answer.outcomes()));
        }
        return new Asked(parts, answer, servedBy);
    }

    /** That a stand-in answered says more than that it remembered its answer. */
    private static ServedModel.Answer standingIn(ServedModel.Answer answer) {
        if (answer.outcomes().stream().noneMatch(outcome -> outcome.standIn() == ServedBy.CACHE)) {
            return answer;
        }
        List<Outcome> outcomes = answer.outcomes().stream()
                .map(outcome -> outcome.standIn() == ServedBy.CACHE ? outcome.by(null) : outcome)
                .toList();
        return new ServedModel.Answer(answer.version(), answer.sha256(), outcomes);
    }

    private ModelException all(List<ModelException> failures) {
        StringBuilder message = new StringBuilder("one of the models " + names + " must answer, none could");
        for (int i = 0; i < failures.size(); i++) {
            message.append("; ")
                    .append(names.get(i))
                    .append(": ")
                    .append(failures.get(i).getMessage());
        }
        boolean retryable = failures.stream().anyMatch(ModelException::retryable);
        return new ModelException(retryable, message.toString(), failures.get(0));
    }
}
