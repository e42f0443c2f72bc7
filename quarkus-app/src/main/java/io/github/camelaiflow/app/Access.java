package io.github.camelaiflow.app;

import io.quarkus.vertx.http.security.HttpSecurity;
import io.vertx.core.http.ClientAuth;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/**
 * Who may call what over HTTP. What is not named here is denied, also paths that come with a later version; a path of one's own routes is
 * opened with {@code quarkus.http.auth.permission…}. The path is the one that requests are dispatched by.
 */
@ApplicationScoped
class Access {

    private static final Logger LOG = Logger.getLogger(Access.class);

    @Inject
    PasswordUsers users;

    /** @throws IllegalStateException if it is configured so that the app must not start */
    void configure(@Observes HttpSecurity http) {
        AuthSettings settings = AuthSettings.read(ConfigProvider.getConfig());
        settings.check();
        if (settings.mode() == AuthMode.NONE) {
            return;
        }
        switch (settings.mode()) {
            case BASIC -> {
                users.load(settings.users());
                http.basic("claims");
            }
            case MTLS -> http.mTLS(ClientAuth.REQUIRED);
            default -> LOG.debug("OpenID Connect is set up by Quarkus");
        }
        if (settings.inTheClear()) {
            LOG.warn("Passwords and tokens come without TLS: let only what ends TLS reach this port, or configure"
                    + " quarkus.tls");
        }
        rules(http, settings.showValues());
    }

    private static void rules(HttpSecurity http, boolean showValues) {
        http.post("/claims").roles(Roles.SCORER);
        http.path("/v2", "/v2/*").roles(Roles.SCORER);
        http.post("/claims/labels", "/rollout/claims/labels").roles(Roles.FEEDBACK);
        http.get(
                        "/claims/quality",
                        "/quality/claims",
                        "/drift/claims",
                        "/rollout/claims",
                        "/rollout/claims/decisions",
                        "/q/metrics")
                .roles(Roles.OPERATOR, Roles.STEERING);
        String[] lookers = showValues ? new String[] {Roles.STEERING} : new String[] {Roles.OPERATOR, Roles.STEERING};
        http.get("/validation/claims").roles(lookers);
        http.post(
                        "/rollout/claims/promote",
                        "/rollout/claims/rollback",
                        "/rollout/claims/pause",
                        "/rollout/claims/resume")
                .roles(Roles.STEERING);
        // they hold the records themselves
        http.path("/dead-letters", "/dead-letters/*").roles(Roles.STEERING);
        http.get("/openapi").roles(Roles.ALL.toArray(String[]::new));
        // probes have no credentials, and health tells no value
        http.get("/q/health", "/q/health/*").permit();
        http.path("/*").authorization().deny();
    }
}
