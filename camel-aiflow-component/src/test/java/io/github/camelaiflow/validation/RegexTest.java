package io.github.camelaiflow.validation;

import static io.github.camelaiflow.validation.Fixtures.judge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelaiflow.validation.python.BoundedText;
import io.github.camelaiflow.validation.python.PythonRegex;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegexTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "(?P<year_of>\\d{4})-(?P=year_of)|2026-2026|2026-2027",
                "^a\\Z|a|\"a\n\"",
                "a(?#comment)b|ab|a#b",
                "^a{,2}$|aa|aaa",
                "^{x}$|{x}|x",
                "^a{b$|a{b|ab",
                "^[[a]+$|[a|b",
                "^[a&&b]+$|a&b|c",
                "^[]a]+$|]a|b",
                "^[^]a]+$|b|]",
                "^\\w+$|größe|a b",
                "^\\d+$|٣|x",
                "^.$|\"\r\"|\"\n\"",
                "^a$|a|b",
                "(?i)^STRASSE$|strasse|x",
                "^\\p{L}+$|é|1",
                "^(\\w)\\1$|aa|ab",
                "^a{2,3}?$|aaa|a",
                "^\\v$|\"\u000b\"|\"\r\"",
                "^\\101\\07?[\\60]$|A0|101",
                "^[\\b]$|\"\b\"|b"
            })
    void readsRegexesAsPythonDoes(String regex, String match, String other) {
        assertThat(PythonRegex.compile(regex).matcher(match).find()).as(match).isTrue();
        assertThat(PythonRegex.compile(regex).matcher(other).find()).as(other).isFalse();
    }

    @Test
    void anExpressionThatIsNoneIsRefused() {
        for (String regex : new String[] {"(", "[a", "a**", "(?P<x>a", "\\", "(?(1)a|b)", "*"}) {
            assertThatExceptionOfType(PatternSyntaxException.class)
                    .as(regex)
                    .isThrownBy(() -> PythonRegex.compile(regex));
        }
    }

    @ParameterizedTest
    @CsvSource({"a*a*a*a*a*a*a*b", "^(a+)+(a+)+\\1\\2b$", "^(?:.*a){9}b", "(.*)(.*)(.*)(.*)(.*)(.*)x", "(a|a|a)*\\1b"})
    @Timeout(20)
    void aRegexThatBacktracksForEverIsCutOff(String regex) {
        ExpectationResult result = judge("values_to_match_regex", "regex: '" + regex + "'", "a".repeat(200) + "!");

        assertThat(result.success()).isFalse();
        assertThat(result.error()).contains("takes too many steps").doesNotContain("aaa");
    }

    @ParameterizedTest
    @CsvSource({"^(a+)+$", "^(a|aa)+$", "^(a|a?)+$", "(a+a+)+b", "^(([a-z])+.)+[A-Z]([a-z])+$"})
    @Timeout(20)
    void aRegexThatLooksEvilIsJudgedOrCutOff(String regex) {
        assertThat(judge("values_to_match_regex", "regex: '" + regex + "'", "a".repeat(60) + "!")
                        .success())
                .isFalse();
    }

    @Test
    void aRecursionTooDeepForTheStackIsCutOff() {
        ExpectationResult result = judge("values_to_match_regex", "regex: '^(a|b)*$'", "ab".repeat(500_000));

        assertThat(result.success()).isFalse();
        assertThat(result.error()).contains("takes too many steps");
    }

    @Test
    void aMegabyteIsNoTrouble() {
        String megabyte = "a".repeat(1_000_000);

        assertThat(judge("values_to_match_regex", "regex: '^[a-z]+$'", megabyte).success())
                .isTrue();
        assertThat(judge("values_to_not_match_regex", "regex: 'b.*c'", megabyte).success())
                .isTrue();
        assertThat(judge("value_lengths_to_equal", "value: 1000000", megabyte).success())
                .isTrue();
    }

    @Test
    void theBoundIsAMillionReadsAndSixteenPerCharacter() {
        BoundedText text = new BoundedText("ab");
        for (int i = 0; i < 1_000_032; i++) {
            assertThat(text.charAt(i % 2)).isEqualTo(i % 2 == 0 ? 'a' : 'b');
        }

        assertThatExceptionOfType(BoundedText.Exhausted.class).isThrownBy(() -> text.charAt(0));
    }
}
