package io.github.camelaiflow.validation.expectations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/expectations.md names every expectation there is, and no other. */
class DocumentedExpectationsTest {

    private static final Pattern NAME = Pattern.compile("`(expect_\\w+)`");

    @Test
    void thePageNamesThemAll() throws IOException {
        String page = Files.readString(Path.of("../docs/expectations.md"));
        Set<String> named = NAME.matcher(page)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).isEqualTo(new TreeSet<>(ExpectationTypes.names()));
    }
}
