package io.github.camelaiflow.it.campaign;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import io.github.camelaiflow.it.campaign.Feed.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What came out, held id by id against what went in and what came out of the twin.
 *
 * @param missing records without an outcome
 * @param doubled outcomes too many
 * @param doubledAfterSink outcomes too many for a sink that drops those whose id it has
 * @param phantom outcomes of nothing that went in
 * @param different ids whose outcome is not the twin's
 * @param disordered outcomes that came, within one partition, before that of an earlier record of the same partition
 */
record Account(
        int in,
        int decisions,
        int deadLetters,
        int missing,
        int doubled,
        int doubledAfterSink,
        int phantom,
        int different,
        int disordered) {

    static final Account NOTHING = new Account(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** All that was sent and all that came out. */
    static Account of(List<Entry> sent, List<Outcome> seen, Map<String, Set<String>> twin) {
        Map<String, Integer> expected = new HashMap<>();
        sent.forEach(entry -> expected.merge(entry.key(), 1, Integer::sum));
        Map<String, List<Outcome>> got = seen.stream().collect(groupingBy(Outcome::key));
        int missing = 0;
        int doubled = 0;
        int doubledAfterSink = 0;
        int different = 0;
        for (Map.Entry<String, Integer> entry : expected.entrySet()) {
            List<Outcome> outcomes = got.getOrDefault(entry.getKey(), List.of());
            int surplus = outcomes.size() - entry.getValue();
            missing += Math.max(0, -surplus);
            doubled += Math.max(0, surplus);
            long ids = outcomes.stream().map(Outcome::id).distinct().count();
            doubledAfterSink += (int) Math.max(0, ids - entry.getValue());
            Set<String> says = twin.getOrDefault(entry.getKey(), Set.of());
            different += outcomes.stream().allMatch(outcome -> says.contains(outcome.says())) ? 0 : 1;
        }
        int phantom = (int) seen.stream()
                .filter(outcome -> !expected.containsKey(outcome.key()))
                .count();
        int decisions = (int) seen.stream().filter(Outcome::decided).count();
        return new Account(
                sent.size(),
                decisions,
                seen.size() - decisions,
                missing,
                doubled,
                doubledAfterSink,
                phantom,
                different,
                disorder(sent, seen));
    }

    private static int disorder(List<Entry> sent, List<Outcome> seen) {
        Map<String, Integer> place = new HashMap<>();
        Map<String, Integer> partition = new HashMap<>();
        for (int i = 0; i < sent.size(); i++) {
            place.putIfAbsent(sent.get(i).key(), i);
            partition.put(sent.get(i).key(), sent.get(i).partition());
        }
        Map<String, Integer> last = new HashMap<>();
        Map<String, Boolean> first = new HashMap<>();
        int disorder = 0;
        for (Outcome outcome : seen) {
            if (!place.containsKey(outcome.key()) || first.put(outcome.key(), true) != null) {
                continue; // copies come later than what they are copies of
            }
            String line = partition.get(outcome.key()) + "/" + outcome.decided() + "/" + outcome.partition();
            int here = place.get(outcome.key());
            disorder += here < last.getOrDefault(line, -1) ? 1 : 0;
            last.merge(line, here, Math::max);
        }
        return disorder;
    }

    /** Whether each record has as many outcomes as it was sent times. */
    static boolean isComplete(List<Entry> sent, List<Outcome> seen) {
        Map<String, Integer> open = new HashMap<>();
        sent.forEach(entry -> open.merge(entry.key(), 1, Integer::sum));
        seen.forEach(outcome -> open.computeIfPresent(outcome.key(), (key, left) -> left > 1 ? left - 1 : null));
        return open.isEmpty();
    }

    /** What a run without faults says of each id. */
    static Map<String, Set<String>> answers(List<Outcome> twin) {
        return twin.stream().collect(groupingBy(Outcome::key, mapping(Outcome::says, toSet())));
    }

    /** What came to this since then. */
    Account since(Account before) {
        return new Account(
                in - before.in,
                decisions - before.decisions,
                deadLetters - before.deadLetters,
                missing - before.missing,
                doubled - before.doubled,
                doubledAfterSink - before.doubledAfterSink,
                phantom - before.phantom,
                different - before.different,
                disordered - before.disordered);
    }
}
