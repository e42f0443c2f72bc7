package io.github.camelaiflow.wire.deadletters;

import io.github.camelaiflow.store.DeadLetters;
import io.github.camelaiflow.store.DeadLetters.Summary;
import io.github.camelaiflow.wire.DeadLetterException;
import io.github.camelaiflow.wire.DeadLetterException.Kind;
import java.util.List;

/** The NEW letters that a request means, handled one by one in the order they were taken. */
final class MatchingLetters {

    /** What is done about a letter. */
    interface Handling {
        void handle(String id) throws Exception;
    }

    /**
     * How it ended.
     *
     * @param done how many were handled
     * @param refused how many could not be, because somebody else was quicker or their bytes are not whole; nothing was done about them
     * @param next where the rest begins; {@code null} if there is none
     */
    record Tally(int done, int refused, Long next) {}

    private MatchingLetters() {}

    /** Ends at the first whose replay's end is not known: what keeps one from being sent would keep the others, and each would have to be settled. */
    static Tally handle(DeadLetters letters, DeskRequest request, Handling handling) throws Exception {
        int limit = request.limit();
        List<Summary> page = letters.list(request.narrowed(), request.after(), limit);
        int done = 0;
        for (Summary letter : page) {
            String id = letter.id();
            try {
                handling.handle(id);
                done++;
            } catch (DeadLetterException e) {
                if (e.kind() == Kind.UNKNOWN) {
                    throw new DeadLetterException(
                            Kind.UNKNOWN,
                            "After " + done + " letters, with letter " + id + ": " + e.getMessage(),
                            e.getCause());
                }
                if (e.kind() == Kind.MALFORMED) {
                    throw e;
                }
            }
        }
        Long next = page.size() < limit ? null : page.get(limit - 1).position();
        return new Tally(done, page.size() - done, next);
    }
}
