package io.github.camelaiflow;

import io.github.camelaiflow.data.ServedBy;
import io.github.camelaiflow.model.serving.ServedModel;
import io.github.camelaiflow.rollout.Assignment;
import io.github.camelaiflow.rollout.Rollout;
import io.github.camelaiflow.rollout.evidence.Observation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a rollout is told of the records of one question, once that is settled.
 *
 * <p>Of a batch each record is a draw of its own, but a call is not: that a call failed is told by one record of the batch, chosen
 * before any arm is asked; its arm is asked first, so that none pays for the time another took. A record that an arm remembers the
 * answer to is not compared, whichever arm it went to: else the one with the fuller cache would be spared its failures.
 */
final class ArmsTold {

    private final FlowParts parts;
    private final Rollout rollout;
    private final Question question;
    private final int[] good;
    private final Assignment[] assigned;
    private final Observation[] observed;
    private final boolean[] asked;
    private final boolean[] remembered;
    private final int first;

    ArmsTold(FlowParts parts, Question question) {
        this.parts = parts;
        this.rollout = parts.trial().rollout();
        this.question = question;
        int size = question.rows().size();
        this.good = question.good();
        this.assigned = new Assignment[size];
        this.observed = new Observation[size];
        this.asked = new boolean[size];
        this.remembered = new boolean[size];
        List<ServedModel> caches = rollout.arms().stream()
                .map(parts.models()::get)
                .filter(Objects::nonNull)
                .map(FlowParts.Part::value)
                .filter(ServedModel::caches)
                .toList();
        int teller = -1;
        for (int index : good) {
            assigned[index] = rollout.assign(question.keys().get(index));
            remembered[index] = caches.stream()
                    .anyMatch(model -> model.remembers(question.rows().get(index)));
            teller = teller < 0 && !remembered[index] ? index : teller;
        }
        this.first = teller;
    }

    Assignment assignment(int index) {
        return assigned[index];
    }

    /** Indexes of the records of each version, in the order they are to be asked in. */
    List<int[]> byVersion() {
        Map<String, List<Integer>> groups = new LinkedHashMap<>();
        if (first >= 0) {
            groups.put(assigned[first].version(), new ArrayList<>());
        }
        for (int index : good) {
            groups.computeIfAbsent(assigned[index].version(), version -> new ArrayList<>())
                    .add(index);
        }
        return groups.values().stream()
                .map(indexes -> indexes.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    /** A version answered; answers that were not made for the records are not told. */
    void answered(int[] indexes, Answered[] answered, double millis) {
        for (int index : indexes) {
            asked[index] = true;
            if (answered[index].outcome().standIn() == null) {
                observed[index] = of(index, Arms.observation(answered[index].outcome(), millis));
            }
        }
    }

    void failed(int[] indexes, Observation failure) {
        for (int index : indexes) {
            asked[index] = true;
            observed[index] = of(index, failure);
        }
    }

    private Observation of(int index, Observation observation) {
        if (good.length == 1) {
            return observation;
        }
        return index == first ? observation.ofWholeCall() : observation.ofSharedCall();
    }

    /** Tells what is known; of a version that was not asked because another failed, that records were drawn. */
    void tell() {
        Observation drawn = new Observation(false, false, Double.NaN, Double.NaN, null).ofSharedCall();
        for (int index : good) {
            Observation observation = asked[index] ? observed[index] : drawn;
            if (observation == null) {
                continue;
            }
            String key = question.keys().get(index);
            if (!remembered[index]) {
                rollout.answered(assigned[index], key, observation);
            }
            if (asked[index]) {
                shadow(index, key, observation);
            }
        }
    }

    private void shadow(int index, String key, Observation observation) {
        Shadows shadows = parts.trial().shadows();
        if (shadows != null && assigned[index].role() == ServedBy.PRIMARY && rollout.shadowed(key)) {
            shadows.ask(question.rows().get(index), observation);
        }
    }
}
