package io.github.camelaiflow.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.store.Store;
import io.github.camelaiflow.store.Store.Document;
import io.github.camelaiflow.store.Store.Entry;
import io.github.camelaiflow.store.StoreException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trial's state and the flow's decisions in the store. A decision is an entry of the flow's log, written together with the state
 * it leads to. All methods wait for the store and throw {@link StoreException}.
 */
final class TrialStore {

    private static final Logger LOG = LoggerFactory.getLogger(TrialStore.class);

    /** The log's key; it has a space of its own, so that it can be pruned by age. */
    private static final String DECISIONS = "decisions";

    private static final String NUMBER = "number";
    private static final int FEW = 16;
    private static final int MANY = FEW << 10;

    private final Store store;
    private final Places places;
    private final int steps;

    /** @param steps how many steps the plan's canary has */
    TrialStore(Store store, Places places, int steps) {
        this.store = store;
        this.places = places;
        this.steps = steps;
    }

    /** The state and the revision to write over it. */
    record Kept(TrialState state, long revision) {}

    Optional<Kept> read() {
        return store.get(places.trial(), Places.STATE).map(this::kept);
    }

    private Kept kept(Document document) {
        try {
            return new Kept(TrialState.ofJson(document.content(), steps), document.revision());
        } catch (IllegalArgumentException e) {
            throw new StoreException("the state of rollout " + places.trial() + " in the store cannot be read", e);
        }
    }

    /** The new revision; empty if another node has written. */
    OptionalLong write(TrialState next, long revision) {
        Entry entry = entry(next.decision(), next.number());
        return store.replace(places.trial(), Places.STATE, revision, next.toJson(), List.of(entry))
                .map(document -> OptionalLong.of(document.revision()))
                .orElse(OptionalLong.empty());
    }

    /** Adds a decision that led to no state the store knows. */
    void append(RolloutDecision decision) {
        store.append(List.of(entry(decision, 0)));
    }

    private Entry entry(RolloutDecision decision, long number) {
        ObjectNode json = DecisionJson.write(decision).put(NUMBER, number);
        return new Entry(decision.id(), places.decisions(), DECISIONS, decision.time(), json.toString());
    }

    /** This trial's decisions with these numbers, in order, as far as the log has them. */
    List<RolloutDecision> numbered(String rollout, long from, long to) {
        int limit = FEW;
        List<Numbered> newest = log(limit);
        List<Numbered> found = found(newest, rollout, from, to);
        // Decisions of other rollouts may stand between, in an order that goes by clocks; so look on until all are
        // found.
        while (found.size() <= to - from && newest.size() == limit && limit < MANY) {
            limit *= 4;
            newest = log(limit);
            found = found(newest, rollout, from, to);
        }
        return found.stream().map(Numbered::decision).toList();
    }

    private static List<Numbered> found(List<Numbered> entries, String rollout, long from, long to) {
        return entries.stream()
                .filter(entry ->
                        entry.decision() != null && entry.decision().rollout().equals(rollout))
                .filter(entry -> entry.number() >= from && entry.number() <= to)
                .sorted(Comparator.comparingLong(Numbered::number))
                .toList();
    }

    /** The flow's newest decisions, newest first. */
    List<RolloutDecision> newest(int limit) {
        return log(limit).stream()
                .map(Numbered::decision)
                .filter(Objects::nonNull)
                .toList();
    }

    /** @param decision {@code null} if it cannot be read */
    private record Numbered(long number, RolloutDecision decision) {

        static Numbered of(Entry entry) {
            try {
                JsonNode json = DecisionJson.parse(entry.content());
                return new Numbered(json.path(NUMBER).asLong(), DecisionJson.read(json));
            } catch (IllegalArgumentException e) {
                LOG.warn("Rollout decision {} cannot be read and is left out: {}", entry.id(), e.getMessage());
                return new Numbered(0, null);
            }
        }
    }

    private List<Numbered> log(int limit) {
        return store.log(places.decisions(), DECISIONS, limit).stream()
                .map(Numbered::of)
                .toList();
    }
}
