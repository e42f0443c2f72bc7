package io.github.camelaiflow.model.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.VersionFolders;
import io.github.camelaiflow.model.ModelCard;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.files.VersionsFolder.Look;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionsFolderTest {

    private static final byte[] MODEL = VersionFolders.model(1);
    private static final ModelCard CARD = VersionFolders.card(MODEL);

    @TempDir
    Path temp;

    private Path root;
    private VersionsFolder folder;

    @BeforeEach
    void create() throws IOException {
        root = Files.createDirectories(temp.resolve("claims"));
        folder = new VersionsFolder(root);
    }

    private FolderVersion version(String name) {
        Look look = folder.look();
        assertThat(look.versions()).as("%s", look).containsKey(name);
        return look.versions().get(name);
    }

    @Test
    void aFolderWithACardIsAVersion() throws IOException {
        VersionFolders.write(root, "v1", MODEL, CARD);
        Files.createDirectories(root.resolve("v2"));
        Files.createDirectories(root.resolve(".staging"));
        Files.writeString(root.resolve("README"), "not a folder");

        Look look = folder.look();

        assertThat(look.versions()).containsOnlyKeys("v1");
        assertThat(look.waiting()).containsOnlyKeys("v2");
        assertThat(look.aliases()).isNull();
        assertThat(look.problem()).isNull();
        assertThat(folder.notReady(version("v1"))).isNull();
        assertThat(folder.model(version("v1"), 1 << 20)).isEqualTo(MODEL);
    }

    @Test
    void whatIsNotWholeIsNotReady() throws IOException {
        Path v1 = VersionFolders.write(root, "v1", new byte[0], CARD);
        Path model = v1.resolve("model.tribuo");
        assertThat(folder.notReady(version("v1"))).contains("has 0 bytes");
        Files.delete(model);
        assertThat(folder.notReady(version("v1"))).contains("is not there yet");
        Files.write(model, new byte[MODEL.length]);
        assertThat(folder.notReady(version("v1"))).contains("SHA-256");
        FileTime time = Files.getLastModifiedTime(model);
        Files.write(model, MODEL);
        Files.setLastModifiedTime(model, time);
        for (int i = 0; i < 15 && folder.notReady(version("v1")) != null; i++) {
            // a change that doesn't show is found within some looks
        }
        assertThat(folder.notReady(version("v1"))).isNull();
    }

    @Test
    void anotherCardIsAnotherVersion() {
        VersionFolders.write(root, "v1", MODEL, CARD);
        FolderVersion before = version("v1");
        assertThat(version("v1")).isEqualTo(before);
        VersionFolders.write(root, "v1", MODEL, CARD.named("claims", "v1"));
        assertThat(version("v1")).isNotEqualTo(before);
    }

    @Test
    void symbolicLinksMayNotLeadOutside() throws IOException {
        Path secret = Files.write(temp.resolve("secret"), MODEL);
        Path v1 = VersionFolders.write(root, "v1", MODEL, CARD);
        Files.delete(v1.resolve("model.tribuo"));
        Files.createSymbolicLink(v1.resolve("model.tribuo"), secret);
        assertThat(folder.notReady(version("v1"))).contains("must not lead outside");
        assertThatThrownBy(() -> folder.model(version("v1"), 1 << 20))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("must not lead outside");

        Files.createSymbolicLink(
                root.resolve("v2"), VersionFolders.write(temp.resolve("elsewhere"), "v2", MODEL, CARD));
        assertThat(folder.look().waiting().get("v2")).contains("must not lead outside");
        Files.createSymbolicLink(root.resolve("aliases.json"), secret);
        assertThat(folder.look().problem()).contains("must not lead outside");
    }

    @Test
    void linksInsideAreFine() throws IOException {
        VersionFolders.write(root, "v1", MODEL, CARD);
        Files.createSymbolicLink(root.resolve("current"), root.resolve("v1"));
        assertThat(folder.notReady(version("current"))).isNull();
    }

    @Test
    void hardLinksAreRefused() throws IOException {
        Path v1 = VersionFolders.write(root, "v1", MODEL, CARD);
        Files.createLink(temp.resolve("other"), v1.resolve("model.tribuo"));
        assertThat(folder.notReady(version("v1"))).contains("hard link");
    }

    @Test
    void aFolderInPlaceOfAFileIsNoVersion() throws IOException {
        Files.createDirectories(root.resolve("v1/card.json"));
        assertThat(folder.look().waiting().get("v1")).contains("must be a file");
    }

    @Test
    void whatIsTooLongIsNotRead() throws IOException {
        Path v1 = VersionFolders.write(root, "v1", MODEL, CARD);
        assertThatThrownBy(() -> folder.model(version("v1"), 10)).hasMessageContaining("at most 10 bytes");
        Files.write(v1.resolve("card.json"), new byte[ModelCards.MAX_CARD_BYTES + 1]);
        assertThat(folder.look().waiting().get("v1")).contains("at most");
    }

    @Test
    void theNumberOfFoldersIsBounded() throws IOException {
        for (int i = 0; i <= VersionsFolder.MAX_VERSIONS; i++) {
            Files.createDirectory(root.resolve("v" + i));
        }
        assertThat(folder.look().problem()).contains("at most " + VersionsFolder.MAX_VERSIONS);
    }

    @Test
    void aFolderThatIsNotThereIsAProblemUntilItIs() throws IOException {
        Files.delete(root);
        assertThat(folder.look().problem()).contains("must be a folder");
        VersionFolders.write(root, "v1", MODEL, CARD);
        assertThat(folder.look().problem()).isNull();
    }

    @Test
    void aliasesAreRead() throws IOException {
        Files.writeString(root.resolve("aliases.json"), "{\"champion\": \"v1\", \"challenger\": \"v2\"}");
        assertThat(folder.look().aliases()).containsEntry("champion", "v1").containsEntry("challenger", "v2");
        Files.writeString(root.resolve("aliases.json"), "{\"champion\": ");
        assertThat(folder.look().problem()).contains("aliases.json", "well-formed JSON");
    }

    @Test
    void aFileThatIsTooLongIsNotReadForItsDigest() throws IOException {
        long length = 1L << 40;
        ModelCard card = new ModelCard(
                null,
                null,
                null,
                "model.tribuo",
                length,
                CARD.sha256(),
                List.of(),
                List.of(),
                null,
                Map.of(),
                null,
                null,
                null,
                null,
                Map.of());
        Path v1 = VersionFolders.write(root, "v1", MODEL, card);
        sparse(v1.resolve("model.tribuo"), length);
        Path v2 = VersionFolders.write(
                root,
                "v2",
                MODEL,
                CARD.withGolden(new ModelCard.Golden("golden.json", CARD.sha256(), List.of(), 1e-6, 1)));
        sparse(v2.resolve("golden.json"), length);

        assertThat(folder.notReady(version("v1"))).contains("must have at most 536870912 bytes");
        assertThat(folder.notReady(version("v2"))).contains("golden.json must have at most 16777216 bytes");
    }

    private static void sparse(Path file, long length) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(length);
        }
    }
}
