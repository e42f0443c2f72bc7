package io.github.camelaiflow.rollout;

import io.github.camelaiflow.rollout.evidence.EvidenceState;
import io.github.camelaiflow.store.Store;
import io.github.camelaiflow.store.Store.Document;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The evidence of all nodes: one document a node, the whole is their sum. A node adds to what its document held when it started. A
 * document is written only over what this process wrote or read last; if another process goes by this node's name, this one goes
 * on under a name of its own. Not thread-safe.
 */
final class SharedEvidence {

    private static final Logger LOG = LoggerFactory.getLogger(SharedEvidence.class);

    /** So often an idle node writes what the trial's clock has come to, and so old may a live node's be; in ms. */
    private static final long CLOCK_STEP = 10_000;

    private static final long ALIVE = 60_000;

    private final Store store;
    private final Places places;
    private final String writer;
    private final Gathered gathered;
    private final Map<String, EvidenceState> nothing;
    private final Map<String, Seen> others = new HashMap<>();

    private String node;
    private NodeEvidence before;
    private long revision;
    private boolean fresh;
    private long written = -1;
    private NodeEvidence last = NodeEvidence.NONE;
    private long lost;

    /** @param evidence {@code null} if it cannot be read */
    private record Seen(long revision, NodeEvidence evidence) {

        /** A document is another with each writing. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Seen seen && revision == seen.revision;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(revision);
        }
    }

    /** @param writer names this process, unlike all others and those before it */
    SharedEvidence(Store store, Places places, String node, String writer, Gathered gathered) {
        this.store = store;
        this.places = places;
        this.node = node;
        this.writer = writer;
        this.gathered = gathered;
        this.nothing = gathered.states();
    }

    /** Takes up what this node had; once. */
    void join() {
        if (before == null) {
            new Retention(store, places).use();
            Optional<Document> document = store.get(places.trial(), places.evidence(node));
            revision = document.map(Document::revision).orElse(0L);
            NodeEvidence read = document.map(this::parse).orElse(NodeEvidence.NONE);
            lost += read == null ? 1 : 0;
            before = read == null ? NodeEvidence.NONE : read;
            fresh = true;
        }
    }

    private NodeEvidence parse(Document document) {
        try {
            return NodeEvidence.ofJson(document.content(), nothing);
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "Evidence {} of rollout {} cannot be read and is left out: {}",
                    document.key(),
                    places.trial(),
                    e.getMessage());
            return null;
        }
    }

    /** Writes what this node has, if that changed; joined first. */
    void write(long ran, boolean drifting) {
        long now = gathered.told();
        boolean changed = now != written || drifting != last.drifting() || ran >= last.ran() + CLOCK_STEP;
        if (!changed) {
            return;
        }
        NodeEvidence own = own(ran, drifting);
        Optional<Document> document = replace(own);
        if (document.isEmpty() && mine()) {
            own = own(ran, drifting);
            document = replace(own);
        }
        if (document.isPresent()) {
            revision = document.get().revision();
            written = now;
            last = own;
        }
    }

    private Optional<Document> replace(NodeEvidence own) {
        return store.replace(places.trial(), places.evidence(node), revision, own.toJson(), List.of());
    }

    /** Learns why the document has another revision: whether this process may write it nevertheless. */
    private boolean mine() {
        Optional<Document> document = store.get(places.trial(), places.evidence(node));
        NodeEvidence there = document.map(this::parse).orElse(null);
        if (document.isEmpty() || there != null && there.writer().equals(writer)) {
            // An earlier attempt was written though it seemed to fail, or the store has lost it.
            revision = document.map(Document::revision).orElse(0L);
            return true;
        }
        if (written < 0) {
            // The one before has added to what was taken up, and nothing of this one is in there yet.
            before = null;
            join();
            return true;
        }
        LOG.warn(
                "Another process shares the rollout's store as node {}: this one goes on as {}~{}; node names must differ",
                node,
                node,
                writer);
        // All that was written is in the other's document, which counts; what came since cannot be told from it.
        node = node + "~" + writer;
        before = NodeEvidence.NONE;
        fresh = true;
        revision = 0;
        gathered.restart();
        lost++;
        return false;
    }

    private NodeEvidence own(long ran, boolean drifting) {
        NodeEvidence live = new NodeEvidence(writer, ran, gathered.answers(), drifting, gathered.states());
        return before == null ? live : before.plus(live);
    }

    /** Learns what the others have; whether that is anything new, or this node has just begun. */
    boolean read() {
        Map<String, Seen> seen = new HashMap<>();
        for (Document document : store.list(places.trial(), places.evidence(""))) {
            if (!document.key().equals(places.evidence(node))) {
                Seen known = others.get(document.key());
                boolean same = known != null && known.revision() == document.revision();
                seen.put(document.key(), same ? known : new Seen(document.revision(), parse(document)));
            }
        }
        boolean news = fresh || !seen.equals(others);
        fresh = false;
        others.clear();
        others.putAll(seen);
        return news;
    }

    /** The sum of all nodes' evidence as far as known; the latest clock; whether any node that runs has drifting input. */
    NodeEvidence all(long ran, boolean drifting) {
        NodeEvidence own = own(ran, drifting);
        long answers = own.answers();
        long latest = own.ran();
        Map<String, EvidenceState> versions = new LinkedHashMap<>(own.versions());
        for (Seen seen : others.values()) {
            if (seen.evidence() != null) {
                answers += seen.evidence().answers();
                latest = Math.max(latest, seen.evidence().ran());
                seen.evidence()
                        .versions()
                        .forEach((version, state) -> versions.merge(version, state, EvidenceState::plus));
            }
        }
        long oldest = latest - ALIVE;
        boolean anyDrifts = drifting
                || others.values().stream()
                        .anyMatch(seen -> seen.evidence() != null
                                && seen.evidence().drifting()
                                && seen.evidence().ran() >= oldest);
        return new NodeEvidence(writer, latest, answers, anyDrifts, versions);
    }

    /** Whether there is anything the store doesn't have. */
    boolean unwritten() {
        return gathered.told() != written;
    }

    /** How often evidence had to be given up. */
    long lost() {
        return lost;
    }
}
