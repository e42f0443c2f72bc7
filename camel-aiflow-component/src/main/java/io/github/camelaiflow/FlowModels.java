package io.github.camelaiflow;

import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.model.LoadedModel;
import io.github.camelaiflow.model.ModelCard;
import io.github.camelaiflow.model.ModelFormat;
import io.github.camelaiflow.model.Signature;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The models of a flow as they are at one time.
 *
 * @param flow the flow's name
 * @param schema what the definition says of records; {@link Schema#NONE} if nothing
 * @param serving the version that serves; {@code null} while no model is in use
 * @param versions the versions that can be asked, also those that stand in, by name
 * @param aliases version by alias
 * @param unused versions of the versions folder that are not in use, so that they cannot be asked
 */
public record FlowModels(
        String flow,
        Schema schema,
        String serving,
        Map<String, Version> versions,
        Map<String, String> aliases,
        Set<String> unused) {

    /**
     * One version in use.
     *
     * @param name its name in the flow
     * @param sha256 its file's digest; {@code null} for an object
     * @param format what it was loaded from
     * @param signature what goes in and comes out
     * @param card what its card says; {@code null} if it has none
     */
    public record Version(String name, String sha256, ModelFormat format, Signature signature, ModelCard card) {}

    /** Copies its maps and set. */
    public FlowModels {
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
        aliases = Map.copyOf(aliases);
        unused = Set.copyOf(unused);
    }

    static FlowModels of(String flow, FlowParts parts) {
        Map<String, Version> versions = new LinkedHashMap<>();
        parts.models().forEach((name, part) -> {
            LoadedModel loaded = part.value().inUse();
            versions.put(
                    name,
                    new Version(
                            name,
                            loaded.sha256(),
                            loaded.format(),
                            loaded.model().signature(),
                            loaded.card()));
        });
        Set<String> unused = new TreeSet<>(parts.versions().cards().keySet());
        unused.removeAll(versions.keySet());
        return new FlowModels(
                flow,
                parts.definition().schema(),
                parts.serving(),
                versions,
                parts.versions().aliases(),
                unused);
    }

    /**
     * The version of that name or alias, if it can be asked.
     *
     * @param name {@code null} for the one that serves
     */
    public Optional<Version> version(String name) {
        String resolved = name == null ? serving : aliases.getOrDefault(name, name);
        return Optional.ofNullable(resolved == null ? null : versions.get(resolved));
    }
}
