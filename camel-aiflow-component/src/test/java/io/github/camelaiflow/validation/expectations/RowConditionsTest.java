package io.github.camelaiflow.validation.expectations;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.validation.python.Unjudgeable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowConditionsTest {

    private final List<String> problems = new ArrayList<>();

    private Operand operand(Object condition, String parser) {
        Map<String, Object> kwargs = new HashMap<>();
        kwargs.put("row_condition", condition);
        kwargs.put("condition_parser", parser);
        return RowConditions.restrict(Operand.column("c"), new Arguments(kwargs, "suite", problems));
    }

    private static Object read(Operand operand, Object x) throws Unjudgeable {
        Map<String, Object> record = new HashMap<>();
        record.put("c", 1);
        record.put("x", x);
        return operand.read(record);
    }

    @Test
    void recordsTheConditionDoesNotHoldForAreExcluded() throws Unjudgeable {
        Operand operand = operand("x > 5", "pandas");

        assertThat(problems).isEmpty();
        assertThat(read(operand, 6)).isEqualTo(1);
        assertThat(read(operand, 5)).isSameAs(Operand.EXCLUDED);
        assertThat(read(operand, null)).isSameAs(Operand.EXCLUDED);
    }

    @Test
    void equalConditionsMakeEqualOperands() {
        assertThat(operand("x>5", "pandas"))
                .isEqualTo(operand("col(\"x\") > 5", "great_expectations"))
                .isEqualTo(operand(
                        Map.of("type", "comparison", "column", Map.of("name", "x"), "operator", ">", "parameter", 5),
                        null))
                .isNotEqualTo(operand("x > 6", "pandas"));
        assertThat(problems).isEmpty();
    }

    @Test
    void conditionsOfGx1AreObjects() throws Unjudgeable {
        Map<String, Object> column = Map.of("name", "x");
        Operand operand = operand(
                Map.of(
                        "type",
                        "or",
                        "conditions",
                        List.of(
                                Map.of("type", "nullity", "column", column, "is_null", true),
                                Map.of("column", column, "operator", "IN", "parameter", List.of("a", "b")),
                                Map.of(
                                        "type",
                                        "and",
                                        "conditions",
                                        List.of(
                                                Map.of("type", "pass_through", "pass_through_filter", "x == 'c'"),
                                                Map.of("column", column, "is_null", false))))),
                null);

        assertThat(problems).isEmpty();
        for (Object x : new Object[] {null, "a", "b", "c"}) {
            assertThat(read(operand, x)).isEqualTo(1);
        }
        assertThat(read(operand, "d")).isSameAs(Operand.EXCLUDED);
        Operand others = operand(
                Map.of("type", "comparison", "column", column, "operator", "NOT_IN", "parameter", List.of("a")), null);
        assertThat(read(others, "b")).isEqualTo(1);
        assertThat(read(others, "a")).isSameAs(Operand.EXCLUDED);
    }

    @Test
    void whatIsWrongIsSaidAtStartUp() {
        operand("x > 5", "bad_parser");
        operand("x > 5", null);
        operand("x >", "pandas");
        operand("__import__('os').system('true')", "pandas");
        operand(5, "pandas");
        operand(Map.of("type", "xor"), null);
        operand(Map.of("type", "and", "conditions", List.of()), null);
        operand(Map.of("type", "comparison", "column", Map.of("name", "x"), "operator", "=", "parameter", 1), null);
        operand(Map.of("type", "nullity", "column", 5, "is_null", true), null);

        assertThat(problems).hasSize(9).allMatch(problem -> problem.startsWith("suite: "));
        assertThat(problems.get(0)).contains("condition_parser must be pandas", "bad_parser");
        assertThat(problems.get(1)).contains("condition_parser must be given");
        assertThat(problems.get(2)).contains("a value or column is missing at the end");
        assertThat(problems.get(3)).contains("not supported");
    }

    @Test
    void tooManyConditionsAreRefused() {
        Object condition = Map.of("type", "nullity", "column", Map.of("name", "x"), "is_null", true);
        for (int i = 0; i < 1_000; i++) {
            condition = Map.of("type", "and", "conditions", List.of(condition));
        }

        operand(condition, null);

        assertThat(problems).singleElement().asString().contains("more than 100 conditions");
    }

    @Test
    void aConditionThatIsNoTruthIsUnjudgeable() {
        Operand operand = operand("x + 1", "pandas");

        assertThat(problems).isEmpty();
        org.assertj.core.api.Assertions.assertThatExceptionOfType(Unjudgeable.class)
                .isThrownBy(() -> read(operand, 1))
                .withMessageContaining("true or false");
    }
}
