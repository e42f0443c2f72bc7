package io.github.camelaiflow.delivery.kafka;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.common.KafkaException;

/**
 * Which records a producer is told will never be taken. When one is refused in a transaction, Kafka's client fails all that it had not sent yet
 * by the very same exception: of those that share one only the first to fail was refused. Outside of one each is told its own. Thread-safe.
 */
final class Refusals {

    private final boolean transactional;
    private final Set<Exception> told = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Integer, String> refused = new TreeMap<>();

    Refusals(boolean transactional) {
        this.transactional = transactional;
    }

    /** To be sent with the record of that index. */
    Callback of(int index) {
        return (metadata, failure) -> {
            String word = failure instanceof KafkaException refusal ? Sends.refusal(refusal) : null;
            if (word != null) {
                add(index, word, failure);
            }
        };
    }

    private synchronized void add(int index, String word, Exception failure) {
        if (told.add(failure) || !transactional) {
            refused.put(index, word);
        }
    }

    /** By index a word why. */
    synchronized Map<Integer, String> all() {
        return new TreeMap<>(refused);
    }
}
