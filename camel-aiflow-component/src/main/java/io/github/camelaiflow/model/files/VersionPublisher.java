package io.github.camelaiflow.model.files;

import io.github.camelaiflow.model.ModelCard;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** Puts a version into a folder of versions, whole or not at all. Stateless, thread-safe. */
public final class VersionPublisher {

    private static final int MOST_LEFT = 100;

    private VersionPublisher() {}

    /** Whether there is a version of that name, or anything else. */
    public static boolean exists(Path folder, String name) {
        return Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Writes model and card into a folder that no flow looks at, as its name starts with a dot, and renames it.
     *
     * @param folder the folder of versions; made if it is not there
     * @param name the version's name
     * @param card the card, which must name the file
     * @return whether it is new; no if there was one of that name, which stays as it is
     * @throws IOException if it cannot be written; nothing is left of it then
     */
    public static boolean publish(Path folder, String name, byte[] model, ModelCard card) throws IOException {
        if (exists(folder, name)) {
            return false;
        }
        Files.createDirectories(folder);
        Path draft = draft(folder, name);
        try {
            Files.write(draft.resolve(card.file()), model);
            Files.write(draft.resolve(ModelCards.FILE), ModelCards.write(card));
            Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            delete(draft);
            if (exists(folder, name)) {
                // somebody else's, who was quicker
                return false;
            }
            throw e;
        }
    }

    /** Another than what a process that was killed has left, or another node is writing. */
    private static Path draft(Path folder, String name) throws IOException {
        for (int i = 1; i < MOST_LEFT; i++) {
            try {
                return Files.createDirectory(folder.resolve("." + name + "." + i));
            } catch (FileAlreadyExistsException e) {
                // the next
            }
        }
        throw new IOException("the versions folder must not have so many drafts of one version, " + MOST_LEFT);
    }

    private static void delete(Path draft) throws IOException {
        try (Stream<Path> files = Files.list(draft)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(draft);
    }
}
