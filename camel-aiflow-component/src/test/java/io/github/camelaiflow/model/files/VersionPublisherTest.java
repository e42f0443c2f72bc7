package io.github.camelaiflow.model.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.VersionFolders;
import io.github.camelaiflow.model.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version is there whole, or not at all. */
class VersionPublisherTest {

    private static final byte[] MODEL = VersionFolders.model(1);
    private static final ModelCard CARD = VersionFolders.card(MODEL);

    @TempDir
    Path temp;

    private static Stream<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    @Test
    void aPublishedVersionIsWholeAndItsNameIsTakenOnce() throws IOException {
        Path folder = temp.resolve("models/claims");

        assertThat(VersionPublisher.publish(folder, "v2", MODEL, CARD)).isTrue();
        assertThat(VersionPublisher.publish(folder, "v2", VersionFolders.model(2), CARD))
                .isFalse();

        VersionsFolder versions = new VersionsFolder(folder);
        FolderVersion published = versions.look().versions().get("v2");
        assertThat(published.card()).isEqualTo(CARD);
        assertThat(versions.notReady(published)).isNull();
        assertThat(names(folder)).containsExactly("v2");
    }

    @Test
    void whatAKilledProcessLeftIsInNobodysWay() throws IOException {
        Files.createDirectories(temp.resolve(".v2.1"));

        assertThat(VersionPublisher.publish(temp, "v2", MODEL, CARD)).isTrue();

        assertThat(new VersionsFolder(temp).look().versions()).containsOnlyKeys("v2");
    }

    @Test
    void nothingIsLeftOfAVersionThatCannotBeWritten() throws IOException {
        ModelCard deep = new ModelCard(
                null,
                null,
                null,
                "no/such/folder.tribuo",
                1,
                CARD.sha256(),
                CARD.features(),
                CARD.labels(),
                null,
                CARD.metrics(),
                null,
                null,
                null,
                null,
                CARD.more());

        assertThatThrownBy(() -> VersionPublisher.publish(temp, "v2", MODEL, deep))
                .isInstanceOf(IOException.class);

        assertThat(names(temp)).isEmpty();
    }
}
