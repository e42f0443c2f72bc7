package io.github.camelaiflow.validation.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

    private static final Map<String, Object> RECORD = new HashMap<>();

    static {
        RECORD.put("x", 5);
        RECORD.put("y", 2.5);
        RECORD.put("name", "Ann Lee");
        RECORD.put("none", null);
        RECORD.put("nan", Double.NaN);
        RECORD.put("yes", true);
        RECORD.put("no", false);
        RECORD.put("day", "2026-01-31");
        RECORD.put("date", LocalDate.of(2026, 1, 31));
        RECORD.put("time", LocalDateTime.of(2026, 1, 31, 12, 0));
        RECORD.put("two words", 7);
        RECORD.put("größe", 1);
    }

    private static Object value(String condition, Syntax syntax) throws InvalidExpression, Unjudgeable {
        return Terms.compile(ExpressionParser.parse(condition, syntax)).value(RECORD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x == 5",
                "x == 5.0",
                "x != '5'",
                "4 < x < 6",
                "1 < 2 < x <= 5",
                "x in [1, 5]",
                "x in (1, 5)",
                "name in 'Ann Lee'",
                "x not in [1, 2]",
                "x == [1, 5]",
                "x != [1, 2]",
                "name not in ['Bob']",
                "x == 5 & y == 2.5",
                "x == 6 | y == 2.5",
                "x > 1 and y > 1 and name == \"Ann Lee\"",
                "x > 9 or y < 3 and yes",
                "not x > 9",
                "~(x > 9)",
                "~no",
                "-x == -5",
                "- - x == 5",
                "x + 1 * 2 == 7",
                "(x + 1) * 2 == 12",
                "x ** 2 == 25",
                "-x ** 2 == -25",
                "2 ** 3 ** 2 == 512",
                "2 ** -1 == 0.5",
                "nan ** 0 == 1 and 1 ** nan == 1",
                "x / 2 == 2.5",
                "x // 2 == 2",
                "-x // 2 == -3",
                "-x % 3 == 1",
                "x % -3 == -1",
                "x / 0 > 1e308",
                "10 ** 30 > 9e29",
                "`two words` == 7",
                "größe == 1",
                "none != 1",
                "none != none",
                "nan != nan",
                "x == x",
                "not none == none",
                "not (none > 1)",
                "none.isnull()",
                "nan.isna() and x.notna() and x.notnull()",
                "x.isin([5, 'a'])",
                "none.isin([None])",
                "none in [None]",
                "yes == 1",
                "yes == True",
                "yes",
                "name.str.contains('nn')",
                "name.str.contains('^ann', case=False)",
                "name.str.contains('nn L', regex=False)",
                "not name.str.contains('.', regex=False)",
                "not none.str.contains('a')",
                "none.str.contains('a', na=True)",
                "name.str.startswith('An')",
                "name.str.startswith(('Bo', 'An'))",
                "name.str.endswith('Lee', na=False)",
                "name.str.match('A') and not name.str.match('n')",
                "name.str.fullmatch('A.*e')",
                "name.str.len() == 7",
                "name.str.lower() == 'ann lee'",
                "name.str.upper().str.startswith('ANN')",
                "x.between(1, 5) and not x.between(1, 5, inclusive='left')",
                "date == '2026-01-31'",
                "date > '2026-01-30'",
                "time > '2026-01-31 11:00'",
                "time < 'Feb 1 2026'",
                "date in ['2026-01-31']",
                "date != 'soon'",
                "name == 'Ann\\x20\\u004cee'",
                "name == r'Ann Lee'",
                "name + '!' == 'Ann Lee!'",
                "missing != 1",
                "0.5e1 == x and 5_0 == 50 and .5 == 0.5 and 5. == x",
                "((((x)))) == 5"
            })
    void pandasConditionsThatHold(String condition) throws Exception {
        assertThat(value(condition, Syntax.PANDAS)).as(condition).isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x == '5'",
                "none == none",
                "none == None",
                "nan == nan",
                "none > 1",
                "none in [1]",
                "x not in [5]",
                "x != [5]",
                "no and none",
                "none == 1 or no",
                "date == 'soon'",
                "6 > x > 5"
            })
    void pandasConditionsThatDoNotHold(String condition) throws Exception {
        assertThat(value(condition, Syntax.PANDAS)).as(condition).isEqualTo(false);
    }

    @Test
    void pythonsAmpersandBindsTighter() throws Exception {
        assertThat(value("(x == 5) & (y == 2.5) | (x == 1)", Syntax.PYTHON)).isEqualTo(true);
        assertThat(value("no | yes == yes & yes", Syntax.PYTHON)).isEqualTo(true);
        assertThatExceptionOfType(Unjudgeable.class).isThrownBy(() -> value("x == 5 & y == 2.5", Syntax.PYTHON));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "col(\"x\") > 4",
                "col('name') == \"Ann Lee\"",
                "col(\"two words\") == 7",
                "col(\"date\") > date(\"2026-01-30\")",
                "col(\"day\") > date(\"2026-01-30\")",
                "col(\"day\") == date('January 31, 2026')",
                "col(\"x\").notNull()",
                "col(\"x\").notnull()",
                "col(\"none\").isNull()",
                "col(\"x\") > 4 and col(\"y\") < 3"
            })
    void conditionsOfGreatExpectations(String condition) throws Exception {
        assertThat(value(condition, Syntax.COLUMNS)).as(condition).isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            delimiter = ';',
            nullValues = "unknown",
            value = {
                "x = 5;true",
                "x <> 5;false",
                "x == 5 AND y < 3;true",
                "x = 1 OR NOT y < 3;false",
                "none IS NULL;true",
                "none is not null;false",
                "none <> 1;unknown",
                "NOT none = 1;unknown",
                "none = 1 AND x = 1;false",
                "none = 1 OR x = 5;true",
                "x IN (1, 5);true",
                "x NOT IN (1, 5);false",
                "none NOT IN (1);unknown",
                "x BETWEEN 1 AND 5 AND yes;true",
                "x NOT BETWEEN 1 AND 4;true",
                "name = 'Ann Lee';true",
                "name = 'it''s';false",
                "`two words` = 7;true",
                "col(\"x\") > 4;true",
                "F.col(\"x\").isNotNull();true",
                "TRUE = yes;true"
            })
    void sqlConditionsKnowThreeValues(String condition, Boolean holds) throws Exception {
        assertThat(value(condition, Syntax.SQL)).as(condition).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"name > 5", "x < 'a'", "date > 'soon'", "date > 3", "x and yes", "not name", "name * 2 == 3"})
    void kindsThatDoNotFitAreUnjudgeableAndNameNoValue(String condition) {
        assertThatExceptionOfType(Unjudgeable.class)
                .isThrownBy(() -> value(condition, Syntax.PANDAS))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("Ann", "2026"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x ==",
                "== 5",
                "x = 5",
                "x == 5)",
                "(x == 5",
                "x == 'a",
                "x == 5a",
                "x y",
                "x is None",
                "x == @threshold",
                "x.real > 1",
                "x.__class__ == 1",
                "__import__('os').system('true') == 0",
                "x.__class__.__bases__[0].__subclasses__() == 1",
                "(lambda: x)() == 1",
                "lambda a: a",
                "eval('1') == 1",
                "open('/etc/passwd').read() == ''",
                "x.map(str) == '5'",
                "x.apply('__import__') == 1",
                "x if y else 1",
                "[a for a in x]",
                "x := 5",
                "x; y",
                "{1: 2} == x",
                "x[0] == 1",
                "x.str.contains(name)",
                "x.str.contains('(')",
                "x.str.contains('a', 1, 2)",
                "x.isin(5)",
                "x.isin([y])",
                "x in name",
                "x in 5",
                "x.notnull(1)",
                "x.between(1)",
                "f'{x}' == 'a'",
                "col(\"x\") == 5",
                "x == 5 # comment",
                "x == \\",
                "x == '\\ud83'",
                "$x == 5",
                "[1, 2]",
                "[1] == [1]",
                "x in (1)",
                "import os"
            })
    void whatIsNoConditionIsRefused(String condition) {
        assertThatExceptionOfType(InvalidExpression.class)
                .as(condition)
                .isThrownBy(() -> value(condition, Syntax.PANDAS));
    }

    @Test
    void hostileSizesAreRefusedWithoutRunningOutOfStack() {
        for (String condition : List.of(
                "(".repeat(10_000) + "x" + ")".repeat(10_000),
                "not ".repeat(10_000) + "x",
                "-".repeat(10_000) + "x",
                "[".repeat(10_000),
                "x.isin([" + "[".repeat(5_000),
                "x" + " + 1".repeat(10_000),
                "x" + "** 2".repeat(10_000),
                "x" + " and x".repeat(10_000),
                "x" + ".str.lower()".repeat(5_000),
                "x" + " < x".repeat(10_000),
                "1".repeat(5_000) + " > x",
                "x > 1" + "_1".repeat(45_000),
                "x == '" + "a".repeat(200_000) + "'")) {
            for (Syntax syntax : Syntax.values()) {
                assertThatExceptionOfType(InvalidExpression.class)
                        .as(condition.substring(0, 10) + " in " + syntax)
                        .isThrownBy(() -> ExpressionParser.parse(condition, syntax));
            }
        }
    }

    @Test
    void aLongListIsNoTrouble() throws Exception {
        String list = String.join(", ", java.util.Collections.nCopies(10_000, "1"));

        assertThat(value("x not in [" + list + "]", Syntax.PANDAS)).isEqualTo(true);
    }

    @Test
    void aRegexThatBacktracksForEverIsCutOff() {
        Map<String, Object> record = Map.of("name", "a".repeat(200) + "!");

        assertThatExceptionOfType(Unjudgeable.class)
                .isThrownBy(() -> Terms.compile(
                                ExpressionParser.parse("name.str.contains('a*a*a*a*a*a*a*b')", Syntax.PANDAS))
                        .value(record))
                .withMessageContaining("too many steps");
    }

    @Test
    void conditionsThatReadTheSameAreEqual() throws Exception {
        assertThat(ExpressionParser.parse("(x==5)  &  (`y` in ['a'])", Syntax.PANDAS))
                .isEqualTo(ExpressionParser.parse("x == 5 and y in (\"a\",)", Syntax.PANDAS))
                .isEqualTo(ExpressionParser.parse("col('x') == 5 and col(\"y\") in ['a']", Syntax.COLUMNS))
                .isNotEqualTo(ExpressionParser.parse("x == 5 and y in ['b']", Syntax.PANDAS));
    }

    @Test
    void messagesSayWhereAndHow() {
        assertThatExceptionOfType(InvalidExpression.class)
                .isThrownBy(() -> value("x = 5", Syntax.PANDAS))
                .withMessage("a comparison must be written ==, one = would assign (at character 3)");
    }

    @Test
    void exactlyOneOfAConditionAndItsNegationHolds() {
        List<String> operators = Arrays.asList("==", "!=", "<", "<=", ">", ">=");
        qt().forAll(
                        integers().between(-3, 3),
                        integers().between(-3, 3),
                        integers().between(0, 5))
                .check((a, b, operator) -> {
                    String condition = "a " + operators.get(operator) + " b";
                    try {
                        Map<String, Object> record = Map.of("a", a, "b", b);
                        Object holds = Terms.compile(ExpressionParser.parse(condition, Syntax.PANDAS))
                                .value(record);
                        Object not = Terms.compile(ExpressionParser.parse("not (" + condition + ")", Syntax.PANDAS))
                                .value(record);
                        return holds instanceof Boolean flag && not.equals(!flag);
                    } catch (InvalidExpression | Unjudgeable e) {
                        return false;
                    }
                });
    }
}
