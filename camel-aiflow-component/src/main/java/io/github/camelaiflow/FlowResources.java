package io.github.camelaiflow;

import io.github.camelaiflow.definition.DefinitionException;
import io.github.camelaiflow.definition.DefinitionReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * Loads what endpoints and definitions name. An endpoint's resource is the route author's and resolved as everywhere in
 * Camel; a definition is only trusted with files beside it, the class path, and the component's models directory.
 */
final class FlowResources {

    private static final List<String> EXTENSIONS = List.of(".yaml", ".yml", ".json");

    private final CamelContext context;
    private final AiflowComponent component;

    FlowResources(AiflowComponent component) {
        this.context = component.getCamelContext();
        this.component = component;
    }

    /** Bytes, and the resource they came from. */
    record Loaded(String place, byte[] bytes) {}

    /**
     * The definition of a flow; {@code null} if none was named and there is none in the usual place.
     *
     * @throws DefinitionException if one was named that is not there
     */
    Loaded definition(String flow, String named) {
        if (named != null) {
            return new Loaded(named, read(named, DefinitionReader.MAX_BYTES));
        }
        String folder = component.getDefinitions().replaceAll("/+$", "");
        for (String extension : EXTENSIONS) {
            String uri = folder + "/" + flow + extension;
            Resource resource = PluginHelper.getResourceLoader(context).resolveResource(uri);
            if (resource != null && resource.exists()) {
                return new Loaded(uri, read(uri, DefinitionReader.MAX_BYTES));
            }
        }
        return null;
    }

    /** Where {@link #definition} looked, for messages. */
    String usualPlace(String flow) {
        List<String> places = new ArrayList<>();
        EXTENSIONS.forEach(
                extension -> places.add(component.getDefinitions().replaceAll("/+$", "") + "/" + flow + extension));
        return String.join(", ", places);
    }

    /**
     * A resource, as Camel resolves it.
     *
     * @throws DefinitionException if it is not there, cannot be read or exceeds the limit
     */
    byte[] read(String uri, long limit) {
        try (InputStream in = ResourceHelper.resolveMandatoryResourceAsInputStream(context, uri)) {
            byte[] bytes = in.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8));
            if (bytes.length > limit) {
                throw new DefinitionException(List.of(uri + ": must not exceed " + limit + " bytes"));
            }
            return bytes;
        } catch (IOException e) {
            throw new DefinitionException(List.of(uri + ": must be there and readable" + whereFiles(uri)));
        }
    }

    /** Length, time and identity of a file; empty for what is no file, which then counts as unchanging. */
    String stamp(String uri) {
        if (!uri.startsWith("file:")) {
            return "";
        }
        try {
            Path file = Path.of(uri.substring("file:".length()));
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.size() + "@" + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS) + " "
                    + attributes.fileKey();
        } catch (IOException | InvalidPathException e) {
            return "";
        }
    }

    /** Whether there is such a resource; asked of class path and disk only. */
    boolean exists(String uri) {
        if (!uri.startsWith("file:") && !uri.startsWith("classpath:")) {
            return false;
        }
        Resource resource = PluginHelper.getResourceLoader(context).resolveResource(uri);
        return resource != null && resource.exists();
    }

    /**
     * The folder on disk that a definition names: relative to the definition, or {@code file:…} in the models directory. It
     * need not be there yet.
     *
     * @throws DefinitionException if it lies outside what a definition may name, or can't be on disk
     */
    Path folder(String definition, String key, String named) {
        try {
            String base = definition.substring(0, definition.lastIndexOf('/') + 1);
            if (named.startsWith("file:") && component.getModelsDirectory() != null) {
                Path models = path(component.getModelsDirectory().replaceFirst("^file:", ""), named);
                return contained(models, models.resolve(path(named.substring("file:".length()), named)), named);
            }
            if (named.contains(":") || !base.startsWith("file:")) {
                throw refused(
                        named,
                        "must be on disk: relative to a definition on disk, or file:… in the component's modelsDirectory");
            }
            Path folder = path(base.substring("file:".length()), named);
            return contained(folder, folder.resolve(path(named, named)), named);
        } catch (DefinitionException e) {
            throw new DefinitionException(List.of(definition + ": " + key + ": " + e.getMessage()));
        }
    }

    private static Path contained(Path root, Path folder, String named) {
        try {
            if (folder.toAbsolutePath()
                            .normalize()
                            .startsWith(root.toAbsolutePath().normalize())
                    && (!Files.exists(folder) || folder.toRealPath().startsWith(root.toRealPath()))) {
                return folder;
            }
        } catch (IOException e) {
            throw refused(named, "must be readable");
        }
        throw refused(named, "must not lead outside the folder it is relative to");
    }

    private static String whereFiles(String uri) {
        boolean relative = uri.startsWith("file:") && !uri.startsWith("file:/");
        return relative ? "; looked in " + Path.of("").toAbsolutePath() : "";
    }

    /**
     * The resource that a definition names, with what it is relative to resolved.
     *
     * @param definition the definition's own resource
     * @param key where in the definition, for messages
     * @param named what it names: a relative path, {@code classpath:…}, or {@code file:…} in the models directory
     * @throws DefinitionException if that lies outside what a definition may name
     */
    String resolve(String definition, String key, String named) {
        try {
            return resolve(definition, named);
        } catch (DefinitionException e) {
            throw new DefinitionException(List.of(definition + ": " + key + ": " + e.getMessage()));
        }
    }

    private String resolve(String definition, String named) {
        if (named.startsWith("classpath:")) {
            return contained(named, "", named.substring("classpath:".length()), named);
        }
        if (named.startsWith("file:")) {
            return inModelsDirectory(named);
        }
        if (named.contains(":")) {
            throw refused(named, "must be relative to the definition, classpath:… or file:… in the models directory");
        }
        String base = definition.substring(0, definition.lastIndexOf('/') + 1);
        if (base.isEmpty()) {
            base = definition.substring(0, definition.indexOf(':') + 1);
        }
        if (base.startsWith("file:")) {
            Path folder = path(base.substring("file:".length()), named);
            return "file:" + inside(folder, folder.resolve(path(named, named)), named);
        }
        return contained(base + named, base.substring(base.indexOf(':') + 1), named, named);
    }

    private String inModelsDirectory(String named) {
        if (component.getModelsDirectory() == null) {
            throw refused(named, "file: resources need the component option modelsDirectory");
        }
        String folder = component.getModelsDirectory().replaceFirst("^file:", "");
        return "file:" + inside(path(folder, named), path(named.substring("file:".length()), named), named);
    }

    /** Both resolved, links included, so that neither dots nor a link lead outside. */
    private static Path inside(Path folder, Path file, String named) {
        if (!file.toAbsolutePath()
                .normalize()
                .startsWith(folder.toAbsolutePath().normalize())) {
            throw refused(named, "must not lead outside the folder it is relative to");
        }
        if (!Files.isRegularFile(file)) {
            throw refused(named, "must be there and be a file");
        }
        try {
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
                throw refused(named, "must not lead outside the folder it is relative to");
            }
            return file;
        } catch (IOException e) {
            throw refused(named, "must be there and readable");
        }
    }

    private static String contained(String uri, String folder, String path, String named) {
        Path root = path("/" + folder, named).normalize();
        if (path.startsWith("/") && !folder.isEmpty()
                || !path("/" + folder + "/" + path, named).normalize().startsWith(root)
                || List.of(path.split("/")).contains("..")) {
            throw refused(named, "must not lead outside the folder it is relative to");
        }
        return uri;
    }

    private static Path path(String text, String named) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw refused(named, "must be a path");
        }
    }

    private static DefinitionException refused(String named, String requirement) {
        return new DefinitionException(List.of(named + ": " + requirement));
    }
}
