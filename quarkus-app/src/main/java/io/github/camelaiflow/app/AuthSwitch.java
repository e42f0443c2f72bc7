package io.github.camelaiflow.app;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;

/**
 * What follows from {@value AuthMode#PROPERTY} in Quarkus's own configuration: its OpenID Connect is on for {@code oidc} alone, and with
 * {@code mtls} there is no port without TLS. Stands aside where these are set.
 */
public final class AuthSwitch implements ConfigSourceInterceptor {

    private static final long serialVersionUID = 1L;

    private static final String OIDC = "quarkus.oidc.tenant-enabled";
    private static final String OIDC_SERVER = "quarkus.oidc.auth-server-url";
    private static final String INSECURE = "quarkus.http.insecure-requests";

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        boolean ours = OIDC.equals(name) || INSECURE.equals(name);
        ConfigValue value = context.proceed(name);
        if (!ours || value != null && value.getConfigSourceOrdinal() > Integer.MIN_VALUE) {
            return value;
        }
        String mode = said(context, AuthMode.PROPERTY);
        if (OIDC.equals(name)) {
            // without a server the app refuses to start in its own words
            boolean on = "oidc".equals(mode) && !said(context, OIDC_SERVER).isBlank();
            return answer(name, Boolean.toString(on));
        }
        return "mtls".equals(mode) ? answer(name, "disabled") : value;
    }

    private static String said(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = context.proceed(name);
        return value == null || value.getValue() == null ? "" : value.getValue();
    }

    private static ConfigValue answer(String name, String value) {
        return ConfigValue.builder()
                .withName(name)
                .withValue(value)
                .withConfigSourceName(AuthSwitch.class.getSimpleName())
                .build();
    }
}
