package io.github.camelaiflow.drift;

import io.github.camelaiflow.statistics.SeededRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * A segment's windows: the pane being filled and the ones before. Each record is in exactly one pane. A complete pane is never
 * changed, so it may be judged while the next one fills. Not thread-safe.
 */
final class SlidingWindows {

    private final DriftConfig config;
    private final PaneLayout layout;
    private final int capacity;
    private final int paneRecords;
    private final Duration paneTime;
    private final long[] place;
    private final Deque<Pane> complete = new ArrayDeque<>();
    private Pane filling;
    private Instant opened;

    /**
     * @param sample how many records of a window are kept
     * @param segment tells this segment's random draws from others
     */
    SlidingWindows(DriftConfig config, PaneLayout layout, int sample, int segment) {
        this.config = config;
        this.layout = layout;
        this.paneRecords = config.windowRecords() / config.panes();
        this.paneTime = timed() ? config.windowTime().dividedBy(config.panes()) : null;
        int share = (sample + config.panes() - 1) / config.panes();
        this.capacity = timed() ? share : Math.min(paneRecords, share);
        this.place = new long[] {segment, 0};
        this.filling = next(0);
    }

    /** Adds a record to the pane being filled. */
    void add(Map<String, Object> row, Instant now) {
        filling.add(row, now);
    }

    /** Adds a record that another pane has kept, as if it had come now. */
    void add(Pane other, int place, Instant now) {
        filling.add(other, place, now);
    }

    /** What is in them now, whatever comes later: the panes, the open one last. Copies no values. */
    List<Pane> copy() {
        List<Pane> panes = new ArrayList<>(complete);
        panes.add(filling.copy());
        return panes;
    }

    /** When the open pane's time began; {@code null} before its first record, and for windows by count. */
    Instant opened() {
        return opened;
    }

    /** Whether no pane was ended yet. */
    boolean beginning() {
        return complete.isEmpty();
    }

    /**
     * Goes on with panes that were kept elsewhere.
     *
     * @param panes the open one last; as many as a window has at most
     * @return the pane that was open till now
     */
    Pane resume(List<Pane> panes, Instant since) {
        Pane before = filling;
        complete.clear();
        complete.addAll(panes.subList(0, panes.size() - 1));
        filling = panes.get(panes.size() - 1);
        opened = since;
        return before;
    }

    /** Forgets what is in them. The records still count among those that came before. */
    void empty() {
        complete.clear();
        opened = null;
        filling = next(filling.first() + filling.records());
    }

    /** A pane made of what was kept elsewhere; used by any thread. */
    Pane pane(PaneState state, List<? extends Column<?>> columns) {
        return new Pane(
                layout, capacity, SeededRandom.stream(config.seed(), place[0], -1, state.first()), state, columns);
    }

    /** How many panes a window has. */
    int panes() {
        return config.panes();
    }

    /** How many records of a pane are kept. */
    int capacity() {
        return capacity;
    }

    PaneLayout layout() {
        return layout;
    }

    /** Whether the pane has as many records as it takes. */
    boolean full() {
        return !timed() && filling.records() >= paneRecords;
    }

    /**
     * Whether the pane's time is over. A clock that went back beyond a pane's beginning starts its time anew, so that it ends at most
     * one length later.
     */
    boolean over(Instant now) {
        if (!timed()) {
            return false;
        }
        if (opened == null || now.isBefore(opened)) {
            opened = now;
        }
        return !now.isBefore(opened.plus(paneTime));
    }

    /** As {@link #over} where no record has come now: windows without any do not begin. */
    boolean overWithoutRecord(Instant now) {
        if (filling.records() == 0 && complete.stream().allMatch(pane -> pane.records() == 0)) {
            complete.clear();
            opened = null;
            return false;
        }
        return over(now);
    }

    /**
     * Ends the pane, which is over, and begins the next.
     *
     * @return the window that ends with it; {@code null} while there are too few panes, or if the last one has no record
     */
    Window end(Instant now) {
        Pane ended = filling;
        Window window = null;
        complete.addLast(ended);
        if (complete.size() == config.panes()) {
            window = ended.records() > 0 ? new Window(complete.stream().toList()) : null;
            complete.removeFirst();
        }
        slideOverIdleTime(ended, now);
        opened = now;
        filling = next(ended.first() + ended.records());
        return window;
    }

    /** Time in which no record came moves windows on as if it had panes. */
    private void slideOverIdleTime(Pane ended, Instant now) {
        if (timed() && !complete.isEmpty()) {
            long idle = Duration.between(opened.plus(paneTime), now).dividedBy(paneTime);
            for (long i = 0; i < Math.min(idle, config.panes() - 1); i++) {
                complete.addLast(next(ended.first() + ended.records()));
                if (complete.size() == config.panes()) {
                    complete.removeFirst();
                }
            }
        }
    }

    private Pane next(long first) {
        place[1]++;
        return new Pane(layout, capacity, SeededRandom.stream(config.seed(), place), first);
    }

    private boolean timed() {
        return config.windowTime() != null;
    }
}
