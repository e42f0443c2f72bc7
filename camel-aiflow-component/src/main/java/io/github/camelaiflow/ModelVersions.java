package io.github.camelaiflow;

import io.github.camelaiflow.definition.ModelSource;
import io.github.camelaiflow.model.ModelCard;
import io.github.camelaiflow.model.files.FolderVersion;
import java.util.List;
import java.util.Map;

/**
 * What the names of a flow's versions stand for at one time. As long as it stays equal, no model needs to be loaded.
 *
 * @param sources where the models in use come from, by version: all that the definition lists, and of the versions folder those
 *     that are named
 * @param aliases version by alias
 * @param cards cards of all versions in the versions folder, used or not
 * @param problems what stands in the way, each with its place
 */
record ModelVersions(
        Map<String, Source> sources, Map<String, String> aliases, Map<String, ModelCard> cards, List<String> problems) {

    static final ModelVersions NONE = new ModelVersions(Map.of(), Map.of(), Map.of(), List.of());

    /**
     * Where one model comes from.
     *
     * @param listed as the definition says it; {@code null} for a version of the folder
     * @param folder as the folder has it; {@code null} for one that is listed
     * @param stamp changes with the files that are listed
     */
    record Source(ModelSource listed, FolderVersion folder, List<String> stamp) {}

    /** The version a name stands for: an alias's, or the name itself; {@code null} for {@code null}. */
    String resolve(String name) {
        return name == null ? null : aliases.getOrDefault(name, name);
    }

    /** Whether the models of all those names are in use. */
    boolean serve(Iterable<String> names) {
        for (String name : names) {
            if (!sources.containsKey(resolve(name))) {
                return false;
            }
        }
        return true;
    }
}
