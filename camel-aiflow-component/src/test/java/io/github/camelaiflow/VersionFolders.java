package io.github.camelaiflow;

import io.github.camelaiflow.model.ModelCard;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.files.ModelCards;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** Versions of tiny models in a folder, published as the docs say: the card last, or the whole folder by renaming. */
public final class VersionFolders {

    private VersionFolders() {}

    /** A trained model's bytes. */
    public static byte[] model(long seed) {
        return TinyModels.train(seed).serialize().toByteArray();
    }

    /** Its card, with golden records. */
    public static ModelCard card(byte[] model) {
        List<Map<String, Object>> golden =
                List.of(TinyModels.claim("a", 0.95, "theft"), TinyModels.claim("b", 0.05, "fire"));
        return ModelCards.describe("model.tribuo", ModelSpec.of("model.tribuo"), model, golden);
    }

    /** A version with its model, then its card. */
    public static Path write(Path versions, String name, byte[] model, ModelCard card) {
        try {
            Path folder = Files.createDirectories(versions.resolve(name));
            Files.write(folder.resolve("model.tribuo"), model);
            Files.write(folder.resolve("card.json"), ModelCards.write(card));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A version of a model trained with that seed. */
    public static Path write(Path versions, String name, long seed) {
        byte[] model = model(seed);
        return write(versions, name, model, card(model));
    }

    /** Aliases, replaced at once. */
    public static void aliases(Path versions, String json) {
        try {
            Path fresh = Files.writeString(versions.resolve(".aliases"), json);
            Files.move(fresh, versions.resolve("aliases.json"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
