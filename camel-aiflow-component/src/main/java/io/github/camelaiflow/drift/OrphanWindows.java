package io.github.camelaiflow.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.store.Store;
import io.github.camelaiflow.store.Store.Document;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Open windows that other processes have left in the store. Whoever takes some up first marks their head as taken, which succeeds for
 * one process only. Windows may be taken up that were released by this process or node, or whose head has not changed for
 * {@link #LEASE} as this process sees it, so clocks of nodes need not agree. Not thread-safe.
 */
final class OrphanWindows {

    /** Windows that nobody has written for so long are orphans. */
    static final Duration LEASE = Duration.ofSeconds(30);

    /** What keys of heads begin with. */
    static final String HEAD = "head/";

    /** State of a head whose windows may be taken up by its process or node at once. */
    static final String RELEASED = "released";

    /** Between a process's name and a number, in the names it writes under after its windows were taken up. */
    static final String AGAIN = "~";

    /** State of a head without windows. */
    static final String TAKEN = "taken";

    private static final Logger LOG = LoggerFactory.getLogger(OrphanWindows.class);

    private final DriftStore place;
    private final Store store;
    private final WindowKeeper.Windows windows;
    private final Map<String, Seen> others = new HashMap<>();
    private final Set<String> dropped = new HashSet<>();

    private record Seen(long revision, Instant since) {}

    OrphanWindows(DriftStore place, WindowKeeper.Windows windows) {
        this.place = place;
        this.store = place.store();
        this.windows = windows;
    }

    /**
     * Takes up what may be taken up now.
     *
     * @param own key of the head this process writes; empty if it has not written any
     * @return the heads that were marked, with their revisions
     * @throws io.github.camelaiflow.store.StoreException if the store cannot be reached
     */
    Map<String, Long> takeUp(Watch watch, String own, Instant now) {
        Map<String, Long> taken = new HashMap<>();
        for (Document head : store.list(place.space(), HEAD)) {
            String key = head.key();
            JsonNode json = key.equals(own) ? null : parse(head.content());
            if (json == null || json.path("state").asText().equals(TAKEN)) {
                continue;
            }
            if (!waits(json, watch)) {
                drop(key, "they are of another reference, definition or version");
            } else if (mayTake(head, json, now)) {
                take(watch, head, json).ifPresent(revision -> taken.put(key, revision));
            }
        }
        return taken;
    }

    private boolean mayTake(Document head, JsonNode json, Instant now) {
        if (json.path("state").asText().equals(RELEASED) && ours(head.key(), json)) {
            return true;
        }
        Seen seen = others.get(head.key());
        if (seen == null || seen.revision != head.revision() || now.isBefore(seen.since)) {
            others.put(head.key(), new Seen(head.revision(), now));
            return false;
        }
        return !now.isBefore(seen.since.plus(LEASE));
    }

    /** Whether this process wrote it, as an earlier monitor, or this node did. */
    private boolean ours(String key, JsonNode json) {
        String own = HEAD + place.process();
        return key.equals(own)
                || key.startsWith(own + AGAIN)
                || !place.node().isEmpty()
                        && place.node().equals(json.path("node").asText());
    }

    /** Whether a head has windows that {@link #takeUp} takes sooner or later. */
    static boolean waits(JsonNode json, Watch watch) {
        return json != null
                && !json.path("state").asText().equals(TAKEN)
                && json.path("digest").asText().equals(watch.digest())
                && json.path("version").asInt() == WindowsJson.VERSION;
    }

    private Optional<Long> take(Watch watch, Document head, JsonNode json) {
        ObjectNode taken = JsonNodeFactory.instance.objectNode();
        taken.put("version", WindowsJson.VERSION);
        taken.put("state", TAKEN);
        taken.put("process", place.process());
        taken.put("slot", json.path("slot").asInt());
        Optional<Document> mine =
                store.replace(place.space(), head.key(), head.revision(), taken.toString(), List.of());
        if (mine.isEmpty()) {
            return Optional.empty();
        }
        try {
            List<SavedSegment> found =
                    new WindowsReader(watch.windows()).read(json.path("segments"), parts(head, json));
            windows.takeUp(watch, found);
            LOG.info("Open drift windows of flow {} were taken up from {}", place.flow(), head.key());
        } catch (IllegalArgumentException e) {
            drop(head.key(), e.getMessage());
        }
        return Optional.of(mine.get().revision());
    }

    /** The parts' texts; what they held is deleted, since it is this process's now. */
    private List<String> parts(Document head, JsonNode json) {
        List<String> texts = new ArrayList<>();
        String writer = head.key().substring(HEAD.length());
        int count = Math.min(json.path("parts").asInt(), WindowsJson.MOST_PARTS);
        for (int i = 0; i < count; i++) {
            String key = part(writer, json.path("slot").asInt(), i);
            JsonNode part = store.get(place.space(), key)
                    .map(document -> WindowsReader.parse(document.content()))
                    .orElse(JsonNodeFactory.instance.objectNode());
            if (part.path("generation").asLong(-1) != json.path("generation").asLong()) {
                throw new IllegalArgumentException("it lacks a part");
            }
            texts.add(part.path("slices").toString());
            store.write(place.space(), key, "{}");
        }
        return texts;
    }

    private void drop(String key, String why) {
        if (dropped.add(key)) {
            LOG.info("Open drift windows {} of flow {} are not taken up: {}", key, place.flow(), why);
        }
    }

    /** The key of a part. */
    static String part(String writer, int slot, int number) {
        return "part/" + writer + "/" + slot + "/" + number;
    }

    /** A head; {@code null} if it is no JSON. */
    static JsonNode parse(String content) {
        try {
            return WindowsReader.parse(content);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
