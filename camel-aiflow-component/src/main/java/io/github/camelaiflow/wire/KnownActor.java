package io.github.camelaiflow.wire;

import io.github.camelaiflow.Actors;
import io.github.camelaiflow.AiflowConstants;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Keeps who acts in exchange property {@value AiflowConstants#ACTOR}, if bean {@value Actors#BEAN} knows: before a route removes the headers that tell
 * it. What stands in that property already stays. Thread-safe.
 */
public final class KnownActor implements Processor {

    @Override
    public void process(Exchange exchange) {
        String known = Actors.known(exchange);
        if (known != null) {
            exchange.setProperty(AiflowConstants.ACTOR, known);
        }
    }
}
