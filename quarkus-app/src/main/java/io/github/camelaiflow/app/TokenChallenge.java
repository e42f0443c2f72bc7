package io.github.camelaiflow.app;

import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;

/** Quarkus's own mechanisms, such as OpenID Connect's, whose refusal is a problem document. */
@Decorator
@Priority(Interceptor.Priority.APPLICATION)
abstract class TokenChallenge implements HttpAuthenticationMechanism {

    @Inject
    @Any
    @Delegate
    HttpAuthenticationMechanism mechanism;

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        return mechanism.sendChallenge(context).map(sent -> HttpProblems.challenged(context, sent));
    }
}
