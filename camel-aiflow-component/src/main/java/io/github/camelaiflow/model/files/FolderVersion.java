package io.github.camelaiflow.model.files;

import io.github.camelaiflow.model.ModelCard;
import java.nio.file.Path;

/**
 * A version in a versions folder, known by its card; whether its files are whole is another question.
 *
 * @param name the name of its folder
 * @param folder its folder
 * @param cardSha256 digest of the card's bytes: another card is another version
 * @param card what the card says
 */
public record FolderVersion(String name, Path folder, String cardSha256, ModelCard card) {

    /** The model file. */
    public Path file() {
        return folder.resolve(card.file());
    }

    /** The file of golden records; {@code null} if there is none. */
    Path golden() {
        return card.golden() == null || card.golden().file() == null
                ? null
                : folder.resolve(card.golden().file());
    }

    /** For messages. */
    @Override
    public String toString() {
        return file().toString();
    }
}
