package io.github.camelaiflow;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.data.ServedBy;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.serving.ServedModel;
import io.github.camelaiflow.rollout.Assignment;
import io.github.camelaiflow.rollout.Rollout;
import io.github.camelaiflow.rollout.evidence.Observation;
import java.util.List;

/**
 * One question put to the arms of a rollout: each version is asked once for the records assigned to it, and the rollout is told
 * what came of it. An arm that misses the deadline has failed.
 */
final class Arms {

    private static final double NANOS_A_MILLI = 1e6;

    private final Flow flow;

    Arms(Flow flow) {
        this.flow = flow;
    }

    /** Records that one version is asked for. */
    private record Group(Assignment assignment, int[] indexes, ModelInput input) {}

    /**
     * Asks.
     *
     * @throws ModelException if an arm could not answer and no other answers for it
     */
    List<Answered> ask(FlowParts parts, Question question) {
        Rollout rollout = parts.trial().rollout();
        if (!question.ofRecords()) {
            return tensors(parts, rollout, question);
        }
        ArmsTold told = new ArmsTold(parts, question);
        Answered[] answered = new Answered[question.rows().size()];
        boolean again = false;
        try {
            for (int[] indexes : told.byVersion()) {
                Group group = new Group(told.assignment(indexes[0]), indexes, question.only(indexes));
                ask(parts, group, question, answered, told);
            }
        } catch (ModelException e) {
            // asked again with the flow as it is then, and told then
            again = flow.parts() != parts;
            throw e;
        } finally {
            if (!again) {
                told.tell();
            }
        }
        return Asking.errors(answered, question, rollout.serving(), null, ServedBy.PRIMARY);
    }

    private void ask(FlowParts parts, Group group, Question question, Answered[] answered, ArmsTold told) {
        long start = System.nanoTime();
        try {
            ServedModel.Answer answer =
                    parts.model(group.assignment().version()).predict(group.input(), question.deadline());
            double millis = (System.nanoTime() - start) / NANOS_A_MILLI;
            Asking.place(answered, group.indexes(), answer, group.assignment().role());
            told.answered(group.indexes(), answered, millis);
        } catch (RuntimeException | Error e) {
            if (isOver(parts, e)) {
                throw e;
            }
            told.failed(group.indexes(), failed(e));
            if (!standsIn(parts, group.assignment())) {
                throw e;
            }
            Asking.place(
                    answered,
                    group.indexes(),
                    parts.model(null).predict(group.input(), question.deadline()),
                    ServedBy.FALLBACK);
        }
    }

    /** Whether the version could not answer because the flow has been set up anew. */
    private boolean isOver(FlowParts parts, Throwable failure) {
        return failure instanceof ModelException && flow.parts() != parts;
    }

    /** A version on trial that cannot answer has failed, and the record is answered by the one that serves. */
    private static boolean standsIn(FlowParts parts, Assignment assignment) {
        return assignment.role() == ServedBy.CANARY && parts.trial().servesForCanary();
    }

    /** Input that a version refuses as a whole is an answer of no use: whether it is wrong for the other too, that one says. */
    private static Observation failed(Throwable failure) {
        boolean refused = failure instanceof DataException;
        return new Observation(!refused, refused, Double.NaN, Double.NaN, null);
    }

    static Observation observation(Outcome outcome, double millis) {
        Output output = outcome.output();
        Double score = output == null ? null : output.score();
        return new Observation(
                false,
                output == null,
                millis,
                score == null ? Double.NaN : score,
                output == null ? null : output.label());
    }

    /** Tensors have no key and no record of their own: they go to one arm as a whole. */
    private List<Answered> tensors(FlowParts parts, Rollout rollout, Question question) {
        Assignment assignment = rollout.assign(null);
        try {
            List<Answered> answered = Asking.version(parts, assignment.version(), assignment.role(), question);
            if (answered.stream().noneMatch(one -> one.outcome().standIn() != null)) {
                rollout.answered(assignment, null, drawn(answered));
            }
            return answered;
        } catch (RuntimeException | Error e) {
            if (isOver(parts, e)) {
                throw e;
            }
            rollout.answered(assignment, null, failed(e));
            if (!standsIn(parts, assignment)) {
                throw e;
            }
            return Asking.version(parts, null, ServedBy.FALLBACK, question);
        }
    }

    /** Rows that went to an arm together were drawn once. */
    private static Observation drawn(List<Answered> answered) {
        if (answered.size() == 1) {
            return observation(answered.get(0).outcome(), Double.NaN);
        }
        boolean invalid = answered.stream().anyMatch(one -> one.outcome().output() == null);
        return new Observation(false, invalid, Double.NaN, Double.NaN, null);
    }
}
