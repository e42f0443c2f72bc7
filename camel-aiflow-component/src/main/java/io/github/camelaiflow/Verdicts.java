package io.github.camelaiflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.data.Sha256;
import io.github.camelaiflow.feedback.quality.QualityStatus;
import io.github.camelaiflow.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The last verdicts on quality that were told, by version, shared by the nodes of a store: each is told by one of them, and not again after a
 * restart. By one rule, harm stays harm: a node that has not read all labels again does not take it back. On one thread.
 */
final class Verdicts {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String SPACE = "feedback-verdict";
    private static final int MOST_VERSIONS = 100;
    private static final int TRIES = 5;

    private final Store store;
    private final String flow;
    private final String rule;
    /** What this node found last and needn't look for any more. */
    private String known;

    /** @param rule what verdicts are made by: those made by another one are told anew */
    Verdicts(Store store, String flow, String rule) {
        this.store = store;
        this.flow = flow;
        this.rule = Sha256.of(rule.getBytes(StandardCharsets.UTF_8)).substring(0, 12);
    }

    /**
     * Whether nobody has told this verdict yet. That there is too little data is no verdict.
     *
     * @throws io.github.camelaiflow.store.StoreException if the store cannot be reached; to be asked again
     */
    boolean news(String version, QualityStatus status) {
        if (version == null
                || status == QualityStatus.INSUFFICIENT_DATA
                || found(version, status).equals(known)) {
            return false;
        }
        boolean news = news(told(store.get(SPACE, flow)), version, status);
        if (!news) {
            known = found(version, status);
        }
        return news;
    }

    /** Harm once for a version; that there is none also when another version was told of in between. */
    private boolean news(ObjectNode told, String version, QualityStatus status) {
        String last = told.path(version).asText();
        if (last.equals(verdict(QualityStatus.HARM))) {
            return false;
        }
        return !last.equals(verdict(status)) || !version.equals(lastVersion(told));
    }

    private static String lastVersion(ObjectNode told) {
        String last = null;
        for (Iterator<String> names = told.fieldNames(); names.hasNext(); ) {
            last = names.next();
        }
        return last;
    }

    /**
     * Makes this verdict the last one that was told.
     *
     * @return whether it is to be told here; not if another node was quicker
     * @throws io.github.camelaiflow.store.StoreException if the store cannot be reached; to be asked again
     */
    boolean tell(String version, QualityStatus status) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Store.Document> document = store.get(SPACE, flow);
            ObjectNode told = told(document);
            if (!news(told, version, status)) {
                known = found(version, status);
                return false;
            }
            // the one that was told last stands at the end
            told.remove(version);
            told.put(version, verdict(status));
            while (told.size() > MOST_VERSIONS) {
                told.remove(told.fieldNames().next());
            }
            long revision = document.map(Store.Document::revision).orElse(0L);
            if (store.replace(SPACE, flow, revision, told.toString(), List.of()).isPresent()) {
                known = found(version, status);
                return true;
            }
        }
        return false;
    }

    private String found(String version, QualityStatus status) {
        return version + " " + verdict(status);
    }

    private String verdict(QualityStatus status) {
        return status + " " + rule;
    }

    /** What cannot be read counts as nothing told. */
    private static ObjectNode told(Optional<Store.Document> document) {
        try {
            JsonNode json =
                    document.isEmpty() ? null : MAPPER.readTree(document.get().content());
            return json instanceof ObjectNode told ? told : JsonNodeFactory.instance.objectNode();
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }
}
