package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.profile.FieldKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Windows one after the other, each record in exactly one. Two take turns: while one is away to be judged the other fills, and one
 * that is full when the other is still away is dropped. Not thread-safe.
 */
final class TumblingWindows {

    private final DriftConfig config;
    private Window filling;
    private Window spare;
    private Instant opened;

    TumblingWindows(DriftConfig config, Map<String, FieldKind> fields) {
        this.config = config;
        int capacity =
                timed() ? DriftMonitor.WINDOW_SAMPLE : Math.min(config.windowRecords(), DriftMonitor.WINDOW_SAMPLE);
        filling = new Window(fields, capacity, config.seed());
        spare = new Window(fields, capacity, config.seed() + 1);
    }

    /** Adds rows until the window is complete or all are in it; the first row that is not. */
    int fill(List<Map<String, Object>> rows, int from, Instant now) {
        long room = timed() ? Long.MAX_VALUE : config.windowRecords() - filling.records();
        if (timed() && complete(now)) {
            room = 0;
        }
        int to = (int) Math.min(rows.size(), from + Math.min(room, rows.size()));
        for (int i = from; i < to; i++) {
            filling.add(rows.get(i));
        }
        return to;
    }

    /**
     * Whether the window is over. A clock that went back beyond a window's beginning starts its time anew, so that it ends at most one
     * length later.
     */
    boolean complete(Instant now) {
        if (!timed()) {
            return filling.records() >= config.windowRecords();
        }
        if (opened == null || now.isBefore(opened)) {
            opened = now;
        }
        return !now.isBefore(opened.plus(config.windowTime()));
    }

    /** Begins the next window; the one that was complete, or {@code null} if it was dropped since the last one is still away. */
    Window next(Instant now) {
        opened = now;
        Window complete = filling;
        if (spare == null) {
            complete.restart();
            return null;
        }
        filling = spare;
        spare = null;
        return complete;
    }

    /** Takes back a window that was judged. */
    void release(Window window) {
        window.restart();
        spare = window;
    }

    private boolean timed() {
        return config.windowTime() != null;
    }
}
