package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.SegmentWatch.Complete;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/**
 * What a monitor's threads share: the windows that records go into, and the verdicts that hold. One lock guards all of it; under it
 * nothing is judged, read or written elsewhere. Thread-safe.
 */
final class Intake implements WindowKeeper.Windows {

    /** Records taken up at a time, since routes wait meanwhile. */
    private static final int TAKEN_UP = 64;

    private final InstantSource clock;
    private final Consumer<Complete> judge;
    private final ReentrantLock lock = new ReentrantLock();
    private Watch watch;
    private volatile long dropped;
    private volatile Verdicts verdicts = Verdicts.NOTHING;

    /** @param judge is given each complete window that can be judged; called without the lock */
    Intake(Watch watch, InstantSource clock, Consumer<Complete> judge) {
        this.watch = watch;
        this.clock = clock;
        this.judge = judge;
    }

    Verdicts verdicts() {
        return verdicts;
    }

    long dropped() {
        return dropped;
    }

    void observe(List<Map<String, Object>> rows) {
        Instant now = clock.instant();
        int next = 0;
        while (next < rows.size()) {
            int from = next;
            next = step(next, complete -> observe(rows, from, now, complete));
        }
    }

    private int observe(List<Map<String, Object>> rows, int from, Instant now, List<Complete> complete) {
        int next = from;
        while (next < rows.size() && complete.isEmpty()) {
            SegmentWatch segment = watch.segment(rows.get(next));
            if (segment.windows().over(now)) {
                end(segment, now, complete);
            } else {
                segment.windows().add(rows.get(next), now);
                next++;
                endIfFull(segment, now, complete);
            }
        }
        return next;
    }

    /** Ends windows of time that are over though no record came since. */
    void endByTime(Instant now) {
        for (int i = 0; i < watch().segments().size(); i++) {
            int number = i;
            step(0, complete -> {
                SegmentWatch segment = watch.segments().get(number);
                if (segment.windows().overWithoutRecord(now)) {
                    end(segment, now, complete);
                }
                return 0;
            });
        }
    }

    /** Does something under the lock, and has what it completed judged without. */
    private int step(int from, ToIntFunction<List<Complete>> work) {
        List<Complete> complete = new ArrayList<>(1);
        int result;
        lock.lock();
        try {
            result = work.applyAsInt(complete);
        } finally {
            lock.unlock();
        }
        complete.forEach(judge);
        return Math.max(from, result);
    }

    private void endIfFull(SegmentWatch segment, Instant now, List<Complete> complete) {
        if (segment.windows().full()) {
            end(segment, now, complete);
        }
    }

    /** Ends the segment's pane; adds the window it completes, if that can be judged. */
    private void end(SegmentWatch segment, Instant now, List<Complete> complete) {
        Complete window = segment.end(now);
        if (window != null && segment.away()) {
            dropped++;
        } else if (window != null) {
            segment.away(true);
            complete.add(window);
        }
    }

    /** Watches something else from now on. */
    void change(UnaryOperator<Watch> next) {
        lock.lock();
        try {
            watch = next.apply(watch);
            verdicts = Verdicts.NOTHING;
        } finally {
            lock.unlock();
        }
    }

    /** Makes a verdict hold; whether it still counts. */
    boolean publish(Complete complete, DriftReport report) {
        lock.lock();
        try {
            SegmentWatch segment = complete.segment();
            boolean counts = watch.segments().contains(segment);
            if (counts) {
                segment.known(segment.known().and(report));
                verdicts = Verdicts.of(watch.segments(), report);
            }
            return counts;
        } finally {
            lock.unlock();
        }
    }

    /** Only now may the segment's next window be judged. */
    void release(Complete complete, boolean judged) {
        lock.lock();
        try {
            dropped += judged ? 0 : 1;
            complete.segment().away(false);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Watch watch() {
        lock.lock();
        try {
            return watch;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<SavedSegment> copy(Watch of) {
        List<SavedSegment> copies = new ArrayList<>();
        for (SegmentWatch segment : of.segments()) {
            lock.lock();
            try {
                copies.add(segment.copy());
            } finally {
                lock.unlock();
            }
        }
        return copies;
    }

    @Override
    public void takeUp(Watch of, List<SavedSegment> saved) {
        for (int i = 0; i < saved.size(); i++) {
            SegmentWatch segment = of.segments().get(i);
            Pane rest;
            lock.lock();
            try {
                if (of != watch) {
                    return;
                }
                rest = segment.takeUp(saved.get(i));
                verdicts = Verdicts.of(of.segments(), verdicts.last());
            } finally {
                lock.unlock();
            }
            Instant now = clock.instant();
            int place = 0;
            while (place < rest.size()) {
                int from = place;
                place = step(place, complete -> takeUp(segment, rest, from, now, complete));
            }
        }
    }

    private int takeUp(SegmentWatch segment, Pane rest, int from, Instant now, List<Complete> complete) {
        int place = from;
        while (place < Math.min(rest.size(), from + TAKEN_UP) && complete.isEmpty()) {
            if (segment.windows().over(now)) {
                end(segment, now, complete);
            } else {
                segment.windows().add(rest, place, now);
                place++;
                endIfFull(segment, now, complete);
            }
        }
        return place;
    }

    /** Goes on with what another has collected and found, if it watches the same. Values are copied, as they go through a store. */
    void continues(Intake before) {
        Watch now = watch();
        Watch old = before.watch();
        if (now.digest().equals(old.digest())) {
            List<SavedSegment> segments = before.copy(old);
            takeUp(now, new WindowsReader(now.windows()).read(WindowsJson.head(segments), WindowsJson.parts(segments)));
        }
    }

    @Override
    public void restart() {
        lock.lock();
        try {
            watch.segments().forEach(SegmentWatch::restart);
        } finally {
            lock.unlock();
        }
    }
}
