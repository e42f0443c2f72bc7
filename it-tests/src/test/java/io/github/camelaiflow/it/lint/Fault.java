package io.github.camelaiflow.it.lint;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Fails for one record, so many times. */
final class Fault implements Processor {

    private final String record;
    private final AtomicInteger left;

    Fault(String record, int times) {
        this.record = record;
        this.left = new AtomicInteger(times);
    }

    static Fault once(String record) {
        return new Fault(record, 1);
    }

    static Fault always(String record) {
        return new Fault(record, Integer.MAX_VALUE);
    }

    @Override
    public void process(Exchange exchange) {
        if (record.equals(exchange.getMessage().getBody(String.class)) && left.getAndDecrement() > 0) {
            throw new IllegalStateException("planted fault");
        }
    }
}
