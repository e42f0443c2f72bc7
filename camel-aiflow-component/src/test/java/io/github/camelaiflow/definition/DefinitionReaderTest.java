package io.github.camelaiflow.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.FieldType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefinitionReaderTest {

    private static FlowDefinition read(String text) {
        return DefinitionReader.read("claims", "file:claims.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> problems(String text) {
        return catchThrowableOfType(DefinitionException.class, () -> read(text)).problems();
    }

    @Test
    void readsEverySection() {
        FlowDefinition definition = read("""
                flow: claims
                record:
                  key: id
                  fields:
                    amount: {type: number, min: 0, max: 10}
                    age: {type: integer, missing: allow}
                validation: {suite: suites/claims.json, onInvalid: mark}
                models:
                  v1: {model: models/v1.tribuo, sha256: %s, features: [a, b]}
                  rules: {rules: [], otherwise: {label: ok}}
                  own: {bean: mine}
                rollout: {serve: v1}
                drift: {reference: ref.csv, window: 5m, falseAlarms: 2000, fields: [amount]}
                """.formatted("AB".repeat(32)));

        assertThat(definition.schema().key()).isEqualTo("id");
        assertThat(definition.schema().fields())
                .containsExactly(
                        new Field("amount", FieldType.NUMBER, false, 0.0, 10.0, List.of()),
                        Field.of("age", FieldType.INTEGER).optional());
        assertThat(definition.validation().suite()).isEqualTo("suites/claims.json");
        assertThat(definition.models()).containsOnlyKeys("v1", "rules", "own");
        assertThat(definition.models().get("v1").file().sha256()).isEqualTo("ab".repeat(32));
        assertThat(definition.serve()).isEqualTo("v1");
        assertThat(definition.drift().window()).isEqualTo(new WindowSize(0, Duration.ofMinutes(5)));
        assertThat(definition.digest()).hasSize(64);
    }

    @Test
    void fiveMistakesAreReportedAtOnceEachWithItsPlace() {
        List<String> problems = problems("""
                flow: claims
                record:
                  fields:
                    amount: {type: numbr}
                    age: {type: integer, min: 9, max: 3}
                validaton: {}
                models:
                  v1: {model: a.tribuo, bean: b}
                drift: {window: soon}
                """);

        assertThat(problems)
                .hasSize(5)
                .anySatisfy(p -> assertThat(p).contains("record.fields.amount.type", "number, integer, category"))
                .anySatisfy(p -> assertThat(p).contains("record.fields.age.min", "must not be above max"))
                .anySatisfy(p -> assertThat(p).contains("validaton", "is not known here"))
                .anySatisfy(p -> assertThat(p).contains("models.v1.model", "exactly one"))
                .anySatisfy(p -> assertThat(p).contains("drift.window", "must be a number of records"));
        assertThat(problems).allSatisfy(p -> assertThat(p).startsWith("file:claims.yaml: "));
    }

    @Test
    void norwayIsNoCategoryUnlessQuoted() {
        String fields = "record: {fields: {country: {type: category, values: [NL, %s]}}}";

        assertThat(problems(fields.formatted("NO")))
                .singleElement()
                .asString()
                .contains("record.fields.country.values: must be a list of texts", "quotes");
        assertThat(read(fields.formatted("\"NO\"")).schema().fields().get(0).values())
                .containsExactly("NL", "NO");
    }

    @Test
    void severalModelsNeedOneThatServes() {
        String models = "models: {a: {bean: a}, b: {bean: b}}\n";

        assertThat(problems(models)).singleElement().asString().contains("rollout.serve", "[a, b]");
        assertThat(problems(models + "rollout: {serve: c}"))
                .singleElement()
                .asString()
                .contains("was c");
        assertThat(read("models: {only: {bean: a}}").serve()).isEqualTo("only");
    }

    @Test
    void whatIsNotThereYetSaysSo() {
        assertThat(problems("review: {}\nfeatures: {a: b}")).hasSize(2).allSatisfy(p -> assertThat(p)
                .contains("not available in this version"));
    }

    @Test
    void brokenTextNamesItsLineAndNoMore() {
        assertThatThrownBy(() -> read("flow: claims\nrecord: [secret\n"))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("line")
                .hasMessageNotContaining("secret");
        assertThat(problems("a: 1\na: 2")).singleElement().asString().contains("well-formed");
        assertThat(problems("- 1")).singleElement().asString().contains("must be an object");
        assertThat(problems("")).singleElement().asString().contains("must be an object");
    }

    @Test
    void aDefinitionOfAnotherFlowIsRefused() {
        assertThat(problems("flow: other")).singleElement().asString().contains("must be the name the endpoint uses");
    }

    @Test
    void anAliasBombIsRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            String last = "*a" + (i - 1);
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(",", List.of(last, last, last, last, last))));
        }
        assertThatThrownBy(() -> read(bomb.toString())).isInstanceOf(DefinitionException.class);
    }

    @Test
    void anOversizedDefinitionIsRefusedUnread() {
        assertThat(problems("#" + "x".repeat(DefinitionReader.MAX_BYTES)))
                .singleElement()
                .asString()
                .contains("must not exceed");
    }

    @Test
    void whatWouldHaveNoEffectIsReported() {
        assertThat(problems("""
                        record:
                          fields: {id: {type: text}, n: {type: number, values: [a]}}
                        validation: {suite: []}
                        models: {b: {bean: x, features: [a], otherwise: {label: y}}}
                        """))
                .hasSize(4)
                .anySatisfy(p -> assertThat(p).contains("record.fields.n.values"))
                .anySatisfy(p -> assertThat(p).contains("validation.suite"))
                .anySatisfy(p -> assertThat(p).contains("models.b.features"))
                .anySatisfy(p -> assertThat(p).contains("models.b.otherwise"));
        assertThat(problems("flow: claims\n---\nflow: claims\n"))
                .singleElement()
                .asString()
                .contains("well-formed");
    }
}
