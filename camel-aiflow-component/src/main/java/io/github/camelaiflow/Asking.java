package io.github.camelaiflow;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.ServedBy;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.serving.ServedModel;
import java.util.Arrays;
import java.util.List;

/** Asks one version of a flow for all records. */
final class Asking {

    private Asking() {}

    /**
     * Asks the version once.
     *
     * @param version {@code null} for the one that serves
     * @param role as whom it answers
     */
    static List<Answered> version(FlowParts parts, String version, ServedBy role, Question question) {
        ServedModel model = parts.model(version);
        if (!question.ofRecords()) {
            ServedModel.Answer answer = model.predict(question.input(), question.deadline());
            return answer.outcomes().stream()
                    .map(outcome -> new Answered(outcome, answer.version(), answer.sha256(), role))
                    .toList();
        }
        int[] good = question.good();
        ServedModel.Answer answer = model.predict(question.only(good), question.deadline());
        Answered[] answered = new Answered[question.rows().size()];
        place(answered, good, answer, role);
        return errors(answered, question, answer.version(), answer.sha256(), role);
    }

    /** Puts the outcomes where their records stand. */
    static void place(Answered[] answered, int[] indexes, ServedModel.Answer answer, ServedBy role) {
        List<Outcome> outcomes = answer.outcomes();
        for (int i = 0; i < indexes.length; i++) {
            answered[indexes[i]] = new Answered(outcomes.get(i), answer.version(), answer.sha256(), role);
        }
    }

    /** Puts the errors of records nobody was asked for in their places. */
    static List<Answered> errors(Answered[] answered, Question question, String version, String sha256, ServedBy role) {
        DataException[] errors = question.errors();
        for (int i = 0; i < answered.length; i++) {
            if (errors != null && errors[i] != null) {
                answered[i] = new Answered(Outcome.failed(errors[i]), version, sha256, role);
            }
        }
        return Arrays.asList(answered);
    }
}
