package io.github.camelaiflow.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is published is made of what its bill of materials says, under licences we may use, without advisories we do not know. */
final class SbomIT {

    private static final Path ROOT = Path.of("..");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode bill(String module) throws IOException {
        return JSON.readTree(Files.readString(ROOT.resolve(module).resolve("target/bom.json"), UTF_8));
    }

    private static List<JsonNode> components(JsonNode bill) {
        List<JsonNode> components = new ArrayList<>();
        bill.path("components").forEach(components::add);
        return components;
    }

    private static String name(JsonNode component) {
        return component.path("group").asText() + ":" + component.path("name").asText();
    }

    /** Licences of components whose POM names none. */
    private static Map<String, String> foundOut() throws IOException {
        return Files.readAllLines(ROOT.resolve(".ci/licences.txt"), UTF_8).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" \\| "))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }

    private static List<String> licences(JsonNode component) {
        List<String> found = new ArrayList<>();
        for (JsonNode entry : component.path("licenses")) {
            JsonNode licence = entry.path("license");
            found.add(
                    entry.has("expression")
                            ? entry.path("expression").asText()
                            : licence.path("id").asText(licence.path("name").asText()));
        }
        return found;
    }

    /** Whether one may choose a licence that is no GPL or AGPL, or the GPL has the class path exception. */
    static boolean allowed(List<String> licences) {
        return licences.stream().anyMatch(SbomIT::allowed);
    }

    private static boolean allowed(String licence) {
        String text = licence.toLowerCase(Locale.ROOT);
        boolean gpl = text.matches(".*(^|[^l])(a?gpl|(affero )?general public).*") && !text.contains("lesser");
        boolean exception = text.contains("classpath") || text.contains("gpl2 w/ cpe");
        boolean choice = text.contains(" or ") && text.matches(".*(apache|mit|bsd|epl|mpl).*");
        return !text.isBlank() && (!gpl || exception || choice);
    }

    @ParameterizedTest
    @ValueSource(strings = {"camel-aiflow-component", "quarkus-app"})
    void noLicenceStandsInTheWay(String module) throws IOException {
        List<JsonNode> components = components(bill(module));
        assertThat(components).hasSizeGreaterThan(30);
        Map<String, String> foundOut = foundOut();
        assertThat(components.stream()
                        .filter(component -> !allowed(licences(component))
                                && !(licences(component).isEmpty()
                                        && allowed(foundOut.getOrDefault(name(component), "")))))
                .as("components without a licence, or under GPL or AGPL")
                .map(component -> name(component) + " " + licences(component))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Apache-2.0, true",
        "GPL-3.0-only, false",
        "AGPL-3.0-or-later, false",
        "GNU Affero General Public License v3, false",
        "GNU General Public License 2, false",
        "GPL-2.0-with-classpath-exception, true",
        "'GNU General Public License, version 2 with the GNU Classpath Exception', true",
        "LGPL-2.1-or-later, true",
        "GNU Lesser General Public License, true",
        "GPL-2.0-only OR MIT, true",
        "'', false"
    })
    void licencesAreToldApart(String licence, boolean allowed) {
        assertThat(allowed(List.of(licence))).isEqualTo(allowed);
    }

    @Test
    void everyAdvisoryThatAppliesIsKnownAndEveryKnownOneApplies() throws IOException {
        List<Advisory> advisories = Advisory.read(ROOT.resolve(".ci/advisories.txt"));
        List<String> refused = new ArrayList<>();
        Set<Advisory> applying = new TreeSet<>(Comparator.comparing(Advisory::toString));
        for (String module : List.of("camel-aiflow-component", "quarkus-app")) {
            for (JsonNode component : components(bill(module))) {
                for (Advisory advisory : advisories) {
                    if (advisory.affects(
                            name(component), component.path("version").asText())) {
                        applying.add(advisory);
                        if (!advisory.known()) {
                            refused.add(advisory.id() + " " + name(component) + ": " + advisory.guard());
                        }
                    }
                }
            }
        }
        assertThat(refused).isEmpty();
        assertThat(advisories.stream().filter(advisory -> advisory.known() && !applying.contains(advisory)))
                .as("known advisories that no longer apply, to be removed")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "4.17.0, true",
        "4.15.0, true",
        "4.18.3, false",
        "4.18.2, true",
        "4.14.9, false",
        "4.22.0, false",
        "4.18.10, false"
    })
    void versionsAreComparedByTheirNumbers(String version, boolean affected) {
        Advisory advisory = Advisory.of("X | g:a | [4.15.0,4.18.3) | known | guard");
        assertThat(advisory.affects("g:a", version)).isEqualTo(affected);
        assertThat(advisory.affects("g:b", version)).isFalse();
        assertThatThrownBy(() -> Advisory.of("X | g:a | * | perhaps | guard")).hasMessageContaining("known or refused");
    }

    /** The app's folder holds what its bill says, and nothing else. */
    @Test
    void theBillIsWhole() throws IOException {
        Set<String> billed = components(bill("quarkus-app")).stream()
                .map(component -> component.path("name").asText() + "-"
                        + component.path("version").asText())
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.walk(ROOT.resolve("quarkus-app/target/quarkus-app/lib"))) {
            List<String> shipped = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".jar"))
                    .toList();
            assertThat(shipped).hasSizeGreaterThan(100);
            assertThat(shipped.stream().filter(file -> billed.stream().noneMatch(name -> named(file, name))))
                    .isEmpty();
        }
    }

    /** Quarkus puts the group before the artifact: {@code org.apache.camel.camel-api-4.17.0.jar}. */
    private static boolean named(String file, String name) {
        return file.endsWith("." + name + ".jar") || file.matches(".*\\." + Pattern.quote(name) + "-[^/]*\\.jar");
    }
}
