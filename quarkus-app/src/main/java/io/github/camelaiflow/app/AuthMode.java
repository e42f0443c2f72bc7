package io.github.camelaiflow.app;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How callers of the app prove who they are, by property {@value #PROPERTY}. */
enum AuthMode {
    /** Not at all: everybody who reaches the port may do everything. */
    NONE,
    /** By name and password, HTTP basic, from a file of users. */
    BASIC,
    /** By a bearer token of an OpenID Connect provider. */
    OIDC,
    /** By a certificate of the client. */
    MTLS;

    static final String PROPERTY = "claims.auth";

    /** @throws IllegalArgumentException naming what can be said */
    static AuthMode of(String said) {
        return Arrays.stream(values())
                .filter(mode -> mode.toString().equals(said))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(PROPERTY + " must be one of "
                        + Arrays.stream(values()).map(AuthMode::toString).collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
