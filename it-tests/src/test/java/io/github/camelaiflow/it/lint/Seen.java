package io.github.camelaiflow.it.lint;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** What became visible, in order. */
final class Seen implements Processor {

    private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();

    @Override
    public void process(Exchange exchange) {
        seen.add(exchange.getMessage().getBody(String.class));
    }

    List<String> all() {
        return List.copyOf(seen);
    }

    int size() {
        return seen.size();
    }

    boolean has(String record) {
        return seen.contains(record);
    }
}
