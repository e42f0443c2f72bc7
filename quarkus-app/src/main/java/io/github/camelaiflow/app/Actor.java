package io.github.camelaiflow.app;

import io.quarkus.arc.Unremovable;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExpressionAdapter;

/** Who has signed in, for what is recorded about an action; {@code null} where nobody has to. */
@Singleton
@Unremovable
@Named("aiflowActor")
public class Actor extends ExpressionAdapter {

    private static final String USER = "CamelVertxPlatformHttpAuthenticatedUser";

    @Override
    public Object evaluate(Exchange exchange) {
        return exchange.getMessage().getHeader(USER) instanceof QuarkusHttpUser user
                        && !user.getSecurityIdentity().isAnonymous()
                ? user.getSecurityIdentity().getPrincipal().getName()
                : null;
    }
}
