package io.github.camelaiflow.feedback.quality;

import io.github.camelaiflow.statistics.change.ChangeDetector;
import io.github.camelaiflow.statistics.change.ChangeStatus;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Shows one version's losses to a detector. Where records were chosen for labelling with different chances, of each chance just so many labels
 * are shown as if all had the least one: what the detector sees is as all records are. Not thread-safe.
 */
final class LossWatch {

    private static final int MOST_ALARMS = 20;
    private static final int TIMES = 4096;

    private final ChangeDetector detector;
    private final double least;
    private final long hold;
    private final Deque<Alarm> last = new ArrayDeque<>();
    private final long[] times = new long[TIMES];
    private long shown;
    private long alarms;
    private long held;

    LossWatch(QualityConfig config) {
        this.detector = config.lossDetector();
        this.least = config.minSelection();
        this.hold = config.currentLabels();
    }

    void add(Scored scored, Instant now) {
        if (Double.isNaN(scored.loss()) || scored.unit() >= least / scored.selection()) {
            return;
        }
        times[(int) (shown++ % TIMES)] = scored.predictedAt().toEpochMilli();
        if (detector.status() != ChangeStatus.CHANGED) {
            if (detector.add(scored.loss()) == ChangeStatus.CHANGED) {
                alarm(now);
            }
        } else if (++held >= hold) {
            held = 0;
            detector.reset();
        }
    }

    private void alarm(Instant now) {
        alarms++;
        long ago = detector.changedAgo();
        long changed = ago == 0 ? 0 : shown - ago + 1;
        long kept = Math.max(changed, shown - Math.min(shown, TIMES) + 1);
        last.add(new Alarm(
                shown, now, changed, ago == 0 ? null : Instant.ofEpochMilli(times[(int) ((kept - 1) % TIMES)])));
        if (last.size() > MOST_ALARMS) {
            last.remove();
        }
    }

    LossAlert alert() {
        return new LossAlert(
                detector.status(), shown, alarms, last.stream().toList(), detector.evidence(), detector.threshold());
    }
}
