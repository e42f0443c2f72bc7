package io.github.camelaiflow.app;

import io.quarkus.vertx.http.security.HttpSecurity;
import io.quarkus.vertx.http.security.HttpSecurity.HttpPermission;
import io.vertx.core.http.ClientAuth;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.function.UnaryOperator;
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
        UnaryOperator<HttpPermission> proof =
                switch (settings.mode()) {
                    case BASIC -> {
                        users.load(settings.users());
                        http.mechanism(new PasswordChallenge());
                        yield HttpPermission::basic;
                    }
                    case MTLS -> {
                        http.mTLS(ClientAuth.REQUIRED);
                        yield HttpPermission::mTLS;
                    }
                    default -> HttpPermission::bearer;
                };
        if (settings.inTheClear()) {
            LOG.warn("Passwords and tokens come without TLS: let only what ends TLS reach this port, or configure"
                    + " quarkus.tls");
        }
        rules(http, proof, settings.showValues());
    }

    /** @param proof names the one way that callers prove who they are by: no other is taken, nor offered */
    private static void rules(HttpSecurity http, UnaryOperator<HttpPermission> proof, boolean showValues) {
        String[] lookers = {Roles.OPERATOR, Roles.STEERING};
        proof.apply(http.post("/claims")).roles(Roles.SCORER);
        proof.apply(http.path("/v2", "/v2/*")).roles(Roles.SCORER);
        proof.apply(http.post("/claims/labels", "/rollout/claims/labels")).roles(Roles.FEEDBACK);
        proof.apply(http.get("/claims/quality", "/quality/claims", "/drift/claims"))
                .roles(lookers);
        proof.apply(http.get("/rollout/claims", "/rollout/claims/decisions", "/q/metrics"))
                .roles(lookers);
        proof.apply(http.get("/validation/claims")).roles(showValues ? new String[] {Roles.STEERING} : lookers);
        proof.apply(http.post("/rollout/claims/promote", "/rollout/claims/rollback"))
                .roles(Roles.STEERING);
        proof.apply(http.post("/rollout/claims/pause", "/rollout/claims/resume"))
                .roles(Roles.STEERING);
        proof.apply(http.get("/claims/dead-letters", "/claims/dead-letters/*")).roles(lookers);
        proof.apply(http.post("/claims/dead-letters/*")).roles(Roles.STEERING);
        // the record itself
        proof.apply(http.path("/claims/dead-letters/*/payload", "/claims/dead-letters/*/payload/*"))
                .roles(Roles.STEERING);
        proof.apply(http.get("/openapi")).roles(Roles.ALL.toArray(String[]::new));
        // probes have no credentials, and health tells no value
        http.get("/q/health", "/q/health/*").permit();
        proof.apply(http.path("/*")).authorization().deny();
    }
}
