package io.github.camelaiflow.validation.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuiteParametersTest {

    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00.123456789Z"));
    private static final Map<String, Object> GIVEN =
            Map.of("low", 3, "ratio", 0.5, "text", "7", "list", List.of(1, 2), "since", "2026-01-01", "my-name", "b");

    private final List<String> problems = new ArrayList<>();

    private SuiteParameters.Substituted substitute(Map<String, Object> kwargs) {
        return new SuiteParameters(GIVEN, NOON).substitute(kwargs, problems::add);
    }

    private Object value(String parameter) {
        return substitute(Map.of("a", Map.of("$PARAMETER", parameter))).kwargs().get("a");
    }

    @ParameterizedTest
    @CsvSource({
        "low, 3",
        "low + 1, 4",
        "low+1, 4",
        "low * 2 - 1, 5",
        "low / 2, 1.5",
        "low ^ 2, 9",
        "2 ^ 3 ^ 2, 512",
        "-2 ^ 2, 4",
        "-low, -3",
        "(low + 1) * 2, 8",
        "text + 1, 8",
        "trunc(low * 1.9), 5",
        "trunc(-low * 1.9), -5",
        "round(2.5), 2",
        "'round(2.675, 2)', 2.67",
        "abs(-low), 3",
        "sgn(-low), -1",
        "sgn(0), 0",
        "cos(0), 1.0",
        "exp(0) + sin(0) + tan(0), 1.0",
        "PI * 1, 3.141592653589793",
        "2 * e, 5.43656365691809",
        "my-name, b",
        "now() - timedelta(weeks=52*100), 1926-07-04T12:00:00.123456",
        "now(), 2026-03-01T12:00:00.123456",
        "'datetime(2003, 1, 1)', 2003-01-01T00:00",
        "'datetime(2003, 1, 1, 5, 6, 7, 8)', 2003-01-01T05:06:07.000008",
        "'datetime(year=2003, month=1, day=2)', 2003-01-02T00:00",
        "'timedelta(1, 2) + datetime(2003, 1, 1)', 2003-01-02T00:00:02",
        "since + timedelta(hours=low), 2026-01-01T03:00",
        "(now() - datetime(2026)) / timedelta(days=1),",
        "'timedelta(days=2) / timedelta(hours=12)', 4.0",
        "'datetime(2003,1,1) + timedelta(days=3) / 2', 2003-01-02T12:00",
        "'datetime(2003,1,1) + timedelta(days=1.5) * 2', 2003-01-04T00:00"
    })
    void expressions(String expression, String expected) {
        Object value = value(expression);

        if (expected == null) {
            assertThat(problems).hasSize(1);
        } else {
            assertThat(problems).isEmpty();
            assertThat(value).hasToString(expected);
        }
    }

    @Test
    void parametersStandAnywhereAndKeepTheirType() {
        Map<String, Object> kwargs = substitute(Map.of(
                        "value_set", Map.of("$PARAMETER", "list"),
                        "ranges", List.of(List.of(Map.of("$PARAMETER", "low"), 9)),
                        "json", Map.of("deep", Map.of("$PARAMETER", "ratio"))))
                .kwargs();

        assertThat(problems).isEmpty();
        assertThat(kwargs)
                .containsEntry("value_set", List.of(1, 2))
                .containsEntry("ranges", List.of(List.of(3, 9)))
                .containsEntry("json", Map.of("deep", 0.5));
    }

    @Test
    void aValueBesideTheNameIsTaken() {
        assertThat(substitute(Map.of("a", Map.of("$PARAMETER", "unknown", "$PARAMETER.unknown", 5)))
                        .kwargs())
                .containsEntry("a", 5);
        assertThat(problems).isEmpty();
    }

    @Test
    void onlyWhatAsksForTheTimeIsDynamic() {
        assertThat(substitute(Map.of("a", Map.of("$PARAMETER", "now()"))).dynamic())
                .isTrue();
        assertThat(substitute(Map.of("a", Map.of("$PARAMETER", "low + 1"))).dynamic())
                .isFalse();
        assertThat(substitute(Map.of("a", 1)).dynamic()).isFalse();
    }

    @Test
    void aDateIsWrittenAsPythonDoes() {
        assertThat(SuiteParameters.written(LocalDateTime.of(2003, 1, 1, 0, 0))).isEqualTo("2003-01-01T00:00:00");
        assertThat(SuiteParameters.written(value("now()"))).isEqualTo("2026-03-01T12:00:00.123456");
        assertThat(SuiteParameters.written(5)).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "5",
                "low + unknown",
                "low +",
                "urn:great_expectations:stores:metrics",
                "__import__('os')",
                "low.real",
                "open(low)",
                "list + 1",
                "low / 0",
                "datetime(2003, 13, 1)",
                "datetime(0, 1, 1)",
                "datetime(2003)",
                "timedelta(years=1)",
                "timedelta(days=1)",
                "now() + now()",
                "now() * 2",
                "now() + timedelta(days=9999999)",
                "timedelta(days=10^300)",
                "now(1)",
                "low < 3",
                "[low]",
                "(((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((("
            })
    void whatHasNoValueIsAProblem(String expression) {
        Object left = value(expression);

        assertThat(problems).as(expression).hasSize(1);
        assertThat(problems.get(0)).contains(expression);
        assertThat(left).isEqualTo(Map.of("$PARAMETER", expression));
    }

    @Test
    void anUnknownParameterIsNamedWithThoseThatAreGiven() {
        value("hihg");

        assertThat(problems.get(0)).contains("no value is given for parameter hihg", "given are", "low", "since");
    }
}
