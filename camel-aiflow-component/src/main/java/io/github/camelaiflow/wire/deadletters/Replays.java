package io.github.camelaiflow.wire.deadletters;

import io.github.camelaiflow.store.DeadLetters;
import io.github.camelaiflow.store.DeadLetters.Change;
import io.github.camelaiflow.store.DeadLetters.Changed;
import io.github.camelaiflow.store.DeadLetters.Found;
import io.github.camelaiflow.store.DeadLetters.State;
import io.github.camelaiflow.store.DeadLetters.Summary;
import io.github.camelaiflow.store.Outbox.Draft;
import io.github.camelaiflow.store.StoreException;
import io.github.camelaiflow.wire.DeadLetterException;
import io.github.camelaiflow.wire.DeadLetterException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Ends letters. A replay is sent at most once: whoever changes NEW to REPLAYING sends, nobody else does, and it is never sent again by
 * itself. Thread-safe.
 */
final class Replays {

    private static final int TRIES = 3;

    private final DeadLetters letters;
    private final Supplier<String> ids;

    Replays(DeadLetters letters, Supplier<String> ids) {
        this.letters = letters;
        this.ids = ids;
    }

    /** Sends a message; after a failure it may have been sent or not. */
    interface Sender {
        void send() throws Exception;
    }

    Found letter(String id) {
        return letters.get(id)
                .orElseThrow(() -> new DeadLetterException(Kind.ABSENT, "There is no dead letter of this id"));
    }

    /** The letter, now REPLAYED. */
    Summary replay(String id, String actor, String note, Sender sender) {
        String change = ids.get();
        changed(id, new Change(change, State.NEW, State.REPLAYING, actor, note), List.of());
        Change sent = new Change(change + "-sent", State.REPLAYING, State.REPLAYED, actor, note, change);
        try {
            sender.send();
        } catch (Exception e) {
            throw new DeadLetterException(
                    Kind.UNKNOWN,
                    "Sending failed with " + e.getClass().getSimpleName()
                            + ", and the message may be on its way: find out whether it came, then settle the letter",
                    e);
        }
        try {
            return change(id, sent, List.of())
                    .orElseThrow(() -> new DeadLetterException(
                            Kind.CONFLICT, "The message was sent, but somebody has settled the letter meanwhile"));
        } catch (StoreException e) {
            throw new DeadLetterException(
                    Kind.UNKNOWN,
                    "The message was sent, but the store could not be told: settle the letter as sent once it is back",
                    e);
        }
    }

    /** The letter of an outbox, now REPLAYED: by the same change its message waits in the outbox anew, so once. */
    Summary sendOn(Found found, String destination, String actor, String note) {
        String id = found.summary().id();
        String change = ids.get();
        Draft draft = new Draft("replay-" + change, destination, LetterMessages.replay(id, found.message()));
        return changed(id, new Change(change, State.NEW, State.REPLAYED, actor, note), List.of(draft));
    }

    Summary discard(String id, String actor, String note) {
        return changed(id, new Change(ids.get(), State.NEW, State.DISCARDED, actor, note), List.of());
    }

    /**
     * Says how a replay ended that nobody else knows the end of.
     *
     * @param sent whether the message came
     * @param patience how long a replay may be on its way
     */
    Summary settle(String id, boolean sent, String actor, String note, Instant now, Duration patience) {
        letter(id);
        String replay = null;
        List<Changed> history = letters.history(id);
        if (!history.isEmpty()) {
            Changed last = history.get(history.size() - 1);
            Instant allowed = last.time().plus(patience);
            if (last.change().to() == State.REPLAYING && now.isBefore(allowed)) {
                throw new DeadLetterException(
                        Kind.CONFLICT, "The replay may still be on its way: it can be settled from " + allowed + " on");
            }
            replay = last.change().id();
        }
        // of the replay that was looked at: another one may have begun since
        return changed(
                id,
                new Change(ids.get(), State.REPLAYING, sent ? State.REPLAYED : State.NEW, actor, note, replay),
                List.of());
    }

    private Summary changed(String id, Change change, List<Draft> messages) {
        return change(id, change, messages).orElseThrow(() -> refused(letter(id).summary(), change));
    }

    private static DeadLetterException refused(Summary letter, Change change) {
        if (letter.state() == change.from()) {
            return new DeadLetterException(Kind.CONFLICT, "Somebody else did something about the letter just now");
        }
        String settle = letter.state() == State.REPLAYING
                ? ": somebody is replaying it, or tried and it is not known whether it was sent; then it must be settled first"
                : "";
        return new DeadLetterException(
                Kind.CONFLICT, "The letter must be " + change.from() + ", but is " + letter.state() + settle);
    }

    /** An answer that was lost is asked for again: the same change is made once. */
    private Optional<Summary> change(String id, Change change, List<Draft> messages) {
        for (int i = 1; ; i++) {
            try {
                return letters.change(id, change, messages);
            } catch (StoreException e) {
                if (!e.unreachable() || i == TRIES) {
                    throw e;
                }
            }
        }
    }
}
