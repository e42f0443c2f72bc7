package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.definition.DefinitionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowResourcesTest {

    private static final int LENGTH = 3 << 20;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private FlowResources resources;
    private String large;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        context.start();
        resources = new FlowResources(context.getComponent("aiflow", AiflowComponent.class));
        Path file = folder.resolve("large");
        Files.write(file, new byte[LENGTH]);
        large = "file:" + file;
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void aLargeResourceIsReadToItsEnd() {
        assertThat(resources.read(large, LENGTH)).hasSize(LENGTH);
        assertThat(resources.read(large, Long.MAX_VALUE - 1)).hasSize(LENGTH);
    }

    @Test
    void aResourceAboveTheLimitIsRefusedNotCutShort() {
        assertThatThrownBy(() -> resources.read(large, LENGTH - 1))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("must not exceed " + (LENGTH - 1) + " bytes");
    }

    @Test
    void aDefinitionIsRefusedBeforeAllOfItIsRead() {
        assertThatThrownBy(() -> resources.definition("large", large))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("must not exceed");
    }
}
