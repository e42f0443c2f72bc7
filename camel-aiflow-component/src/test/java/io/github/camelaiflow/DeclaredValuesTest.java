package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.FieldType;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.definition.FeedbackSettings;
import io.github.camelaiflow.feedback.estimate.BaselineRow;
import io.github.camelaiflow.feedback.estimate.FieldBins;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A value is the same in the reference file and in the records that come. */
class DeclaredValuesTest {

    private static final Schema SCHEMA = new Schema(
            "id",
            List.of(
                    Field.of("product", FieldType.CATEGORY),
                    Field.of("insured", FieldType.BOOLEAN),
                    Field.of("amount", FieldType.NUMBER)));
    private static final List<String> FIELDS = List.of("product", "insured", "amount");

    private final DeclaredValues values = new DeclaredValues(SCHEMA);

    private Object product(Object value) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("product", value);
        return values.of(row, List.of("product")).get("product");
    }

    @Test
    void aCodeIsTheSameAsNumberAndAsText() {
        for (Object three :
                Arrays.asList(3, 3L, 3.0, 3f, new BigDecimal("3.00"), "3", "3.0", " 3", new StringBuilder("3"))) {
            assertThat(product(three)).isEqualTo("3");
        }
        assertThat(product(-1.5)).isEqualTo("-1.5").isEqualTo(product("-1.50"));
        assertThat(product(true)).isEqualTo("true").isEqualTo(product("TRUE"));
        assertThat(product(100000.0)).isEqualTo(product("1e5"));
    }

    @Test
    void whatIsNoNumberStaysAsItIs() {
        for (String text : List.of("007", "-00", "1-2", "e", "-", "3a", "3 kg", "1e999999999", "1".repeat(50), "ja")) {
            assertThat(product(text)).isEqualTo(text);
        }
        assertThat(product(List.of(1))).isEqualTo(List.of(1));
    }

    @Test
    void emptyTextsAndNaNAreMissing() {
        for (Object nothing : Arrays.asList(null, "", "  ", Double.NaN, Float.NaN)) {
            assertThat(product(nothing)).isNull();
        }
    }

    @Test
    void declaredNumbersStayNumbers() {
        assertThat(values.of(Map.of("amount", 3.5), List.of("amount"))).isEqualTo(Map.of("amount", 3.5));
    }

    @Test
    void codesOfAReferenceFileAreThoseOfRecords() {
        FeedbackSettings.Baseline columns =
                new FeedbackSettings.Baseline(null, null, "scored.csv", null, "score", "truth");
        FeedbackSettings settings = new FeedbackSettings(
                true,
                "label",
                "yes",
                Duration.ofDays(30),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                columns,
                null,
                null,
                null,
                null,
                null,
                "weighted");
        String csv = """
                id,product,insured,amount,score,truth
                1,3,TRUE,10,0.9,yes
                2,4,false,20,0.2,no
                3,,true,30,0.8,yes
                """;
        List<Map<String, Object>> rows = new BaselineReader("claims.yaml", settings, SCHEMA)
                .read("scored.csv", csv.getBytes(StandardCharsets.UTF_8)).stream()
                        .map(BaselineRow::row)
                        .toList();
        FieldBins bins = FieldBins.of(rows, FIELDS);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("product", "3");
        json.put("insured", true);
        json.put("amount", 10);
        assertThat(bins.bins(values.of(json, FIELDS)))
                .isEqualTo(bins.bins(rows.get(0)))
                .doesNotContain("*", "-");
        json.put("product", "");
        json.put("amount", 30);
        assertThat(bins.bins(values.of(json, FIELDS)))
                .isEqualTo(bins.bins(rows.get(2)))
                .startsWith("-");
    }
}
