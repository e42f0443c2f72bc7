package io.github.camelaiflow.claims.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.definition.DefinitionReader;
import io.github.camelaiflow.definition.FlowDefinition;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class DemoDefinitionTest {

    private static FlowDefinition read(String name) throws IOException {
        try (InputStream in = DemoDefinitionTest.class.getResourceAsStream(name)) {
            return DefinitionReader.read("claims", "classpath:" + name, in.readAllBytes());
        }
    }

    @Test
    void onlyTheDemoHasACanary() throws IOException {
        FlowDefinition shipped = read("/aiflow/claims.yaml");
        FlowDefinition demo = read("/aiflow-demo/claims.yaml");

        assertThat(shipped.rollout().canary()).isNull();
        assertThat(demo.rollout().canary().model()).isEqualTo("v3");
        assertThat(demo.rollout().serve()).isEqualTo(shipped.rollout().serve());
        assertThat(demo.models()).containsKeys("v1", "v3", "rules");
    }

    @Test
    void aDefinitionThatHasBecomeAnotherStopsTheBuild() {
        assertThatThrownBy(() -> DemoDefinition.of("flow: claims\n"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("claims-v1.tribuo");
    }
}
