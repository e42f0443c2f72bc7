package io.github.camelaiflow.it.simulation;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;

/** What a producer may do next, as {@code TransactionManager} says. */
final class SimProducerState {

    enum State {
        NEW,
        READY,
        OPEN,
        ABORTABLE,
        FATAL,
        CLOSED
    }

    State now;
    /** Why it is ABORTABLE or FATAL. */
    RuntimeException error;
    /** The call that timed out and has to be made again; null if there is none. */
    String unanswered;

    SimProducerState(State first) {
        now = first;
    }

    RuntimeException abortable(RuntimeException cause) {
        if (now != State.FATAL) {
            now = State.ABORTABLE;
            error = cause;
        }
        return cause;
    }

    RuntimeException fatal(RuntimeException cause) {
        now = State.FATAL;
        error = cause;
        return cause;
    }

    void checkUnanswered(String what) {
        if (unanswered != null && !unanswered.equals(what)) {
            throw new IllegalStateException("Cannot attempt operation `" + what + "` because the previous call to `"
                    + unanswered + "` timed out and must be retried");
        }
    }

    void checkError() {
        if (error instanceof ProducerFencedException) {
            throw new ProducerFencedException("fenced by another producer with the same transactionalId");
        }
        if (error != null) {
            throw new KafkaException("Cannot execute transactional method because we are in an error state", error);
        }
    }

    void checkOpen() {
        if (now == State.CLOSED) {
            throw new IllegalStateException("Cannot perform operation after producer has been closed");
        }
    }
}
