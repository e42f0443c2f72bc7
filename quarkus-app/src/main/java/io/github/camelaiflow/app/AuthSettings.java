package io.github.camelaiflow.app;

import io.quarkus.runtime.LaunchMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * What the configuration says about who may call, and whether the app may start with it.
 *
 * @param properties names and values of what is looked at; a value that cannot be resolved counts as not said
 * @param production whether the app runs as built, not in tests or development
 */
record AuthSettings(AuthMode mode, Map<String, String> properties, boolean production) {

    private static final String USERS = "claims.auth.users";
    private static final String NONE_ACCEPTED = "claims.auth.none-accepted";
    private static final String OIDC_SERVER = "quarkus.oidc.auth-server-url";
    private static final String HOST = "quarkus.http.host";
    private static final String CERTIFICATE_ROLES = "quarkus.http.auth.certificate-role-properties";
    private static final String TLS_NAME = "quarkus.http.tls-configuration-name";
    private static final String JOLOKIA_HOST = "quarkus.camel.jolokia.server.host";
    private static final String JOLOKIA_ACCEPTED = "claims.jolokia.remote-accepted";
    private static final String JOLOKIA_ENABLED = "quarkus.camel.jolokia.enabled";
    private static final String SHOW_VALUES = "claims.show-values";
    private static final String INSECURE = "quarkus.http.insecure-requests";
    private static final String TRUST_ALL = "trust-all";
    private static final Pattern KEYS =
            Pattern.compile("key-store\\.(pem|p12|jks)\\.|certificate\\.(key-store-file|files|key-files)");
    private static final Pattern TRUST =
            Pattern.compile("trust-store\\.(pem|p12|jks)\\.|certificate\\.trust-store-(file|cert)s?$");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "[::1]", "0:0:0:0:0:0:0:1");
    private static final List<String> LOOKED_AT =
            List.of("claims.", "quarkus.http.", "quarkus.oidc.", "quarkus.tls.", "quarkus.camel.jolokia.");
    private static final List<String> ASKED_FOR =
            List.of(NONE_ACCEPTED, SHOW_VALUES, JOLOKIA_ACCEPTED, OIDC_SERVER, CERTIFICATE_ROLES, TLS_NAME, INSECURE);

    static AuthSettings read(Config config) {
        return read(config, LaunchMode.current() == LaunchMode.NORMAL);
    }

    static AuthSettings read(Config config, boolean production) {
        Map<String, String> properties = new HashMap<>();
        for (String name : config.getPropertyNames()) {
            if (LOOKED_AT.stream().anyMatch(name::startsWith)) {
                config.getOptionalValue(name, String.class).ifPresent(value -> properties.put(name, value));
            }
        }
        // a name with a dash that stands in an environment variable alone is known only to who asks for it
        String bucket = bucket(config.getOptionalValue(TLS_NAME, String.class).orElse(""));
        Stream.concat(ASKED_FOR.stream(), Stream.of(bucket + TRUST_ALL))
                .forEach(name ->
                        config.getOptionalValue(name, String.class).ifPresent(value -> properties.put(name, value)));
        AuthMode mode = AuthMode.of(properties.getOrDefault(AuthMode.PROPERTY, "none"));
        return new AuthSettings(mode, Map.copyOf(properties), production);
    }

    /** @throws IllegalStateException naming the property, what it must be, and the mend */
    void check() {
        checkJolokia();
        switch (mode) {
            case NONE -> checkNone();
            case BASIC ->
                require(
                        !said(USERS).isBlank(),
                        USERS + " must name the file of users for " + AuthMode.PROPERTY + "=basic");
            case OIDC ->
                require(
                        !said(OIDC_SERVER).isBlank(),
                        OIDC_SERVER + " must be the provider's address for " + AuthMode.PROPERTY + "=oidc");
            case MTLS -> checkMtls();
        }
    }

    private void checkNone() {
        boolean outside = production && !LOOPBACK.contains(said(HOST));
        require(
                !outside || Boolean.parseBoolean(said(NONE_ACCEPTED)),
                HOST + " must be a loopback address while " + AuthMode.PROPERTY
                        + " is none: choose basic, oidc or mtls, or say " + NONE_ACCEPTED
                        + "=true if something before the app asks callers who they are");
    }

    private void checkMtls() {
        String bucket = bucket(said(TLS_NAME));
        List<String> stores = stores(KEYS);
        boolean trusts = stores(TRUST).stream().anyMatch(stores::contains);
        require(!stores.isEmpty(), bucket + "key-store must be configured for " + AuthMode.PROPERTY + "=mtls");
        require(
                trusts,
                bucket + "trust-store must be configured for " + AuthMode.PROPERTY
                        + "=mtls, with the authorities that sign clients");
        require(
                !Boolean.parseBoolean(said(bucket + TRUST_ALL)),
                bucket + TRUST_ALL + " must not be true: any certificate would do");
        require(
                !said(CERTIFICATE_ROLES).isBlank(),
                CERTIFICATE_ROLES + " must name the file that gives certificates' names their roles for "
                        + AuthMode.PROPERTY + "=mtls");
        String insecure = said(INSECURE);
        require(
                insecure.isBlank() || insecure.equalsIgnoreCase("disabled"),
                INSECURE + " must be disabled for " + AuthMode.PROPERTY + "=mtls");
    }

    private void checkJolokia() {
        boolean off = said(JOLOKIA_ENABLED).equals("false");
        require(
                off || LOOPBACK.contains(said(JOLOKIA_HOST)) || Boolean.parseBoolean(said(JOLOKIA_ACCEPTED)),
                JOLOKIA_HOST
                        + " must be a loopback address: Jolokia asks nobody who they are and does whatever JMX can; go through a"
                        + " tunnel, or say " + JOLOKIA_ACCEPTED + "=true");
    }

    /** Whether passwords or tokens reach a port of other machines without TLS. */
    boolean inTheClear() {
        return production && mode != AuthMode.NONE && stores(KEYS).isEmpty() && !LOOPBACK.contains(said(HOST));
    }

    /**
     * Under which of the server's own prefixes such a store is named, and not only how it would be used: of that Quarkus itself says
     * something. Other TLS configurations are those of clients.
     */
    private List<String> stores(Pattern store) {
        String name = said(TLS_NAME);
        return (name.isBlank() ? List.of(bucket(name), "quarkus.http.ssl.") : List.of(bucket(name)))
                .stream()
                        .filter(prefix -> properties.keySet().stream()
                                .anyMatch(property -> property.startsWith(prefix)
                                        && store.matcher(property.substring(prefix.length()))
                                                .lookingAt()))
                        .toList();
    }

    String users() {
        return said(USERS);
    }

    boolean showValues() {
        return Boolean.parseBoolean(said(SHOW_VALUES));
    }

    private static String bucket(String name) {
        String quoted = name.contains(".") ? '"' + name + '"' : name;
        return name.isBlank() ? "quarkus.tls." : "quarkus.tls." + quoted + ".";
    }

    private String said(String name) {
        return properties.getOrDefault(name, "");
    }

    private static void require(boolean met, String requirement) {
        if (!met) {
            throw new IllegalStateException(requirement);
        }
    }
}
