package io.github.camelaiflow.it.simulation;

/** What a run can suffer. The first ones strike at a call of a client, each with a small chance; the others at a time. */
enum Fault {
    /** A process dies at a call, before or after its effect; it comes back later. */
    KILL,
    /** A process stands still at a call, often beyond its session; it goes on as a zombie. */
    PAUSE,
    /** A request does not arrive; the client gives up at its timeout. */
    REQUEST_LOST,
    /** A request takes effect, the client hears nothing and gives up. */
    ANSWER_LOST,
    /** The client gives up, and the request takes effect after that if it still may. */
    REQUEST_LATE,
    /** A request is answered by an error, of all kinds that matter. */
    REFUSED,
    /** The processor takes its time, up to more than the poll interval. */
    SLOW,
    /** The processor cannot say anything now. */
    PROCESSOR_THROWS,
    BROKER_DOWN,
    LEADER_AWAY,
    COORDINATOR_AWAY,
    /** The group has to join again. */
    REBALANCE,
    /** A process is stopped as one should, and started again. */
    LEAVE,
    /** A further process, with a name of its own, comes and goes. */
    JOIN,
    /** A second process with the name of one that lives. */
    TWIN,
    /** The topic for dead letters refuses. */
    DEAD_REFUSES,
    /** The wall clock of a process jumps. */
    CLOCK_JUMP,
    /** The records' own: not to be decided. */
    POISON,
    /** Its decision is larger than the broker takes. */
    TOO_LARGE,
    /** The upstream sends a record twice: both are records. */
    UPSTREAM_DUPLICATE,
    /** The upstream aborts a transaction: its records are none. */
    UPSTREAM_ABORT;

    /** Whether it is drawn for a run; the others are in its records. */
    boolean isDrawn() {
        return compareTo(POISON) < 0;
    }

    boolean atTimes() {
        return compareTo(BROKER_DOWN) >= 0 && compareTo(CLOCK_JUMP) <= 0;
    }
}
