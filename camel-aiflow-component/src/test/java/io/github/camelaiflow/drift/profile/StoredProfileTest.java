package io.github.camelaiflow.drift.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.FieldType;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.statistics.SeededRandom;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredProfileTest {

    private static final Schema FIELDS =
            new Schema(null, List.of(Field.of("amount", FieldType.NUMBER), Field.of("kind", FieldType.CATEGORY)));

    private static Profile small() {
        ProfileOptions options =
                ProfileOptions.DEFAULT.withCapacity(64).withReferenceSample(2).withSegments("kind", List.of("secret"));
        ProfileCollector collector = new ProfileCollector(FIELDS, options);
        collector.add(Map.of("amount", 1, "kind", "secret"));
        collector.add(Map.of("amount", 3, "kind", "secret"));
        collector.add(Map.of("kind", "b"));
        return collector.profile(ProfileTest.TIME);
    }

    @Test
    void theDocumentIsSmallReadableAndInLines() {
        assertThat(small().toJson().lines().limit(22))
                .containsSubsequence(
                        "{",
                        "  \"format\": \"aiflow-profile-1\",",
                        "  \"created\": \"2026-11-22T10:15:30Z\",",
                        "  \"capacity\": 64,",
                        "  \"records\": 3,",
                        "  \"columns\": {",
                        "    \"amount\": {",
                        "      \"kind\": \"number\",",
                        "      \"presence\": {\"values\": 2, \"missing\": 1, \"wrongType\": 0, \"infinite\": 0},",
                        "      \"about\": {\"mean\": 2, \"deviation\": 1.4142135623730951, \"median\": 1},",
                        "      \"moments\": {\"min\": 1, \"max\": 3, \"sum\": \"1p2\", \"squares\": \"5p1\"},",
                        "        [1, 3]]}");
    }

    @Test
    void itIsReadWhereverARecordFileIs() {
        Profile profile = small();
        String json = profile.toJson();
        // As another tool would lay it out, its format last.
        String sorted =
                "\n " + json.replace("\"format\": \"aiflow-profile-1\",", "").stripTrailing();
        sorted = sorted.substring(0, sorted.length() - 1) + ",\"format\":\"aiflow-profile-1\"}";
        for (String text : List.of(json, sorted)) {
            assertThat(read(text, FIELDS).toJson()).isEqualTo(json);
            assertThat(read(text, Schema.NONE).toJson()).isEqualTo(json);
        }
        Profile rows = read("{\"format\":\"pdf\",\"n\":1}\n{\"format\":\"doc\",\"n\":2}", Schema.NONE);
        assertThat(rows.columns()).containsExactly("format", "n");
    }

    private static Profile read(String text, Schema schema) {
        ByteArrayInputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return Profile.read("claims.json", in, schema, ProfileOptions.DEFAULT, 100, null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "aiflow-profile-1|aiflow-profile-2|format: must be aiflow-profile-1: the profile was written by another version",
                "\"records\": 3|\"records\": 2|presence: must add up to the records",
                "\"records\": 3|\"records\": -3|records: must be a whole number from 0",
                "\"records\": 3|\"records\": 3.0|records: must be a whole number from 0",
                "\"records\": 3|\"records\": 99999999999999999999|records: must be a whole number from 0",
                "\"records\": 3|\"records\": \"secret\"|records: must be a whole number from 0",
                "\"recordsRead\": 3|\"recordsRead\": 2|recordsRead: must be at least the records",
                "\"capacity\": 64|\"capacity\": 63|capacity: must be from 64",
                "\"capacity\": 64|\"capacity\": 2000000000|capacity: must be from 64",
                "\"capacity\": 64|\"capacity\": 64, \"secret\": 1|must have exactly the members format",
                "\"created\": \"2026|\"created\": \"secret|created: must be a time such as",
                "\"schema\": \"|\"schema\": \"secret|schema: must be a SHA-256",
                "\"kind\": \"number\"|\"kind\": \"secret\"|columns.amount.kind: must be number, category",
                "\"values\": 2|\"values\": -2|columns.amount.presence.values: must be a whole number from 0",
                "\"values\": 2, \"missing\": 1|\"values\": 1, \"missing\": 2|presence.values: must be as many as the column has",
                "\"sum\": \"1p2\"|\"sum\": \"secret\"|columns.amount.moments.sum: an exact sum must be",
                "\"sum\": \"1p2\"|\"sum\": \"1p3\"|columns.amount.moments: the sum must fit",
                "\"sum\": \"1p2\"|\"sum\": \"3p0\"|columns.amount.moments: must fit the values of the sketch",
                "\"squares\": \"5p1\"|\"squares\": \"1p1\"|columns.amount.moments: the sum of squares must fit",
                "\"min\": 1|\"min\": 2|columns.amount.sketch: values must lie between",
                "\"min\": 1|\"min\": NaN|must be a profile in JSON",
                "\"min\": 1|\"min\": 1e999|columns.amount.moments.min: must be a finite number",
                "[1, 3]|[3, 1]|columns.amount.sketch: the values of a level must ascend",
                "[1, 3]|[1, \"secret\"]|columns.amount.sketch.levels[0]: must be a list of finite numbers",
                "[1, 3]|[1, 2, 3]|columns.amount.moments: must fit the values of the sketch",
                "\"up\": 0|\"up\": 1|columns.amount.sketch: the errors must fit",
                "\"up\": 0|\"up\": -1|columns.amount.sketch.up: must be a whole number from 0",
                "\"secret\": 2|\"secret\": 0|columns.kind.categories: must have counts above 0",
                "\"secret\": 2|\"secret\": -2|columns.kind.categories[…]: must be a whole number from 0",
                "\"secret\": 2|\"secret\": 2, \"secret\": 2|must be a profile in JSON and UTF-8, whole and its names unique",
                "\"secret\": 2|\"secret\": 4503599627370496|columns.kind.categories: must add up to the values",
                "\"kind\": \"number\"|\"kind\": \"length\"|columns.amount: must be called as columns of its kind are",
                "\"limit\": 2|\"limit\": 3|rows.drawn: must be as many rows as",
                "\"limit\": 2|\"limit\": 1|rows.drawn: must be a list of at most 1",
                "\"field\": \"kind\"|\"field\": null|segments: must have profiles just if there is a field",
                "\"leftOut\": {}|\"leftOut\": {\"x\": 1}|leftOut.x: must be a text",
                "\"leftOut\": {}|\"leftOut\": []|leftOut: must be an object",
            })
    void whatNoProfileCanBeIsRefusedWithItsPlace(String part, String other, String message) {
        String json = small().toJson();
        assertThat(json).contains(part);
        int at = json.indexOf(part);
        String corrupt = json.substring(0, at) + other + json.substring(at + part.length());
        assertThatThrownBy(() -> read(corrupt, Schema.NONE))
                .isInstanceOf(ReferenceException.class)
                .hasMessageStartingWith("claims.json")
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @Test
    void aFileThatIsCutOffOrFollowedByMoreIsRefused() {
        String json = small().toJson();
        UniformRandomProvider random = SeededRandom.stream(1);
        for (int i = 0; i < 200; i++) {
            String cut = json.substring(0, 40 + random.nextInt(json.length() - 42));
            assertThatThrownBy(() -> read(cut, Schema.NONE))
                    .isInstanceOf(ReferenceException.class)
                    .hasMessageContaining("must be")
                    .hasMessageNotContaining("secret");
        }
        assertThatThrownBy(() -> read(json + "{}", Schema.NONE)).isInstanceOf(ReferenceException.class);
    }

    @Test
    void anyChangedByteIsReadAsAProfileOrRefused() {
        byte[] json = small().toJson().getBytes(StandardCharsets.UTF_8);
        UniformRandomProvider random = SeededRandom.stream(2);
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] changed = json.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            try {
                Profile profile = new StoredProfile("x", changed, null, true).parse();
                assertThat(Profile.parse("x", profile.toJson()).toJson()).isEqualTo(profile.toJson());
            } catch (ReferenceException e) {
                refused++;
                assertThat(e).hasMessageNotContaining("secret").hasNoCause();
            }
        }
        assertThat(refused).isBetween(1000, 1990);
    }

    @Test
    void aProfileOfOtherFieldsIsRefusedNamingThem() {
        Schema others = new Schema(
                null,
                List.of(
                        Field.of("amount", FieldType.CATEGORY),
                        Field.of("kind", FieldType.CATEGORY),
                        Field.of("age", FieldType.INTEGER)));
        assertThatThrownBy(() -> read(small().toJson(), others))
                .isInstanceOf(ReferenceException.class)
                .hasMessage("claims.json must be a profile of the fields the flow declares now: column amount must be"
                        + " category, is number; column age is not in the profile. Make it anew");
        Schema fewer = new Schema(null, List.of(Field.of("amount", FieldType.NUMBER)));
        assertThatThrownBy(() -> read(small().toJson(), fewer))
                .isInstanceOf(ReferenceException.class)
                .hasMessageContaining("column kind is of no field the flow declares");
        Schema whole =
                new Schema(null, List.of(Field.of("amount", FieldType.INTEGER), Field.of("kind", FieldType.CATEGORY)));
        assertThatThrownBy(() -> read(small().toJson(), whole))
                .isInstanceOf(ReferenceException.class)
                .hasMessageContaining("names or types of its fields are others");
    }

    @Test
    void aProfileMadeWithoutDeclaredFieldsServesAFlowThatDeclaresSome() {
        ProfileCollector collector = new ProfileCollector(Schema.NONE, ProfileOptions.DEFAULT);
        collector.add(Map.of("amount", 1, "kind", "a", "extra", true, "fast", false));
        String json = collector.profile(null).toJson();
        Schema declared = new Schema(
                null,
                List.of(
                        Field.of("amount", FieldType.NUMBER),
                        Field.of("fast", FieldType.BOOLEAN),
                        Field.of("age", FieldType.NUMBER)));
        Profile profile = read(json, declared);
        assertThat(profile.columns()).containsExactly("amount", "fast");
        assertThat(profile.leftOut()).containsOnly(Map.entry("age", "not in the reference"));
        Schema wrong = new Schema(null, List.of(Field.of("kind", FieldType.NUMBER)));
        assertThatThrownBy(() -> read(json, wrong))
                .isInstanceOf(ReferenceException.class)
                .hasMessageContaining("column kind must be number, is category");
    }
}
