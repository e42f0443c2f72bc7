package io.github.camelaiflow.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Messages that were set aside, with what was done about each. Thread-safe. Methods throw a {@link StoreException} as those of
 * {@link Store}; then nothing of the call was done, or all of it. A store in memory refuses letters beyond its limit; none drops one that is open.
 */
public interface DeadLetters {

    /** Stage of a message of the outbox that its destination will never take. */
    String OUTBOX = "outbox";

    /**
     * Takes letters, as NEW; one whose id is there already, or was until it was pruned, is not taken again, whatever its state.
     *
     * @return how many were not there
     */
    int put(List<Letter> letters);

    /**
     * Letters without their bytes, in the order they were taken.
     *
     * @param after the position of the last one that was seen, 0 at first
     * @param limit how many at most
     */
    List<Summary> list(Criteria criteria, long after, int limit);

    /** A letter with its bytes. */
    Optional<Found> get(String id);

    /**
     * Changes a letter's state if it is what it was thought to be, and if nobody has changed it since it was looked at, writes who did so, and messages to the outbox of the same space: all of it
     * or nothing. Of several callers that change the same state one wins. Trying again under the same change's id is answered as the
     * first time, whatever was done since.
     *
     * @param messages for {@link Store#outbox} of the same space, so that a replay is sent if and only if the state tells so
     * @return the letter as it is now; empty if there is none, it has another state or it was changed since, and then nothing is written
     */
    Optional<Summary> change(String id, Change change, List<Outbox.Draft> messages);

    /** What was done about a letter, in order. */
    List<Changed> history(String id);

    /** When the oldest letter that is NEW or REPLAYING was received. */
    Optional<Instant> oldestOpen();

    /** How many there are of each state; 0 for none. Counts them: to be asked every few seconds, not more often. */
    Map<State, Long> counts();

    /**
     * Deletes letters that ended (REPLAYED or DISCARDED) before, with their history; never an open one. Their ids stay for a year more (in
     * memory of the last 100,000), so that what is read again is no new letter.
     *
     * @return how many
     */
    int prune(Instant before);

    /** What is being done about a letter. */
    enum State {
        /** Nothing yet. */
        NEW,
        /** Somebody is about to replay it; whoever finds it so later does not know whether it was sent. */
        REPLAYING,
        /** It was sent again. */
        REPLAYED,
        /** Somebody decided that it is not worth more. */
        DISCARDED;

        /** Whether something is still to be done. */
        public boolean open() {
            return this == NEW || this == REPLAYING;
        }
    }

    /**
     * Which letters are meant: those that have all that is asked; {@code null} asks nothing.
     *
     * @param field a name that is among the letter's
     * @param since received then or later
     * @param until received before
     */
    record Criteria(
            State state, String stage, String reason, String field, String route, Instant since, Instant until) {

        public static final Criteria ALL = of(null);

        /** Of a state, {@code null} for any. */
        public static Criteria of(State state) {
            return new Criteria(state, null, null, null, null, null, null);
        }

        public Criteria {
            since = since == null ? null : Limits.within(since);
            until = until == null ? null : Limits.within(until);
        }

        boolean match(Summary letter) {
            return (state == null || state == letter.state())
                    && (stage == null || stage.equals(letter.stage()))
                    && (reason == null || reason.equals(letter.reason()))
                    && (field == null
                            || letter.fields() != null
                                    && listed(letter.fields()).contains(listed(field)))
                    && (route == null || route.equals(letter.route()))
                    && (since == null || !letter.received().isBefore(since))
                    && (until == null || letter.received().isBefore(until));
        }

        /** Between commas, so that a name is not found within another. */
        static String listed(String fields) {
            return "," + fields + ",";
        }
    }

    /**
     * A letter as it comes. Texts tell no value of the message.
     *
     * @param id unique in the space; of what came from Kafka best made of the origin, as decision ids are
     * @param stage where it failed
     * @param reason up to 4,000 characters
     * @param fields names, separated by commas, up to 4,000 characters; {@code null} for none
     * @param route {@code null} if unknown
     * @param topic where it came from, or with partition and offset -1 where it could not be sent; {@code null} for neither
     * @param partition -1 if not from a topic
     * @param offset -1 if not from a topic
     * @param received when it was set aside
     * @param message the original bytes, and the headers it was set aside with
     */
    record Letter(
            String id,
            String stage,
            String reason,
            String fields,
            String route,
            String topic,
            int partition,
            long offset,
            Instant received,
            Message message) {

        @Override
        public String toString() {
            return "Letter[" + id + "]";
        }
    }

    /**
     * A letter without its bytes.
     *
     * @param position ascends in the order letters were taken, not necessarily by one
     * @param bytes of its message, with key and headers
     * @param actor who changed it last; {@code null} if nobody has
     * @param changed when it last changed, by the clock of the node that did it; when it was taken if nobody has changed it
     * @param note of the last change; {@code null} for none
     */
    record Summary(
            long position,
            String id,
            State state,
            String stage,
            String reason,
            String fields,
            String route,
            String topic,
            int partition,
            long offset,
            Instant received,
            int bytes,
            String actor,
            Instant changed,
            String note) {

        /** Where its message could not be sent, if it is one of an outbox. */
        public Optional<String> destination() {
            return stage.equals(OUTBOX) && partition == -1 ? Optional.ofNullable(topic) : Optional.empty();
        }
    }

    /** A letter with its bytes. */
    record Found(Summary summary, Message message) {}

    /**
     * What somebody does about a letter.
     *
     * @param id unique among all changes of the space, so that it can be tried again
     * @param from the state it is thought to have
     * @param actor 1 to 255 characters
     * @param note up to 4,000 characters; {@code null} for none
     * @param after id of the letter's last change as it was seen, where the same state may come back; {@code null} for any
     */
    record Change(String id, State from, State to, String actor, String note, String after) {

        /** Whatever was changed before. */
        public Change(String id, State from, State to, String actor, String note) {
            this(id, from, to, actor, note, null);
        }

        Change kept() {
            return after == null ? this : new Change(id, from, to, actor, note);
        }
    }

    /** What was done, without what it was done after, and when by the clock of the node that did it. */
    record Changed(Change change, Instant time) {}
}
