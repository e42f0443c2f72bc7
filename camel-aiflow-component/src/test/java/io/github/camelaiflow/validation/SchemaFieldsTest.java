package io.github.camelaiflow.validation;

import static io.github.camelaiflow.validation.Fixtures.row;
import static io.github.camelaiflow.validation.Fixtures.suite;
import static io.github.camelaiflow.validation.Fixtures.validate;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.FieldType;
import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.data.Schema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaFieldsTest {

    private static final Schema CLAIMS = new Schema(
            "id",
            List.of(
                    Field.of("id", FieldType.TEXT),
                    new Field("amount", FieldType.NUMBER, false, 0.0, 1000.0, List.of()),
                    new Field("kind", FieldType.CATEGORY, false, null, null, List.of("theft", "fire")),
                    Field.of("age", FieldType.INTEGER).optional(),
                    Field.of("police", FieldType.BOOLEAN).optional()));

    private static ValidationResult one(Object... namesAndValues) {
        return validate(CLAIMS, Suite.NONE, Records.single(row(namesAndValues)));
    }

    private static List<String> failed(ValidationResult result) {
        return result.rejected().stream()
                .flatMap(record -> record.reasons().stream())
                .map(reason -> reason.field() + " " + reason.message())
                .toList();
    }

    @Test
    void aRecordThatFitsIsValid() {
        ValidationResult result =
                one("id", "c1", "amount", 12, "kind", "fire", "age", 44.0, "police", true, "extra", List.of(1));

        assertThat(result.valid()).isTrue();
        assertThat(result.reason()).isNull();
        assertThat(result.rejected()).isEmpty();
        assertThat(result.fields()).isEmpty();
    }

    @Test
    void absentNullAndNaNAreMissing() {
        ValidationResult result = one("id", null, "amount", Double.NaN);

        assertThat(result.valid()).isFalse();
        assertThat(failed(result))
                .containsExactly("id must not be missing", "amount must not be missing", "kind must not be missing");
        assertThat(result.fields()).containsExactly("id", "amount", "kind");
    }

    @Test
    void typesBoundsAndCategoriesAreHeld() {
        ValidationResult result = one("id", 5, "amount", 1000.5, "kind", "FIRE", "age", 1.5, "police", "yes");

        assertThat(failed(result))
                .containsExactly(
                        "id must be of type text",
                        "amount must be at least 0.0 and at most 1000.0",
                        "kind must be one of [theft, fire]",
                        "age must be of type integer",
                        "police must be of type boolean");
    }

    @Test
    void infinityIsNoNumberAndATextIsNone() {
        assertThat(failed(one("id", "a", "amount", Double.POSITIVE_INFINITY, "kind", "fire")))
                .contains("amount must be of type number");
        assertThat(failed(one("id", "a", "amount", "12", "kind", "fire")))
                .contains("amount must be of type number")
                .hasSize(2);
    }

    @Test
    void theFieldsStandBeforeTheSuiteInTheResult() {
        ValidationResult result = validate(
                new Schema(null, List.of(Field.of("c", FieldType.NUMBER))),
                suite(Fixtures.expect("values_to_be_between", "max_value: 3")),
                Records.single(row("c", 5)));

        assertThat(result.results())
                .extracting(one -> one.expectation().type(), ExpectationResult::success)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("expect_column_values_to_not_be_null", true),
                        org.assertj.core.groups.Tuple.tuple("expect_column_values_to_be_of_type", true),
                        org.assertj.core.groups.Tuple.tuple("expect_column_values_to_be_between", false));
        assertThat(result.results().get(0).expectation().meta()).isEqualTo(Map.of("source", "schema"));
    }
}
