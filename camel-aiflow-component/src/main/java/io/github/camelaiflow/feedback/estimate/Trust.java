package io.github.camelaiflow.feedback.estimate;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Whether to believe an estimate. Immutable.
 *
 * @param verdict what follows from the doubts
 * @param doubts why not; empty if it is believed
 */
public record Trust(Verdict verdict, Set<Doubt> doubts) {

    /** What an estimate is worth. */
    public enum Verdict {
        /** No check speaks against it. */
        BELIEVED,
        /** It must not be acted on. */
        DOUBTFUL,
        /** There is too little to estimate from, or to check. */
        INSUFFICIENT_DATA
    }

    /** The verdict of some doubts. */
    public static Trust of(Collection<Doubt> doubts) {
        Verdict verdict = doubts.isEmpty() ? Verdict.BELIEVED : Verdict.DOUBTFUL;
        if (doubts.stream().anyMatch(Doubt::insufficient)) {
            verdict = Verdict.INSUFFICIENT_DATA;
        }
        EnumSet<Doubt> set = EnumSet.noneOf(Doubt.class);
        set.addAll(doubts);
        return new Trust(verdict, Collections.unmodifiableSet(set));
    }

    /** The doubts of both. */
    public Trust and(Trust other) {
        EnumSet<Doubt> both = EnumSet.noneOf(Doubt.class);
        both.addAll(doubts);
        both.addAll(other.doubts);
        return of(both);
    }
}
