package io.github.camelaiflow.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.FieldType;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.drift.profile.CategorySample;
import io.github.camelaiflow.drift.profile.FieldKind;
import io.github.camelaiflow.drift.profile.NumberSample;
import io.github.camelaiflow.drift.profile.Profile;
import io.github.camelaiflow.drift.profile.ProfileCollector;
import io.github.camelaiflow.drift.profile.ProfileOptions;
import io.github.camelaiflow.drift.profile.ReferenceException;
import io.github.camelaiflow.drift.profile.ValueCounts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {

    private static final Schema CLAIMS = new Schema(
            "id",
            List.of(
                    Field.of("id", FieldType.TEXT),
                    Field.of("amount", FieldType.NUMBER),
                    Field.of("kind", FieldType.CATEGORY),
                    Field.of("fast", FieldType.BOOLEAN),
                    Field.of("note", FieldType.TEXT),
                    Field.of("age", FieldType.INTEGER).optional()));

    @Test
    void csvWithDeclaredFieldsTakesThemButTheKeyAndOfTextLengthAndShape() {
        Reference reference =
                csv(CLAIMS, "id,amount,kind,fast,note,extra\n1,5.5,a,true,No 17,9\n2,-1e3,b,FALSE,y,9\n3,,,,,\n");
        assertThat(reference.fields()).containsExactly("amount", "kind", "fast", "note.length", "note.shape");
        assertThat(((NumberSample) reference.sample("note.length")).sorted()).containsExactly(1, 5);
        assertThat(((CategorySample) reference.sample("note.shape")).categories())
                .containsOnly(Map.entry("Aa 9", 1), Map.entry("a", 1));
        assertThat(reference.leftOut()).containsOnly(Map.entry("age", "not in the reference"));
        assertThat(reference.rows()).isEqualTo(3);
        NumberSample amount = (NumberSample) reference.sample("amount");
        assertThat(amount.sorted()).containsExactly(-1000, 5.5);
        assertThat(amount.counts()).isEqualTo(new ValueCounts(2, 1, 0, 0));
        assertThat(((CategorySample) reference.sample("fast")).categories())
                .containsOnly(Map.entry("true", 1), Map.entry("false", 1));
    }

    @Test
    void csvWithoutDeclaredFieldsInfersTypes() {
        Reference reference = csv(
                new Schema("id", List.of()),
                "\uFEFFid,number,mixed,empty,suffix,flag\n1, 1.5 ,1,,1d,true\n\n2,NaN,x,,2d,false\n3,-Infinity,2,,3d,\n");
        assertThat(reference.fields()).containsExactly("number", "mixed", "empty", "suffix", "flag");
        assertThat(reference.kind("number")).isEqualTo(FieldKind.NUMBER);
        assertThat(reference.sample("number").counts()).isEqualTo(new ValueCounts(1, 1, 0, 1));
        assertThat(reference.kind("mixed")).isEqualTo(FieldKind.CATEGORY);
        assertThat(reference.sample("empty").counts()).isEqualTo(new ValueCounts(0, 3, 0, 0));
        assertThat(reference.kind("suffix")).isEqualTo(FieldKind.CATEGORY);
        assertThat(reference.kind("flag")).isEqualTo(FieldKind.CATEGORY);
    }

    @Test
    void quotedCellsMayHoldCommasAndLines() {
        Reference reference = csv(Schema.NONE, "a,b\n\"x, y\",\"1\n2\"\n\"he said \"\"no\"\"\",z\n");
        assertThat(((CategorySample) reference.sample("a")).categories()).containsOnlyKeys("x, y", "he said \"no\"");
    }

    @Test
    void jsonLinesAndArraysAreRead() {
        String lines = "{\"a\":1,\"b\":\"x\",\"c\":[1],\"d\":null}\n{\"a\":2.5,\"b\":\"y\",\"c\":{}}\n\n";
        for (String text : List.of(lines, "[" + lines.strip().replace("\n", ",") + "]")) {
            Reference reference = read("r.jsonl", Schema.NONE, text);
            assertThat(reference.fields()).containsExactly("a", "b", "d");
            assertThat(reference.leftOut()).containsOnly(Map.entry("c", "neither numbers nor categories"));
            assertThat(((NumberSample) reference.sample("a")).sorted()).containsExactly(1, 2.5);
        }
    }

    @Test
    void identifiersAndFreeTextAreLeftOut() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            rows.add(Map.of("uuid", "u" + i, "city", "c" + i % 1200, "small", "s" + i % 1001));
        }
        Reference reference = Reference.of(Schema.NONE, rows);
        assertThat(reference.leftOut()).containsOnlyKeys("uuid");
        assertThat(reference.fields()).containsExactlyInAnyOrder("city", "small");
    }

    @Test
    void ofALargeSourceAUniformSeededSampleIsKept() {
        StringBuilder csv = new StringBuilder("x\n");
        for (int i = 0; i < 50_000; i++) {
            csv.append(i).append('\n');
        }
        Reference reference = Reference.read("r.csv", stream(csv.toString()), Schema.NONE, 1000, 5);
        assertThat(reference.rows()).isEqualTo(1000);
        assertThat(reference.rowsRead()).isEqualTo(50_000);
        double[] kept = ((NumberSample) reference.sample("x")).sorted();
        assertThat(kept[500]).isBetween(22_000.0, 28_000.0);
        Reference again = Reference.read("r.csv", stream(csv.toString()), Schema.NONE, 1000, 5);
        assertThat(((NumberSample) again.sample("x")).sorted()).isEqualTo(kept);
    }

    @Test
    void aNumberIsTheSameCategoryInEveryFormat() {
        Object[] values = {3, 3L, 3.0, 3f, "3", new BigDecimal("3.00"), new BigDecimal("0E+2000000000"), 0.0, -0.0};
        CategoryColumn column = new CategoryColumn(false);
        for (int i = 0; i < values.length; i++) {
            column.set(i, values[i]);
        }
        assertThat(((CategorySample) column.sample(values.length)).categories())
                .containsOnly(Map.entry("3", 6), Map.entry("0", 3));
    }

    @Test
    void longTextsAreKeptShort() {
        CategoryColumn column = new CategoryColumn(false);
        column.set(0, "a".repeat(1_000_000));
        column.set(1, "a".repeat(1_000_001));
        column.set(2, new BigDecimal("1E+1000000000"));
        assertThat(((CategorySample) column.sample(3)).categories().keySet())
                .hasSize(3)
                .allMatch(text -> text.length() < 100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|must have at least one record",
                "amount,kind|must have at least one record",
                "amount,amount\\n1,2|line 1: column names must be unique, twice stands [amount]",
                "amount,\\n1,2|line 1: every column must have a name",
                "amount,kind\\n1,a\\nsecret,b|line 3: field amount must be a number",
                "amount,kind\\n1,a\\n1|line 3: must have 2 cells as the header has, had 1",
                "amount,kind\\n1,a\\n1,b,secret|line 3: must have 2 cells as the header has, had 3",
                "amount,fast\\n1,secret|line 2: field fast must be true or false",
                "amount,kind\\n1,\"secret|must be CSV in UTF-8 with all quotes closed",
                "other\\n1|must have at least one field that can be compared"
            })
    void aBadCsvNamesPlaceAndRequirementButNoValue(String text, String message) {
        assertThatThrownBy(() -> csv(CLAIMS, text.replace("\\n", "\n")))
                .isInstanceOf(ReferenceException.class)
                .hasMessageStartingWith("claims.csv")
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|must have at least one record",
                "{\"amount\":1}\\n{\"amount\":\"secret\"}|line 2: field amount must be a number",
                "{\"amount\":1}\\n{\"fast\":\"secret\"}|line 2: field fast must be true or false",
                "{\"amount\":1}\\n{\"amount\":secret}|line 2: must be one JSON object",
                "{\"amount\":1}\\n\"secret\"|line 2: must be one JSON object",
                "{\"amount\":1}\\n[\"secret\"]|line 2: must be one JSON object",
                "{\"amount\":1}\\nnull|line 2: must be one JSON object",
                "{\"amount\":1}\\n{\"secret|line 2: must be one JSON object",
                "{\"amount\":1,\"amount\":2}|line 1: must be one JSON object, its names unique"
            })
    void badJsonNamesPlaceAndRequirementButNoValue(String text, String message) {
        assertThatThrownBy(() -> read("claims.jsonl", CLAIMS, text.replace("\\n", "\n")))
                .isInstanceOf(ReferenceException.class)
                .hasMessageStartingWith("claims.jsonl")
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"claims.csv", "claims.jsonl"})
    void bytesThatAreNoUtf8AreRefused(String name) {
        byte[] bytes = "{\"kind\":\"M\u00fcller\"}\nkind\nM\u00fcller\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> Reference.read(name, new ByteArrayInputStream(bytes), Schema.NONE))
                .isInstanceOf(ReferenceException.class)
                .hasMessageContaining("UTF-8")
                .hasNoCause();
    }

    @Test
    void anUnknownFormatAndABrokenStreamAreRefused() {
        assertThatThrownBy(() -> read("claims.xlsx", CLAIMS, "x"))
                .isInstanceOf(ReferenceException.class)
                .hasMessageContaining(".csv");
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        };
        assertThatThrownBy(() -> Reference.read("claims.csv", broken, CLAIMS))
                .isInstanceOf(ReferenceException.class)
                .hasMessage("claims.csv cannot be read")
                .hasRootCauseMessage("gone");
    }

    @Test
    void aStoredProfileIsAReferenceWithItsSegmentsAndSampledRows() {
        ProfileOptions options = ProfileOptions.DEFAULT
                .withCapacity(64)
                .withReferenceSample(3)
                .withSegments("kind", List.of("k0", "none"));
        ProfileCollector collector = new ProfileCollector(CLAIMS, options);
        for (int i = 0; i < 5000; i++) {
            collector.add(Map.of("amount", i, "kind", "k" + i % 2), i % 3 == 0 ? "fraud" : "fine", 0.5);
        }
        Reference reference =
                read("profile.json", CLAIMS, collector.profile(null).toJson());
        assertThat(reference.fields())
                .containsExactly(
                        "amount", "kind", "fast", "note.length", "note.shape", "age", Profile.LABEL, Profile.SCORE);
        assertThat(reference.rows()).isEqualTo(5000);
        assertThat(reference.sampledRows()).hasSize(3).allSatisfy(row -> assertThat(row)
                .containsKeys("amount", Profile.LABEL));
        NumberSample amount = (NumberSample) reference.sample("amount");
        assertThat(amount.rankError()).isPositive();
        assertThat(amount.sorted()).hasSizeLessThan(5000).isSorted();
        assertThat(amount.counts().values()).isEqualTo(5000);
        assertThat(reference.segment("k0").rows()).isEqualTo(2500);
        assertThat(reference.segment("none")).isNull();
        assertThat(reference.segment("k1")).isNull();
    }

    @Test
    void aProfileWithoutRecordsOrColumnsIsNoReference() {
        ProfileCollector collector = new ProfileCollector(CLAIMS, ProfileOptions.DEFAULT);
        assertThatThrownBy(() -> Reference.of(collector.profile(null)))
                .isInstanceOf(ReferenceException.class)
                .hasMessage("the reference must have at least one record");
        ProfileCollector open = new ProfileCollector(Schema.NONE, ProfileOptions.DEFAULT);
        open.add(Map.of("list", List.of(1)));
        assertThatThrownBy(() -> Reference.of(open.profile(null)))
                .isInstanceOf(ReferenceException.class)
                .hasMessageContaining("left out were {list=neither numbers nor categories}");
    }

    @Test
    void labelAndScoreOfAFileAreTakenBesideDeclaredFields() {
        Reference reference = csv(CLAIMS, "amount,prediction.label,prediction.score\n1,1,0.5\n2,0,0.7\n");
        assertThat(reference.fields()).containsExactly("amount", Profile.LABEL, Profile.SCORE);
        assertThat(reference.kind(Profile.LABEL)).isEqualTo(FieldKind.CATEGORY);
        assertThatThrownBy(() -> csv(CLAIMS, "amount,prediction.score\n1,secret\n"))
                .isInstanceOf(ReferenceException.class)
                .hasMessageContaining("line 2: field prediction.score must be a number");
    }

    @Test
    void rowsWithoutAnyAreRefused() {
        assertThatThrownBy(() -> Reference.of(Schema.NONE, List.of()))
                .isInstanceOf(ReferenceException.class)
                .hasMessage("the reference must have at least one record");
        assertThatThrownBy(() -> Reference.of(new Schema("k", List.of()), List.of(new HashMap<>(Map.of("k", 1)))))
                .isInstanceOf(ReferenceException.class)
                .hasMessageContaining("at least one field");
    }

    private static Reference csv(Schema schema, String text) {
        return read("claims.csv", schema, text);
    }

    private static Reference read(String name, Schema schema, String text) {
        return Reference.read(name, stream(text), schema);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
