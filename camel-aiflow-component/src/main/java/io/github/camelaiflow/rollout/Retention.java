package io.github.camelaiflow.rollout;

import io.github.camelaiflow.store.Store;
import io.github.camelaiflow.store.Store.Document;
import java.time.Instant;

/** Deletes what is old of a flow's rollouts, but never of one in use: a stopped node's evidence counts as long as its trial lasts. */
final class Retention {

    private final Store store;
    private final Places places;

    /** @param places those of the rollout in use */
    Retention(Store store, Places places) {
        this.store = store;
        this.places = places;
    }

    int prune(Instant before) {
        use();
        int deleted = store.prune(places.decisions(), before);
        for (Document rollout : store.list(places.rollouts(), "")) {
            if (rollout.time().isBefore(before)) {
                deleted += prune(rollout, before);
            }
        }
        return deleted + store.prune(places.rollouts(), before);
    }

    /** Shows that this rollout is in use. */
    void use() {
        store.write(places.rollouts(), places.identity(), "{}");
    }

    private int prune(Document rollout, Instant before) {
        String trial = places.of(rollout.key()).trial();
        int deleted = store.prune(trial, before);
        if (!store.list(trial, "").isEmpty()) {
            // Something is younger than its entry in the list, which therefore must stay.
            store.write(places.rollouts(), rollout.key(), rollout.content());
        }
        return deleted;
    }
}
