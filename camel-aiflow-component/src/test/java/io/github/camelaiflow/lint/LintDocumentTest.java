package io.github.camelaiflow.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/lint.md says of each rule what the code says; only what was measured stands there alone. */
class LintDocumentTest {

    private static final Path DOCUMENT = Path.of("../docs/lint.md");

    static String row(LintRule rule) {
        return "| %s | %s: %s | %s | %s | %s | "
                .formatted(
                        rule.id(),
                        rule.severity().name().toLowerCase(java.util.Locale.ROOT),
                        rule.looksFor(),
                        rule.why(),
                        rule.upstream(),
                        rule.mend().replace("|", "\\|"));
    }

    @Test
    void everyRuleHasItsRowAndEveryRowItsRule() throws Exception {
        List<String> rows = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| LINT-"))
                .toList();
        assertThat(rows).hasSameSizeAs(LintRule.values());
        for (int i = 0; i < rows.size(); i++) {
            String expected = row(LintRule.values()[i]);
            assertThat(rows.get(i)).startsWith(expected);
            assertThat(rows.get(i).substring(expected.length()))
                    .as("what was measured for " + LintRule.values()[i].id())
                    .matches("\\S.* \\|");
        }
    }

    @Test
    void numbersAreUniqueAndInOrder() {
        List<String> ids = Stream.of(LintRule.values()).map(LintRule::id).toList();
        assertThat(ids).isSorted().doesNotHaveDuplicates().allMatch(id -> id.matches("LINT-\\d\\d"));
    }
}
