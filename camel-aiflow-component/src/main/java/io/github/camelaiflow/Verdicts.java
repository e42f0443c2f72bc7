package io.github.camelaiflow;

import io.github.camelaiflow.feedback.quality.QualityStatus;
import io.github.camelaiflow.store.Store;
import java.util.List;
import java.util.Optional;

/**
 * The last verdict on quality that was told, shared by the nodes of a store: each verdict is told by one of them, and not again after a
 * restart. On one thread.
 */
final class Verdicts {

    private static final String SPACE = "feedback-verdict";

    private final Store store;
    private final String flow;
    private String known;

    Verdicts(Store store, String flow) {
        this.store = store;
        this.flow = flow;
    }

    /**
     * Whether this verdict is to be told, now and here. That there is too little data is no verdict.
     *
     * @throws io.github.camelaiflow.store.StoreException if the store cannot be reached; to be asked again
     */
    boolean changed(String version, QualityStatus status) {
        String verdict = version + " " + status;
        if (version == null || status == QualityStatus.INSUFFICIENT_DATA || verdict.equals(known)) {
            return false;
        }
        Optional<Store.Document> told = store.get(SPACE, flow);
        boolean another = told.isEmpty() || !told.get().content().equals(verdict);
        long revision = told.map(Store.Document::revision).orElse(0L);
        boolean mine = another
                && store.replace(SPACE, flow, revision, verdict, List.of()).isPresent();
        known = verdict;
        return mine;
    }
}
