package io.github.camelaiflow.app;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;

/**
 * Turns OpenTelemetry on where an endpoint to send to is configured, and leaves it off otherwise; without this it would send to
 * localhost and log that nobody answers. Stands aside where {@value #SWITCH} is set.
 */
public final class TracingSwitch implements ConfigSourceInterceptor {

    private static final long serialVersionUID = 1L;

    private static final String SWITCH = "quarkus.otel.sdk.disabled";
    private static final String[] ENDPOINTS = {
        "quarkus.otel.exporter.otlp.endpoint",
        "quarkus.otel.exporter.otlp.traces.endpoint",
        "otel.exporter.otlp.endpoint",
        "otel.exporter.otlp.traces.endpoint"
    };

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = context.proceed(name);
        boolean set = value != null && value.getConfigSourceOrdinal() > Integer.MIN_VALUE;
        if (!SWITCH.equals(name) || set) {
            return value;
        }
        boolean endpoint = false;
        for (String candidate : ENDPOINTS) {
            ConfigValue configured = context.proceed(candidate);
            endpoint |= configured != null
                    && configured.getValue() != null
                    && !configured.getValue().isBlank()
                    && configured.getConfigSourceOrdinal() > Integer.MIN_VALUE;
        }
        return ConfigValue.builder()
                .withName(SWITCH)
                .withValue(Boolean.toString(!endpoint))
                .withConfigSourceName(TracingSwitch.class.getSimpleName())
                .build();
    }
}
