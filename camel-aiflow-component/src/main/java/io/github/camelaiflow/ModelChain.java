package io.github.camelaiflow;

import io.github.camelaiflow.data.ServedBy;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.serving.LastGood;
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

    /** The first model's name; {@code null} for the model that serves. */
    String first() {
        return names.get(0);
    }

    /**
     * Asks the models of the flow as it is set up then.
     *
     * @return an answer for each record
     * @throws ModelException if none can answer: the sole model's own failure, or one that tells all
     */
    List<Answered> ask(FlowParts parts, Question question) {
        List<LastGood.Call> calls =
                parts.lastGood().stream().map(LastGood::begin).toList();
        List<ModelException> failures = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            try {
                return i == 0
                        ? kept(first(parts, question), question, calls)
                        : Asking.version(parts, names.get(i), ServedBy.FALLBACK, question);
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

    /** A step that names its model, or stands in for another, takes no part in a rollout. */
    private List<Answered> first(FlowParts parts, Question question) {
        boolean split = parts.trial() != null && first() == null && question.servedBy() == ServedBy.PRIMARY;
        return split
                ? new Arms(flow).ask(parts, question)
                : Asking.version(parts, first(), question.servedBy(), question);
    }

    /** What a stand-in says is not remembered as good. */
    private static List<Answered> kept(List<Answered> answered, Question question, List<LastGood.Call> calls) {
        if (question.ofRecords() && question.servedBy() != ServedBy.FALLBACK && !calls.isEmpty()) {
            List<Outcome> outcomes = answered.stream().map(Answered::outcome).toList();
            calls.forEach(call -> call.keep(question.rows(), outcomes));
        }
        return answered;
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
