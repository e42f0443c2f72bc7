package io.github.camelaiflow.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelaiflow.delivery.Incoming.Header;
import java.util.List;
import java.util.stream.Stream;

/** What became of one record; it is visible exactly once. */
public sealed interface Outcome {

    /** The record it is about. */
    Origin origin();

    /** The message's key, which keeps outcomes of one key in order; {@code null} for none. */
    byte[] key();

    /** The message's value. */
    byte[] value();

    /** The message's headers. */
    List<Header> headers();

    /**
     * It was decided.
     *
     * @param id of the decision, the same however often the record is decided
     */
    record Decision(Origin origin, String id, byte[] key, byte[] value, List<Header> headers) implements Outcome {

        /** Header of the message that is sent. */
        public static final String ID = "aiflow-decision-id";

        public Decision {
            headers = List.copyOf(headers);
        }

        /** The headers of the message that is sent: those of its own, and {@value #ID}. */
        public List<Header> sent() {
            return Stream.concat(
                            headers.stream().filter(header -> !header.name().equals(ID)),
                            Stream.of(new Header(ID, id.getBytes(UTF_8))))
                    .toList();
        }

        @Override
        public String toString() {
            return "Decision[" + origin + "]";
        }
    }

    /**
     * It could not be decided and is set aside.
     *
     * @param value the original bytes
     * @param headers the original ones and what {@code aiflow-error-*} tells
     */
    record DeadLetter(Origin origin, byte[] key, byte[] value, List<Header> headers) implements Outcome {

        public DeadLetter {
            headers = List.copyOf(headers);
        }

        @Override
        public String toString() {
            return "DeadLetter[" + origin + "]";
        }
    }
}
