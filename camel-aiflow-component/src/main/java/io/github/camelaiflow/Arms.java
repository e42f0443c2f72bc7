package io.github.camelaiflow;

import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.data.ServedBy;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.serving.ServedModel;
import io.github.camelaiflow.rollout.Assignment;
import io.github.camelaiflow.rollout.Rollout;
import io.github.camelaiflow.rollout.evidence.Observation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /** The records one version is asked for. */
    private record Group(Rollout rollout, Assignment[] assigned, int[] indexes, Question question) {

        Assignment assignment() {
            return assigned[indexes.length == 0 ? 0 : indexes[0]];
        }
    }

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
        int[] good = question.good();
        Assignment[] assigned = new Assignment[question.rows().size()];
        for (int index : good) {
            assigned[index] = rollout.assign(question.keys().get(index));
        }
        Answered[] answered = new Answered[assigned.length];
        for (List<Integer> indexes : byVersion(assigned, good).values()) {
            int[] some = indexes.stream().mapToInt(Integer::intValue).toArray();
            ask(parts, new Group(rollout, assigned, some, question), answered);
        }
        String serving = rollout.serving();
        return Asking.errors(answered, question, serving, null, ServedBy.PRIMARY);
    }

    private static Map<String, List<Integer>> byVersion(Assignment[] assigned, int[] good) {
        Map<String, List<Integer>> groups = new LinkedHashMap<>();
        for (int index : good) {
            groups.computeIfAbsent(assigned[index].version(), version -> new ArrayList<>())
                    .add(index);
        }
        return groups;
    }

    private void ask(FlowParts parts, Group group, Answered[] answered) {
        Assignment assignment = group.assignment();
        ModelInput input = group.question().only(group.indexes());
        long start = System.nanoTime();
        try {
            ServedModel.Answer answer = parts.model(assignment.version())
                    .predict(input, group.question().deadline());
            double millis = group.indexes().length == 1 ? (System.nanoTime() - start) / NANOS_A_MILLI : Double.NaN;
            Asking.place(answered, group.indexes(), answer, assignment.role());
            tell(parts, group, answered, millis);
        } catch (ModelException e) {
            standIn(parts, group, e, answered, input);
        }
    }

    /** A version on trial that cannot answer has failed, and the record is answered by the one that serves. */
    private void standIn(FlowParts parts, Group group, ModelException failure, Answered[] answered, ModelInput input) {
        if (flow.parts() != parts) {
            throw failure;
        }
        tellFailed(group);
        if (group.assignment().role() != ServedBy.CANARY || !parts.trial().servesForCanary()) {
            throw failure;
        }
        Asking.place(
                answered,
                group.indexes(),
                parts.model(null).predict(input, group.question().deadline()),
                ServedBy.FALLBACK);
    }

    private static void tellFailed(Group group) {
        Observation failed = new Observation(true, false, Double.NaN, Double.NaN, null);
        for (int index : group.indexes()) {
            group.rollout().answered(group.assigned()[index], key(group.question(), index), failed);
        }
    }

    private static String key(Question question, int index) {
        return question.keys() == null ? null : question.keys().get(index);
    }

    private void tell(FlowParts parts, Group group, Answered[] answered, double millis) {
        Question question = group.question();
        for (int index : group.indexes()) {
            Outcome outcome = answered[index].outcome();
            if (outcome.standIn() != null) {
                continue;
            }
            Observation observation = observation(outcome, millis);
            String key = key(question, index);
            group.rollout().answered(group.assigned()[index], key, observation);
            if (parts.trial().shadows() != null
                    && group.assigned()[index].role() == ServedBy.PRIMARY
                    && group.rollout().shadowed(key)) {
                parts.trial().shadows().ask(question.rows().get(index), observation);
            }
        }
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
        } catch (ModelException e) {
            if (flow.parts() != parts) {
                throw e;
            }
            rollout.answered(assignment, null, new Observation(true, false, Double.NaN, Double.NaN, null));
            if (assignment.role() != ServedBy.CANARY || !parts.trial().servesForCanary()) {
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
