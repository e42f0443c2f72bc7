package io.github.camelaiflow.delivery.outbox;

import java.util.Map;

/** Messages that will never be taken. Tells no value. */
public final class PublishException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Map<Integer, String> refused;

    /** @param refused by index among the messages a stable word why; not empty */
    public PublishException(Map<Integer, String> refused, Throwable cause) {
        super(refused.size() + " messages will never be taken: " + refused.values(), cause);
        this.refused = Map.copyOf(refused);
    }

    /** By index among the messages a stable word why. */
    public Map<Integer, String> refused() {
        return refused;
    }
}
