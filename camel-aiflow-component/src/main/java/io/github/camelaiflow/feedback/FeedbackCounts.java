package io.github.camelaiflow.feedback;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of predictions and labels. All but {@link #buffered} is shared by the nodes and, in a durable store, outlives them; as of
 * {@link #time}, and what other nodes counted in their last seconds is still to come. Of predictions, always: tracked = waiting + joined +
 * never labelled. Immutable.
 *
 * @param tracked predictions that the store took
 * @param notTracked predictions that it did not: it was away or full for too long, or they have neither label nor value
 * @param waiting predictions that wait for their label
 * @param joined predictions joined with their truth in time
 * @param neverLabelled predictions given up after the time limit, and those whose truth was known later than that
 * @param labelsWaiting labels that wait for their prediction
 * @param duplicates labels that said what was said before
 * @param contradictions labels that said something else than was said before
 * @param late labels older than the time limit
 * @param neverPredicted labels given up after the time limit
 * @param unreadable joined pairs that are of no use: written by a later version of this software or damaged, or the truth is none for such
 *     a prediction, a text for a value
 * @param versions by version, as far as it is known
 * @param buffered predictions of this node on their way to the store, counted nowhere else
 * @param durable whether all this outlives the process
 * @param time when it was counted; {@code null} if it never was
 */
public record FeedbackCounts(
        long tracked,
        long notTracked,
        long waiting,
        long joined,
        long neverLabelled,
        long labelsWaiting,
        long duplicates,
        long contradictions,
        long late,
        long neverPredicted,
        long unreadable,
        Map<String, ByVersion> versions,
        int buffered,
        boolean durable,
        Instant time) {

    public FeedbackCounts {
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    }

    /** The same, with so many on their way. */
    FeedbackCounts buffered(int predictions) {
        return new FeedbackCounts(
                tracked,
                notTracked,
                waiting,
                joined,
                neverLabelled,
                labelsWaiting,
                duplicates,
                contradictions,
                late,
                neverPredicted,
                unreadable,
                versions,
                predictions,
                durable,
                time);
    }

    /**
     * Of one version. A process that is killed may not have told of the predictions of its last seconds, so that the sums over versions can be
     * a little lower than the whole.
     *
     * @param tracked predictions that the store took
     * @param joined those joined in time
     * @param neverLabelled those given up, or with a truth known too late
     */
    public record ByVersion(long tracked, long joined, long neverLabelled) {}
}
