package io.github.camelaiflow.rollout.evidence;

import io.github.camelaiflow.statistics.SampleRatio;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Gathers what tells the version on trial (the treatment) from the one that serves (the control). Thread-safe; an observation
 * costs well below a microsecond a guardrail (SCORES compares up to 17 events each).
 *
 * <p>What holds: whatever the rates are and however they change, if no record of the treatment is worse on average than the
 * same record would have been in the control (by more than the margins), the chance that the verdict is ever WORSE is at most
 * alpha, at any number of looks and nodes; and the same for NOT_WORSE if one guardrail's margin is exceeded. What is assumed:
 * an arm is drawn by the key's hash, independently of the record; arms don't disturb each other (a treatment that takes the
 * control's processor is not seen); a key that is met on several
 * nodes, again after 49,000 others, or again after a restart, may count once more; labels and latencies that are missing are
 * missing alike in both arms.
 */
public final class Evidence {

    /** How many different shares can be told apart; records of more are not counted. */
    static final int MAX_SHARES = 64;

    private final List<Guardrail> guardrails;
    private final List<Watch> watches;
    private final SampleRatio ratio = new SampleRatio();
    private final Set<Double> shares = new HashSet<>();
    private final SeenKeys seen = new SeenKeys();
    private double lastShare = Double.NaN;

    /** Nothing gathered yet. */
    public Evidence(List<Guardrail> guardrails) {
        this.guardrails = List.copyOf(guardrails);
        this.watches = this.guardrails.stream().map(Watch::of).toList();
    }

    /**
     * A record that was given to one arm by chance. Only the first record of a key counts, and the first of a larger share
     * while the key was in the control: others repeat the same draw. A caller need not sort that out.
     *
     * @param key what the arm was drawn by; {@code null} if this record was drawn for itself
     * @param treatment which arm answered
     * @param share chance that a record of these two arms went to the treatment, above 0 and below 1
     */
    public void randomised(String key, boolean treatment, double share, Observation answer) {
        randomised(key, treatment, share, answer, 1);
    }

    /** So many equal records. */
    synchronized void randomised(String key, boolean treatment, double share, Observation answer, long times) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("a share must be above 0 and below 1, was " + share);
        }
        double draw = seen.draw(key, treatment, share);
        if (Double.isNaN(draw) || !known(draw)) {
            return;
        }
        ratio.add(treatment, draw, times);
        for (Watch watch : watches) {
            watch.randomised(treatment, draw, answer, times);
        }
    }

    private boolean known(double share) {
        if (share == lastShare) {
            return true;
        }
        boolean known = shares.contains(share) || shares.size() < MAX_SHARES && shares.add(share);
        lastShare = known ? share : lastShare;
        return known;
    }

    /** A record that both arms answered. */
    public synchronized void paired(Observation control, Observation treatment) {
        for (Watch watch : watches) {
            watch.paired(control, treatment);
        }
    }

    /**
     * A label came for a record that one arm had answered, or an estimate of it.
     *
     * @param loss from 0 (right) to 1 (wrong)
     * @throws IllegalArgumentException if the loss is not
     */
    public synchronized void labelled(boolean treatment, double loss) {
        if (!(loss >= 0 && loss <= 1)) {
            throw new IllegalArgumentException("a loss must be from 0 to 1");
        }
        for (Watch watch : watches) {
            watch.labelled(treatment, loss);
        }
    }

    /** What was gathered since this was made; the next call gives that and what came after. */
    public synchronized EvidenceState state() {
        SampleRatio copy = new SampleRatio();
        copy.merge(ratio);
        return new EvidenceState(
                copy, watches.stream().map(watch -> watch.findings().copy()).toList());
    }
}
