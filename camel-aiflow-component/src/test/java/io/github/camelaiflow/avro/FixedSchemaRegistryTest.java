package io.github.camelaiflow.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixedSchemaRegistryTest {

    @TempDir
    private Path directory;

    @Test
    void filesAreKnownByTheNumberTheyAreNamedBy() throws IOException {
        Files.writeString(directory.resolve("7.avsc"), Samples.V1.toString());
        Files.writeString(directory.resolve("0012.avsc"), Samples.V2.toString());
        Files.writeString(directory.resolve("claim.avsc"), "not looked at");
        Files.writeString(directory.resolve("readme.txt"), "not looked at");
        SchemaRegistry registry = SchemaRegistry.ofDirectory(directory);
        assertThat(registry.byId(7)).contains(Samples.V1);
        assertThat(registry.byId(12)).contains(Samples.V2);
        assertThat(registry.byId(1)).isEmpty();
    }

    @Test
    void allBadFilesAreNamedAtOnce() throws IOException {
        Files.writeString(directory.resolve("1.avsc"), "{");
        Files.writeString(directory.resolve("2.avsc"), "{\"type\":\"record\"}");
        Files.writeString(directory.resolve("3.avsc"), Samples.V1.toString());
        Files.write(directory.resolve("4.avsc"), new byte[(1 << 20) + 1]);
        assertThatThrownBy(() -> SchemaRegistry.ofDirectory(directory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("1.avsc", "2.avsc", "4.avsc is larger")
                .hasMessageNotContaining("3.avsc");
    }

    @Test
    void aDirectoryThatIsNotThereIsSaidSo() {
        Path absent = directory.resolve("absent");
        assertThatThrownBy(() -> SchemaRegistry.ofDirectory(absent))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be readable");
    }

    @Test
    void noneKnowsNothing() {
        assertThat(SchemaRegistry.none().byId(1)).isEmpty();
    }
}
