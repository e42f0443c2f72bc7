package io.github.camelaiflow;

import io.github.camelaiflow.ModelVersions.Source;
import io.github.camelaiflow.definition.DefinitionException;
import io.github.camelaiflow.definition.FlowDefinition;
import io.github.camelaiflow.definition.ModelSource;
import io.github.camelaiflow.model.ModelCard;
import io.github.camelaiflow.model.files.FolderVersion;
import io.github.camelaiflow.model.files.VersionsFolder;
import io.github.camelaiflow.model.files.VersionsFolder.Look;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out what versions a flow has, from its definition, its options and its versions folder. For one thread at a time. */
final class ModelCatalogue {

    /** How many looks a version may take to become whole before it is told; what is being written changes between looks. */
    static final int PATIENCE = 5;

    private static final Logger LOG = LoggerFactory.getLogger(ModelCatalogue.class);
    private static final Look NO_FOLDER = new Look(Map.of(), Map.of(), null, null);

    private final FlowResources resources;
    private final CardResources cards;
    private final String name;
    private final Map<String, Waiting> waiting = new HashMap<>();
    private Path place;
    private VersionsFolder folder;

    ModelCatalogue(FlowResources resources, String name) {
        this.resources = resources;
        this.cards = new CardResources(resources);
        this.name = name;
    }

    /** Why a version isn't there yet, and how often that was seen. */
    private record Waiting(String reason, int looks) {}

    /** The folder the versions are in; {@code null} if there is none. */
    VersionsFolder folder() {
        return folder;
    }

    /**
     * What there is now.
     *
     * @param inForce what is in use: a version whose card is the same is loaded and needs no files any more
     */
    ModelVersions look(FlowDefinition definition, FlowOptions options, ModelVersions inForce) {
        List<String> problems = new ArrayList<>();
        Map<String, ModelSource> listed = listed(definition, options, problems);
        Look look = look(definition, problems);
        Map<String, String> aliases = new LinkedHashMap<>(definition.aliases());
        if (look.aliases() != null) {
            aliases.putAll(look.aliases());
        }
        tellWaiting(definition, look, listed);
        Map<String, Source> sources = new LinkedHashMap<>();
        listed.forEach((version, source) -> sources.put(version, new Source(source, null, stamp(definition, source))));
        Names names = new Names(definition, look, aliases, sources, inForce, problems);
        names.resolve(options);
        Map<String, ModelCard> known = new LinkedHashMap<>();
        look.versions().forEach((version, found) -> known.put(version, found.card()));
        return new ModelVersions(sources, aliases, known, problems);
    }

    private Map<String, ModelSource> listed(FlowDefinition definition, FlowOptions options, List<String> problems) {
        Map<String, ModelSource> sources = new LinkedHashMap<>(definition.models());
        String features = options.get("features");
        List<String> order = features == null
                ? List.of()
                : Arrays.stream(features.split(",")).map(String::strip).toList();
        if (options.get("model") != null) {
            sources.put(options.get("model"), ModelSource.ofEndpoint(options.get("model"), order));
        } else if (features != null && definition.serve() != null) {
            sources.computeIfPresent(definition.serve(), (version, source) -> source.withFeatures(order));
        }
        if (sources.isEmpty() && definition.versions().folder() == null) {
            problems.add("aiflow:infer:" + name + " needs option model, or a definition with models; looked for "
                    + resources.usualPlace(name));
        }
        return sources;
    }

    private Look look(FlowDefinition definition, List<String> problems) {
        if (definition.versions().folder() == null) {
            place = null;
            folder = null;
            return NO_FOLDER;
        }
        try {
            Path found = resources.folder(
                    definition.place(), "versions.folder", definition.versions().folder());
            if (!found.equals(place)) {
                place = found;
                folder = new VersionsFolder(found);
            }
        } catch (DefinitionException e) {
            problems.addAll(e.problems());
            return NO_FOLDER;
        }
        Look look = folder.look();
        if (look.problem() != null) {
            problems.add(definition.place() + ": versions.folder: " + look.problem());
        }
        return look;
    }

    private List<String> stamp(FlowDefinition definition, ModelSource source) {
        try {
            return source.resource() == null ? List.of() : cards.stamp(definition, source);
        } catch (DefinitionException e) {
            return List.of();
        }
    }

    /** A version that nobody asks for may be half-written for long; that is told once. */
    private void tellWaiting(FlowDefinition definition, Look look, Map<String, ModelSource> listed) {
        Map<String, String> now = new LinkedHashMap<>(look.waiting());
        look.versions().keySet().stream()
                .filter(listed::containsKey)
                .forEach(version -> now.put(version, "has the name of one of models, which wins"));
        waiting.keySet().retainAll(now.keySet());
        now.forEach((version, reason) -> {
            Waiting before = waiting.get(version);
            int looks = before != null && before.reason().equals(reason) ? before.looks() + 1 : 1;
            waiting.put(version, new Waiting(reason, looks));
            if (looks == PATIENCE) {
                LOG.warn(
                        "Flow {} does not take {}/{} for a version: {}",
                        name,
                        definition.versions().folder(),
                        version,
                        reason);
            }
        });
    }

    /** The names a flow's versions are called by, in the definition and by endpoints. */
    private final class Names {

        private final FlowDefinition definition;
        private final Look look;
        private final Map<String, String> aliases;
        private final Map<String, Source> sources;
        private final ModelVersions inForce;
        private final List<String> problems;
        private final Set<String> known = new LinkedHashSet<>();

        Names(
                FlowDefinition definition,
                Look look,
                Map<String, String> aliases,
                Map<String, Source> sources,
                ModelVersions inForce,
                List<String> problems) {
            this.definition = definition;
            this.look = look;
            this.aliases = aliases;
            this.sources = sources;
            this.inForce = inForce;
            this.problems = problems;
            known.addAll(sources.keySet());
            known.addAll(look.versions().keySet());
            known.addAll(aliases.keySet());
        }

        void resolve(FlowOptions options) {
            aliases.forEach((alias, version) -> {
                if (versions().contains(alias)) {
                    problems.add(definition.place() + ": aliases." + alias + ": must not have the name of a version");
                }
                if (!sources.containsKey(version)
                        && !look.versions().containsKey(version)
                        && !look.waiting().containsKey(version)
                        && look.problem() == null) {
                    problems.add(definition.place() + ": aliases." + alias + ": must stand for a version there is, "
                            + versions() + ", was " + version);
                }
            });
            if (options.get("model") == null) {
                rollout().forEach((named, key) -> use(definition.place() + ": rollout." + key, named));
            }
            options.named().forEach((named, uri) -> {
                if (known.contains(named) || look.waiting().containsKey(named)) {
                    use(uri + ": models", named);
                } else {
                    problems.add(uri + ": models must be one of the models of flow " + name + ", " + known + ", was "
                            + named);
                }
            });
        }

        /** The names section rollout has, each with its key. */
        private Map<String, String> rollout() {
            Map<String, String> named = new LinkedHashMap<>();
            if (definition.serve() != null) {
                named.put(definition.serve(), "serve");
            }
            definition.rollout().weights().keySet().forEach(version -> named.putIfAbsent(version, "weights"));
            if (definition.rollout().canary() != null) {
                named.putIfAbsent(definition.rollout().canary().model(), "canary.model");
            }
            if (definition.rollout().shadow() != null) {
                definition.rollout().shadow().models().forEach(version -> named.putIfAbsent(version, "shadow"));
            }
            return named;
        }

        private Set<String> versions() {
            Set<String> versions = new LinkedHashSet<>(sources.keySet());
            versions.addAll(look.versions().keySet());
            return versions;
        }

        private void use(String where, String named) {
            String version = aliases.getOrDefault(named, named);
            if (sources.containsKey(version) || look.problem() != null) {
                return;
            }
            String called = version.equals(named) ? version : named + ", which is " + version;
            FolderVersion found = look.versions().get(version);
            if (found != null) {
                Source before = inForce.sources().get(version);
                String notReady = before != null && found.equals(before.folder()) ? null : folder.notReady(found);
                if (notReady == null) {
                    sources.put(version, new Source(null, found, List.of()));
                } else {
                    problems.add(where + ": " + called + ", is not there yet: " + notReady);
                }
            } else if (look.waiting().containsKey(version)) {
                problems.add(where + ": " + called + ", is not there yet: "
                        + look.waiting().get(version));
            } else if (version.equals(named)) {
                problems.add(where + ": must be one of the versions and aliases " + known + ", was " + named);
            }
        }
    }
}
