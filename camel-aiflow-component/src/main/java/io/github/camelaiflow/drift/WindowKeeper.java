package io.github.camelaiflow.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.store.Store;
import io.github.camelaiflow.store.Store.Document;
import io.github.camelaiflow.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a monitor's open windows in a store and takes up those that others have left. Each process has a head document, which it
 * writes again every {@link #BEAT} at least, and parts with the values, in two slots: the head names the slot that is whole. Not
 * thread-safe.
 */
final class WindowKeeper {

    /** So often a head is written though nothing has changed. */
    static final Duration BEAT = Duration.ofSeconds(10);

    private static final Duration SAVE = Duration.ofSeconds(5);
    private static final Duration SAVE_PART = Duration.ofSeconds(2);
    private static final Duration FORGET = Duration.ofDays(7);
    private static final String HELD = "held";
    private static final Logger LOG = LoggerFactory.getLogger(WindowKeeper.class);

    private final DriftStore place;
    private final Store store;
    private final Windows windows;
    private final OrphanWindows orphans;

    private String name;
    private long revision;
    private long generation;
    private int slot;
    private int parts;
    private String saved;
    private Instant written;
    private Instant due;
    private int names;
    private boolean pruned;
    private boolean closed;
    private boolean trouble;

    /** The windows that are kept. */
    interface Windows {

        /** What is watched now. */
        Watch watch();

        /** What is in its windows now. */
        List<SavedSegment> copy(Watch watch);

        /** Goes on with what was kept, if that is still what is watched. */
        void takeUp(Watch watch, List<SavedSegment> saved);

        /** Empties the open windows: another process has taken them up. */
        void restart();
    }

    WindowKeeper(DriftStore place, Windows windows) {
        this.place = place;
        this.store = place.store();
        this.windows = windows;
        this.orphans = new OrphanWindows(place, windows);
        this.name = place.process();
    }

    /** Takes up what there is to take up, and saves what is due. */
    void tick(Instant now) {
        if (closed) {
            return;
        }
        guarded(() -> {
            prune(now);
            takeUp(now);
            save(now, false);
        });
    }

    /** Saves everything, so that it may be taken up at once. */
    void release(Instant now) {
        if (!closed) {
            guarded(() -> save(now, true));
            closed = true;
        }
    }

    private void guarded(Runnable work) {
        try {
            work.run();
            trouble = false;
        } catch (StoreException e) {
            if (!trouble) {
                LOG.warn("Open drift windows of flow {} cannot be kept or taken up: {}", place.flow(), e.getMessage());
            }
            trouble = true;
        }
    }

    private void prune(Instant now) {
        if (!pruned) {
            store.prune(place.space(), now.minus(FORGET));
            pruned = true;
        }
    }

    private void takeUp(Instant now) {
        Map<String, Long> taken = orphans.takeUp(windows.watch(), revision == 0 ? "" : head(), now);
        if (!taken.isEmpty()) {
            revision = taken.getOrDefault(head(), revision);
            saved = null;
            due = now;
        }
    }

    private String head() {
        return OrphanWindows.HEAD + name;
    }

    private void save(Instant now, boolean release) {
        boolean backwards = written != null && now.isBefore(written);
        if (!release && due != null && now.isBefore(due) && !backwards) {
            return;
        }
        Watch watch = windows.watch();
        List<SavedSegment> segments = windows.copy(watch);
        if (revision == 0 && segments.stream().allMatch(WindowKeeper::empty)) {
            return;
        }
        if (revision == 0 && !join(watch)) {
            return;
        }
        ObjectNode head = head(watch, segments);
        String text = head.toString();
        boolean changed = !text.equals(saved);
        if (!changed && !release && !backwards && now.isBefore(written.plus(BEAT))) {
            return;
        }
        if (changed) {
            generation = Math.max(generation + 1, now.toEpochMilli());
            slot = 1 - slot;
            parts = write(WindowsJson.parts(segments));
        }
        // Windows too large to be kept must not be taken up as they were before
        head.put("state", parts == 0 ? OrphanWindows.TAKEN : release ? OrphanWindows.RELEASED : HELD);
        head.put("generation", generation);
        head.put("slot", slot);
        head.put("parts", parts);
        if (write(head.toString())) {
            saved = text;
            written = now;
            due = now.plus(SAVE).plus(SAVE_PART.multipliedBy(parts));
        }
    }

    /**
     * An earlier monitor of this process may have written under its name.
     *
     * @return false as long as its windows are still to be taken up
     */
    private boolean join(Watch watch) {
        Document head = store.get(place.space(), head()).orElse(null);
        if (head != null) {
            JsonNode json = OrphanWindows.parse(head.content());
            if (OrphanWindows.waits(json, watch)) {
                return false;
            }
            revision = head.revision();
            slot = json == null ? 0 : json.path("slot").asInt();
        }
        return true;
    }

    private static boolean empty(SavedSegment segment) {
        return segment.number() == 0 && segment.panes().stream().allMatch(pane -> pane.records() == 0);
    }

    private ObjectNode head(Watch watch, List<SavedSegment> segments) {
        ObjectNode head = JsonNodeFactory.instance.objectNode();
        head.put("version", WindowsJson.VERSION);
        head.put("node", place.node());
        head.put("digest", watch.digest());
        head.set("segments", WindowsJson.head(segments));
        return head;
    }

    private int write(List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            String content = "{\"generation\":" + generation + ",\"slices\":" + texts.get(i) + "}";
            store.write(place.space(), OrphanWindows.part(name, slot, i), content);
        }
        return texts.size();
    }

    /** Whether the head was written. If not, another process has taken the windows up, and this one begins anew. */
    private boolean write(String head) {
        String key = head();
        Optional<Document> document = store.replace(place.space(), key, revision, head, List.of());
        if (document.isEmpty()) {
            Optional<Document> there = store.get(place.space(), key);
            boolean taken = there.map(other -> OrphanWindows.parse(other.content()))
                    .map(json -> json.path("state").asText().equals(OrphanWindows.TAKEN))
                    .orElse(false);
            if (taken) {
                lost();
                return false;
            }
            // An earlier attempt was written though it seemed to fail
            revision = there.map(Document::revision).orElse(0L);
            document = store.replace(place.space(), key, revision, head, List.of());
        }
        document.ifPresent(now -> revision = now.revision());
        return document.isPresent();
    }

    private void lost() {
        LOG.warn(
                "Open drift windows of flow {} were taken up by another process, since this one was silent for {} s or"
                        + " more: it begins new ones",
                place.flow(),
                OrphanWindows.LEASE.toSeconds());
        names++;
        name = place.process() + OrphanWindows.AGAIN + names;
        revision = 0;
        saved = null;
        due = null;
        windows.restart();
    }
}
