package io.github.camelaiflow.model.files;

import io.github.camelaiflow.data.Sha256;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A folder of versions: each sub-folder with a card is a version of that name. It is read while others write it, so what is not
 * whole is not there yet, and nothing of it is trusted: every path is resolved with its links and must stay inside, hard links
 * are refused, numbers and sizes are bounded. Sub-folders whose names start with a dot or another sign are left alone. Thread-safe.
 */
public final class VersionsFolder {

    /** More sub-folders than this are refused. */
    public static final int MAX_VERSIONS = 1000;

    /** The file that says what aliases stand for. */
    public static final String ALIASES = "aliases.json";

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,127}");

    private final Path folder;
    private final FileDigests digests = new FileDigests();
    private Map<String, FolderVersion> last = Map.of();

    /** The folder, which need not be there yet. */
    public VersionsFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * What the folder holds now.
     *
     * @param versions those with a card, by name, in order
     * @param waiting why a sub-folder is no version yet, by name
     * @param aliases versions by alias; {@code null} if the folder doesn't say
     * @param problem what is wrong with the folder as a whole or with its aliases; {@code null} for nothing
     */
    public record Look(
            Map<String, FolderVersion> versions,
            Map<String, String> waiting,
            Map<String, String> aliases,
            String problem) {}

    /** Looks at the folder and its cards, not at the models. */
    public synchronized Look look() {
        Map<String, FolderVersion> versions = new TreeMap<>();
        Map<String, String> waiting = new TreeMap<>();
        Map<String, String> aliases = null;
        String problem = null;
        try {
            Path root = folder.toRealPath();
            for (String name : names(root)) {
                version(root, name, versions, waiting);
            }
            aliases = aliases(root);
        } catch (IOException e) {
            problem = folder + " must be a folder that can be read";
        } catch (ModelException e) {
            problem = e.getMessage();
        }
        last = versions;
        return new Look(Collections.unmodifiableMap(versions), Collections.unmodifiableMap(waiting), aliases, problem);
    }

    private static List<String> names(Path root) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (NAME.matcher(name).matches() && Files.isDirectory(entry)) {
                    names.add(name);
                }
                if (names.size() > MAX_VERSIONS) {
                    throw new ModelException(
                            false,
                            "a versions folder must hold at most " + MAX_VERSIONS + " folders, " + root + " has more");
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    private void version(Path root, String name, Map<String, FolderVersion> versions, Map<String, String> waiting) {
        Path sub = root.resolve(name);
        Path card = sub.resolve(ModelCards.FILE);
        String refused = Files.exists(card, LinkOption.NOFOLLOW_LINKS) ? notContained(root, card) : "has no card yet";
        if (refused != null) {
            waiting.put(name, refused.startsWith("has") ? refused : ModelCards.FILE + " " + refused);
            return;
        }
        try {
            byte[] bytes = read(card, ModelCards.MAX_CARD_BYTES);
            String sha256 = Sha256.of(bytes);
            FolderVersion before = last.get(name);
            boolean same = before != null && before.cardSha256().equals(sha256);
            versions.put(
                    name,
                    same ? before : new FolderVersion(name, sub, sha256, CardReader.card(card.toString(), bytes)));
        } catch (IOException e) {
            waiting.put(name, ModelCards.FILE + " cannot be read");
        } catch (ModelException e) {
            waiting.put(name, e.getMessage());
        }
    }

    private static Map<String, String> aliases(Path root) throws IOException {
        Path file = root.resolve(ALIASES);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        String refused = notContained(root, file);
        if (refused != null) {
            throw new ModelException(false, file + " " + refused);
        }
        return Collections.unmodifiableMap(
                new LinkedHashMap<>(CardReader.aliases(file.toString(), read(file, ModelCards.MAX_CARD_BYTES))));
    }

    /**
     * Whether a version's files are whole: there, as long as the card says, and of its digest, which is remembered.
     *
     * @return {@code null} if they are, else what is wrong
     */
    public String notReady(FolderVersion version) {
        try {
            Path root = folder.toRealPath();
            String model = notReady(
                    root,
                    version.file(),
                    version.card().length(),
                    version.card().sha256(),
                    ModelSpec.DEFAULT_MAX_BYTES);
            if (model != null) {
                return version.card().file() + " " + model;
            }
            String golden = version.golden() == null
                    ? null
                    : notReady(
                            root, version.golden(), -1, version.card().golden().sha256(), ModelCards.MAX_GOLDEN_BYTES);
            return golden == null ? null : version.card().golden().file() + " " + golden;
        } catch (IOException e) {
            return "cannot be read";
        }
    }

    private String notReady(Path root, Path file, long length, String sha256, long mostBytes) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return "is not there yet";
        }
        String refused = notContained(root, file);
        if (refused == null && Files.size(file) > mostBytes) {
            // before its digest, for which a file without an end would keep whoever looks
            return "must have at most " + mostBytes + " bytes";
        }
        return refused == null ? digests.problem(file.toRealPath(), length, sha256) : refused;
    }

    /** {@code null} if the file is one inside the folder, links resolved. */
    private static String notContained(Path root, Path file) {
        try {
            Path real = file.toRealPath();
            if (!real.startsWith(root)) {
                return "must not lead outside the versions folder";
            }
            if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
                return "must be a file";
            }
            return hardLinks(real) > 1 ? "must not be a hard link, which could lead anywhere" : null;
        } catch (IOException e) {
            return "cannot be read";
        }
    }

    private static int hardLinks(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? (Integer) Files.getAttribute(file, "unix:nlink")
                : 1;
    }

    /**
     * The bytes of the model file, to be checked by {@link VersionLoader}.
     *
     * @throws ModelException if it isn't there, leads outside, or is longer than that
     */
    public byte[] model(FolderVersion version, long mostBytes) {
        return contained(version.file(), mostBytes);
    }

    /** The bytes of the file of golden records; {@code null} if the card names none. */
    public byte[] golden(FolderVersion version) {
        return version.golden() == null ? null : contained(version.golden(), ModelCards.MAX_GOLDEN_BYTES);
    }

    private byte[] contained(Path file, long mostBytes) {
        try {
            String refused = notContained(folder.toRealPath(), file);
            if (refused != null) {
                throw new ModelException(false, file + " " + refused);
            }
            return read(file.toRealPath(), mostBytes);
        } catch (IOException e) {
            throw new ModelException(true, file + " must be there and readable");
        }
    }

    private static byte[] read(Path file, long mostBytes) throws IOException {
        try (InputStream in = FileDigests.open(file.toRealPath())) {
            byte[] bytes = in.readNBytes((int) Math.min(mostBytes + 1, Integer.MAX_VALUE - 8));
            if (bytes.length > mostBytes) {
                throw ModelException.unfit(file.toString(), List.of("it must have at most " + mostBytes + " bytes"));
            }
            return bytes;
        }
    }
}
