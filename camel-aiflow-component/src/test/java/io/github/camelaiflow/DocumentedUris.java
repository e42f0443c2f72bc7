package io.github.camelaiflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every {@code aiflow:} endpoint that documents, examples and routes show, with the file that shows it. */
final class DocumentedUris {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern URI = Pattern.compile("(?<![\\w-])aiflow:[A-Za-z]+:[\\w.{}-]+(\\?[^\\s\"'`|)<>]*)?");
    private static final Pattern YAML_BLOCK = Pattern.compile("(?ms)^```ya?ml$(.*?)^```$");
    private static final String SYNTAX = "aiflow:operation:name";
    private static final YAMLMapper YAML = new YAMLMapper();

    private final List<Shown> all = new ArrayList<>();

    /** An endpoint as a file shows it; options given apart are appended. */
    record Shown(String file, String uri) {}

    /** The endpoints in {@code README.md}, {@code docs} and the modules that show how aiflow is used. */
    static List<Shown> find() {
        DocumentedUris found = new DocumentedUris();
        for (String place : List.of("README.md", "docs", "examples", "routes/src", "quarkus-app/src/main")) {
            found.read(ROOT.resolve(place));
        }
        return found.all;
    }

    private void read(Path place) {
        if (!Files.exists(place)) {
            return;
        }
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = ROOT.relativize(file).toString();
                if (!name.contains("target/") && name.matches(".*\\.(md|java|yaml|yml|properties)")) {
                    read(name, Files.readString(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String file, String text) throws IOException {
        Matcher uris = URI.matcher(text);
        while (uris.find()) {
            String uri = uris.group().replaceAll("[.,;:]$", "");
            if (!uri.equals(SYNTAX)) {
                all.add(new Shown(file, uri));
            }
        }
        if (file.endsWith(".md")) {
            Matcher blocks = YAML_BLOCK.matcher(text);
            while (blocks.find()) {
                yaml(file, blocks.group(1));
            }
        } else if (file.matches(".*\\.ya?ml")) {
            yaml(file, text);
        }
    }

    private void yaml(String file, String text) throws IOException {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(text)) {
            documents.forEachRemaining(document -> walk(file, document));
        }
    }

    /** Steps with their options apart: {@code uri: aiflow} or {@code uri: aiflow:infer:claims}, and {@code parameters}. */
    private void walk(String file, JsonNode node) {
        String uri = node.path("uri").asText("");
        if (node.path("parameters").isObject() && (uri.equals("aiflow") || uri.startsWith("aiflow:"))) {
            Map<String, String> options = node.get("parameters").properties().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> entry.getValue().asText()));
            if (uri.equals("aiflow")) {
                uri += ":" + options.remove("operation") + ":" + options.remove("name");
            }
            String query = options.entrySet().stream()
                    .map(option -> option.getKey() + "=" + option.getValue())
                    .collect(Collectors.joining("&"));
            all.add(new Shown(file, query.isEmpty() ? uri : uri + "?" + query));
        }
        node.forEach(child -> walk(file, child));
    }
}
