package io.github.camelaiflow.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TracingSwitchTest {

    private static final String SWITCH = "quarkus.otel.sdk.disabled";
    private static final String ENDPOINT = "quarkus.otel.exporter.otlp.endpoint";

    @Test
    void tracingIsOffWithoutAnEndpoint() {
        assertThat(disabled(Map.of())).isTrue();
    }

    @Test
    void anEndpointTurnsItOn() {
        assertThat(disabled(Map.of(ENDPOINT, "http://collector:4317"))).isFalse();
    }

    @Test
    void whoSetsTheSwitchIsObeyed() {
        assertThat(disabled(Map.of(ENDPOINT, "http://collector:4317", SWITCH, "true")))
                .isTrue();
        assertThat(disabled(Map.of(SWITCH, "false"))).isFalse();
    }

    private static boolean disabled(Map<String, String> properties) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withInterceptors(new TracingSwitch())
                .withDefaultValue(SWITCH, "false")
                .withDefaultValue(ENDPOINT, "http://localhost:4317")
                .withSources(new io.smallrye.config.PropertiesConfigSource(properties, "test", 100))
                .build();
        return config.getValue(SWITCH, Boolean.class);
    }
}
