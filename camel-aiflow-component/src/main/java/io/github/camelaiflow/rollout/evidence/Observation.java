package io.github.camelaiflow.rollout.evidence;

/**
 * What one arm made of one record.
 *
 * @param error whether the call failed
 * @param invalid whether there was no usable answer for the record
 * @param millis how long the answer took; NaN if that is not known or shared with others
 * @param score the answer's score; NaN for none
 * @param label the answer's label; {@code null} for none
 * @param shared whether the call was made for other records too, one of which tells by itself whether it failed: a call that
 *     fails is one failure, however many records it was for
 */
public record Observation(boolean error, boolean invalid, double millis, double score, String label, boolean shared) {

    /** What a call made of its one record. */
    public Observation(boolean error, boolean invalid, double millis, double score, String label) {
        this(error, invalid, millis, score, label, false);
    }

    /** The same, made by a call for several records that this one tells of; how long it took says nothing of one record. */
    public Observation ofWholeCall() {
        return new Observation(error, invalid, Double.NaN, score, label, false);
    }

    /** The same, made by a call that another record tells of. */
    public Observation ofSharedCall() {
        return new Observation(error, invalid, Double.NaN, score, label, true);
    }
}
