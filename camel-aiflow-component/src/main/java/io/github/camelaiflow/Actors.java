package io.github.camelaiflow;

import java.security.Principal;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;

/** Who acts, as a route or the application knows it; never what a message says. */
public final class Actors {

    /** Name of a bean, an {@code org.apache.camel.Expression}, that tells who acts, or {@code null} where it doesn't know. */
    public static final String BEAN = "aiflowActor";

    private Actors() {}

    /** Who acts, by exchange property {@value AiflowConstants#ACTOR}, or else by bean {@value #BEAN}; {@code null} if neither knows. Thread-safe. */
    public static String known(Exchange exchange) {
        Object said = exchange.getProperty(AiflowConstants.ACTOR);
        Expression bean = exchange.getContext().getRegistry().lookupByNameAndType(BEAN, Expression.class);
        if (said == null && bean != null) {
            said = bean.evaluate(exchange, String.class);
        }
        return said instanceof Principal principal ? principal.getName() : said == null ? null : said.toString();
    }
}
