package io.github.camelaiflow;

/**
 * Decides when looks at a flow's models mean that it is to be set up anew. Files are caught half written, so nothing is done
 * before two looks are alike, and nothing told before what is wrong has stayed so. Not thread-safe.
 */
final class ModelWatch {

    /** A model that was refused is tried again after so many looks, for a disk may have failed. */
    private static final int RETRY = 15;

    private static final int SETTLED = 2;

    private ModelVersions seen;
    private int alike;

    /** What is to be done. */
    enum Verdict {
        /** All is in force. */
        SAME,
        /** Nothing yet. */
        WAIT,
        /** Set the flow up anew. */
        CHANGED,
        /** Tell what stands in the way. */
        REFUSED
    }

    Verdict look(ModelVersions now, ModelVersions inForce) {
        alike = now.equals(seen) ? alike + 1 : 1;
        seen = now;
        if (!now.problems().isEmpty()) {
            return alike == ModelCatalogue.PATIENCE ? Verdict.REFUSED : Verdict.WAIT;
        }
        if (now.equals(inForce)) {
            return Verdict.SAME;
        }
        return alike == SETTLED || alike % RETRY == 0 ? Verdict.CHANGED : Verdict.WAIT;
    }
}
