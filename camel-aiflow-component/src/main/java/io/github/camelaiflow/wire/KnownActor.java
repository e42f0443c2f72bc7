package io.github.camelaiflow.wire;

import io.github.camelaiflow.Actors;
import io.github.camelaiflow.AiflowConstants;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Keeps who acts in exchange property {@value AiflowConstants#ACTOR}, if bean {@value #BEAN} knows: before a route removes the headers that tell
 * it. What stands in that property already stays. Thread-safe.
 */
public final class KnownActor implements Processor {

    /** Name of a bean, an {@code org.apache.camel.Expression}, that tells who acts, or {@code null} where it doesn't know. */
    public static final String BEAN = Actors.BEAN;

    @Override
    public void process(Exchange exchange) {
        String known = of(exchange);
        if (known != null) {
            exchange.setProperty(AiflowConstants.ACTOR, known);
        }
    }

    /** Who acts, as the route or the bean knows; {@code null} if neither does. */
    public static String of(Exchange exchange) {
        return Actors.known(exchange);
    }
}
