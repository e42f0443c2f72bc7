package io.github.camelaiflow.delivery.kafka;

import io.github.camelaiflow.delivery.DeliveryObserver;
import io.github.camelaiflow.delivery.Outcome;
import io.github.camelaiflow.delivery.Outcome.Decision;
import java.time.Instant;
import java.util.List;

/** The batch a worker has in hand, from its poll until it is settled or given back. What becomes of its records is told once. */
final class InHand {

    private final DeliveryObserver observer;
    private Batch batch;
    private List<Outcome> undecided;

    InHand(DeliveryObserver observer) {
        this.observer = observer;
    }

    void take(Batch taken) {
        batch = taken;
        undecided = null;
        observer.taken(taken.size());
    }

    /** It may be settled, by these outcomes: the commit must tell. */
    void undecided(List<Outcome> outcomes) {
        undecided = outcomes;
    }

    /** The outcomes of {@link #batch} if it may be settled, else {@code null}. */
    List<Outcome> undecided() {
        return undecided;
    }

    Batch batch() {
        return batch;
    }

    void settled(List<Outcome> outcomes, Instant time) {
        int all = batch.size();
        drop();
        int decisions =
                (int) outcomes.stream().filter(Decision.class::isInstance).count();
        observer.settled(decisions, all - decisions, time);
    }

    /** Its records come again, here or elsewhere. Nothing if no batch is in hand. */
    void giveBack() {
        if (batch != null) {
            int all = batch.size();
            drop();
            observer.returned(all);
        }
    }

    private void drop() {
        batch = null;
        undecided = null;
    }
}
