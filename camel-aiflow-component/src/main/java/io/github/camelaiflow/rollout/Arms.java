package io.github.camelaiflow.rollout;

import io.github.camelaiflow.data.ServedBy;
import io.github.camelaiflow.rollout.RolloutDecision.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which version a point in [0, 1) belongs to. The canary's interval begins at 0, so that it keeps its records when it grows. Immutable.
 */
final class Arms {

    private final double[] ends;
    private final Assignment[] assignments;

    private Arms(List<Double> ends, List<Assignment> assignments) {
        this.ends = ends.stream().mapToDouble(Double::doubleValue).toArray();
        this.assignments = assignments.toArray(new Assignment[0]);
    }

    /** @param state the trial's; {@code null} while it is not known: then its canary gets nothing */
    static Arms of(RolloutPlan plan, TrialState state) {
        if (!plan.weights().isEmpty()) {
            return split(plan);
        }
        if (plan.canary() == null || state == null || state.stage() == Stage.ROLLED_BACK) {
            return only(plan.serve());
        }
        if (state.stage() == Stage.PROMOTED) {
            return only(plan.canary().version());
        }
        double share = state.share(plan.canary());
        int step = state.step();
        return new Arms(
                List.of(share),
                List.of(
                        new Assignment(plan.canary().version(), ServedBy.CANARY, share, step),
                        new Assignment(plan.serve(), ServedBy.PRIMARY, share, step)));
    }

    private static Arms only(String version) {
        return new Arms(List.of(), List.of(new Assignment(version, ServedBy.PRIMARY, Double.NaN, -1)));
    }

    private static Arms split(RolloutPlan plan) {
        List<Double> ends = new ArrayList<>();
        List<Assignment> assignments = new ArrayList<>();
        double end = 0;
        for (Map.Entry<String, Double> weight : plan.weights().entrySet()) {
            if (weight.getValue() > 0) {
                end += weight.getValue();
                ends.add(end);
                assignments.add(ofSplit(plan, weight.getKey()));
            }
        }
        // The last arm ends at 1, whatever rounding made of the sum.
        ends.remove(ends.size() - 1);
        return new Arms(ends, assignments);
    }

    private static Assignment ofSplit(RolloutPlan plan, String version) {
        if (version.equals(plan.serve())) {
            return new Assignment(version, ServedBy.PRIMARY, Double.NaN, -1);
        }
        double share = plan.shareAgainstServe(version);
        return new Assignment(version, ServedBy.VARIANT, share > 0 ? share : Double.NaN, -1);
    }

    Assignment at(double point) {
        int arm = 0;
        while (arm < ends.length && point >= ends[arm]) {
            arm++;
        }
        return assignments[arm];
    }
}
