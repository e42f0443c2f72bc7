package io.github.camelaiflow.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.Actors;
import io.github.camelaiflow.AiflowConstants;
import java.security.Principal;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.builder.ExpressionBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who acts is the route's or a bean's to say, and no message's. */
class KnownActorTest {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Exchange exchange = new DefaultExchange(context);

    @AfterEach
    void stop() {
        context.stop();
    }

    private Object kept() {
        new KnownActor().process(exchange);
        return exchange.getProperty(AiflowConstants.ACTOR);
    }

    @Test
    void nobodyIsKnownByWhatAMessageSays() {
        exchange.getMessage().setHeader(AiflowConstants.ACTOR, "mallory");
        exchange.getMessage().setHeader("actor", "mallory");

        assertThat(kept()).isNull();
        assertThat(Actors.known(exchange)).isNull();
    }

    @Test
    void theBeanKnows() {
        context.getRegistry().bind(Actors.BEAN, ExpressionBuilder.headerExpression("signed-in"));

        assertThat(kept()).as("nobody signed in").isNull();
        exchange.getMessage().setHeader("signed-in", "olga");
        assertThat(kept()).isEqualTo("olga");
    }

    @Test
    void whatTheRouteSetComesFirst() {
        context.getRegistry().bind(Actors.BEAN, ExpressionBuilder.constantExpression("bean"));
        exchange.setProperty(AiflowConstants.ACTOR, (Principal) () -> "olga");

        assertThat(kept()).isEqualTo("olga");
    }
}
