package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The option tables in docs are those of the generated catalogue. {@code -Daiflow.docs.update=true} writes them anew.
 */
class OptionTablesTest {

    private static final Path DOCS = Path.of("../docs");
    private static final Pattern TABLE = Pattern.compile("<!-- options: (\\w+) -->\n(?s:.*?)(?=\n## |\\z)");

    @ParameterizedTest
    @CsvSource({
        "validate.md,validate",
        "infer.md,infer",
        "drift.md,drift",
        "feedback.md,feedback",
        "suggest.md,suggest",
        "rollout.md,rollout",
        "events.md,events",
        "delivery.md,deliver",
        "operating.md,component"
    })
    void tablesAreThoseOfTheCatalogue(String page, String part) throws IOException {
        Path file = DOCS.resolve(page);
        String text = Files.readString(file);
        String expected = "<!-- options: " + part + " -->\n" + table(part);
        Matcher matcher = TABLE.matcher(text);
        assertThat(matcher.find()).as("a table of options in " + page).isTrue();

        String updated = text.substring(0, matcher.start()) + expected + text.substring(matcher.end());
        if (Boolean.getBoolean("aiflow.docs.update")) {
            Files.writeString(file, updated);
        } else {
            assertThat(text).isEqualTo(updated);
        }
    }

    private static String table(String part) throws IOException {
        JsonNode catalogue = new ObjectMapper()
                .readTree(OptionTablesTest.class.getResource("/META-INF/io/github/camelaiflow/aiflow.json"));
        JsonNode options = catalogue.get("component".equals(part) ? "componentProperties" : "properties");
        String rows = StreamSupport.stream(((Iterable<String>) options::fieldNames).spliterator(), false)
                .filter(name -> belongs(options.get(name), part))
                .map(name -> row(name, options.get(name)))
                .collect(Collectors.joining());
        return "\n| option | type | default | |\n|---|---|---|---|\n" + rows;
    }

    private static boolean belongs(JsonNode option, String part) {
        List<String> labels = List.of(option.path("label").asText().split(","));
        List<List<String>> shared =
                switch (part) {
                    case "component" -> List.of(List.of(""), List.of("advanced"));
                    case "events", "deliver" -> List.of();
                    default -> List.of(List.of("producer"));
                };
        boolean ours = labels.contains(part) || shared.contains(labels);
        return !option.path("kind").asText().equals("path") && ours;
    }

    private static String row(String name, JsonNode option) {
        String type = option.has("enum")
                ? Arrays.stream(option.get("enum").toString().split("[\\[\\],\"]+"))
                        .filter(value -> !value.isEmpty())
                        .map(value -> "`" + value + "`")
                        .collect(Collectors.joining(", "))
                : option.get("type").asText();
        String fallback =
                option.has("defaultValue") ? "`" + option.get("defaultValue").asText() + "`" : "";
        return "| `" + name + "` | " + type + " | " + fallback + " | "
                + option.get("description").asText() + " |\n";
    }
}
