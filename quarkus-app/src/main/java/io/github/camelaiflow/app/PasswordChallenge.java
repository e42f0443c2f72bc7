package io.github.camelaiflow.app;

import io.quarkus.vertx.http.runtime.security.BasicAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** HTTP basic, whose refusal is a problem document. */
final class PasswordChallenge extends BasicAuthenticationMechanism {

    PasswordChallenge() {
        super("claims", false);
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        return super.sendChallenge(context).map(sent -> HttpProblems.challenged(context, sent));
    }
}
