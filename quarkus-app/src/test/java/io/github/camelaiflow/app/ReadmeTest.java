package io.github.camelaiflow.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README's table has what the shipped routes can be told. */
class ReadmeTest {

    private static final Path ROUTES = Path.of("../routes/src/main/resources");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??(claims\\.[A-Za-z0-9.-]+)");
    private static final Pattern NAME = Pattern.compile("`([A-Za-z0-9.-]+)`");

    @Test
    void everyPropertyOfTheRoutesIsInTheTable() throws IOException {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> files = Files.walk(ROUTES)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".yaml")).toList()) {
                Matcher placeholder = PLACEHOLDER.matcher(Files.readString(file));
                while (placeholder.find()) {
                    used.add(placeholder.group(1));
                }
            }
        }

        assertThat(used).contains("claims.in", "claims.delivery").isSubsetOf(told());
    }

    /** The names in the first column; one that begins with a dot goes on where the name before it ends. */
    private static Set<String> told() throws IOException {
        Set<String> told = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("README.md"))) {
            if (line.startsWith("| `")) {
                String before = "";
                Matcher name = NAME.matcher(line.split("\\|", -1)[1]);
                while (name.find()) {
                    String said = name.group(1);
                    before = said.startsWith(".") ? before.substring(0, before.lastIndexOf('.')) + said : said;
                    told.add(before);
                }
            }
        }
        return told;
    }
}
