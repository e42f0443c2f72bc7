package io.github.camelaiflow.drift.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.FieldType;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.statistics.QuantileSketch;
import io.github.camelaiflow.statistics.SeededRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class ProfileTest {

    static final Instant TIME = Instant.parse("2026-11-22T10:15:30Z");
    static final Schema CLAIMS = new Schema(
            "id",
            List.of(
                    Field.of("id", FieldType.TEXT),
                    Field.of("amount", FieldType.NUMBER),
                    Field.of("kind", FieldType.CATEGORY),
                    Field.of("fast", FieldType.BOOLEAN),
                    Field.of("note", FieldType.TEXT)));
    private static final ProfileOptions SMALL = ProfileOptions.DEFAULT.withCapacity(64);

    /** Rows of every kind of value, good and bad. */
    static List<Map<String, Object>> claims(UniformRandomProvider random, int size) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Map<String, Object> row = new HashMap<>();
            row.put("id", "secret" + i);
            row.put(
                    "amount",
                    oneOf(
                            random,
                            Math.exp(20 * random.nextDouble()),
                            random.nextInt(100),
                            null,
                            "x",
                            Double.NaN,
                            Double.NEGATIVE_INFINITY,
                            -0.0));
            row.put("kind", oneOf(random, "k" + random.nextInt(7), 3, 3.0, "", null, List.of()));
            row.put("fast", oneOf(random, true, false, "yes", null));
            row.put(
                    "note",
                    oneOf(random, "No " + random.nextInt(1000), "wörd".repeat(random.nextInt(200)), "\uD800", 7));
            rows.add(row);
        }
        return rows;
    }

    private static Object oneOf(UniformRandomProvider random, Object... values) {
        return values[random.nextInt(values.length)];
    }

    private static Profile profile(Schema schema, List<Map<String, Object>> rows, ProfileOptions options) {
        ProfileCollector collector = new ProfileCollector(schema, options);
        collector.addAll(rows);
        return collector.profile(TIME);
    }

    @Test
    void anySplitMergesToTheSameCountsMomentsAndCategories() {
        for (Schema schema : List.of(CLAIMS, Schema.NONE)) {
            for (int run = 0; run < 60; run++) {
                UniformRandomProvider random = SeededRandom.stream(run);
                List<Map<String, Object>> rows = claims(random, 1 + random.nextInt(600));
                Profile whole = profile(schema, rows, SMALL);
                List<ProfileCollector> nodes = new ArrayList<>();
                for (int i = 0; i <= random.nextInt(5); i++) {
                    nodes.add(new ProfileCollector(schema, SMALL));
                }
                rows.forEach(row -> nodes.get(random.nextInt(nodes.size())).add(row));
                Profile merged = nodes.stream()
                        .map(node -> node.profile(TIME))
                        .reduce(Profile::merge)
                        .orElseThrow();
                assertSameButQuantiles(merged, whole);
                assertQuantiles(merged, rows, schema);
            }
        }
    }

    private static void assertSameButQuantiles(Profile one, Profile other) {
        assertThat(one.records()).isEqualTo(other.records());
        assertThat(one.columns()).isEqualTo(other.columns());
        assertThat(one.leftOut()).isEqualTo(other.leftOut());
        for (String name : one.columns()) {
            assertThat(one.presence(name)).isEqualTo(other.presence(name));
            assertThat(one.presence(name).records()).isEqualTo(one.records());
            if (one.column(name) instanceof NumberProfile numbers) {
                assertThat(numbers.moments()).isEqualTo(((NumberProfile) other.column(name)).moments());
            } else {
                CategoryProfile categories = (CategoryProfile) one.column(name);
                CategoryProfile expected = (CategoryProfile) other.column(name);
                assertThat(categories.categories()).isEqualTo(expected.categories());
                assertThat(categories.buckets()).isEqualTo(expected.buckets());
                assertThat(categories.distinct()).isEqualTo(expected.distinct());
            }
        }
    }

    private static void assertQuantiles(Profile profile, List<Map<String, Object>> rows, Schema schema) {
        if (!(profile.column("amount") instanceof NumberProfile numbers)) {
            assertThat(profile.leftOut()).containsEntry("amount", OpenColumn.MIXED);
            return;
        }
        double[] values = rows.stream()
                .map(row -> row.get("amount"))
                .filter(Number.class::isInstance)
                .mapToDouble(value -> ((Number) value).doubleValue())
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        QuantileSketch sketch = numbers.quantiles();
        for (double value : values) {
            double rank = Arrays.stream(values).filter(x -> x <= value).count() / (double) values.length;
            assertThat(Math.abs(sketch.rank(value) - rank)).isLessThanOrEqualTo(sketch.rankError() + 1e-12);
        }
    }

    @Test
    void theRoundTripThroughJsonIsExact() {
        for (int run = 0; run < 30; run++) {
            UniformRandomProvider random = SeededRandom.stream(run, 3);
            List<Map<String, Object>> rows = claims(random, random.nextInt(1000));
            ProfileOptions options =
                    SMALL.withReferenceSample(run % 3 * 10).withSegments("kind", List.of("3", "k1", "\"\\\n€"));
            Profile profile =
                    profile(run % 2 == 0 ? CLAIMS : Schema.NONE, rows, run % 3 == 0 ? SMALL : options.withSeed(1));
            String json = profile.toJson();
            Profile read = Profile.parse("stored", json);
            assertThat(read.toJson()).isEqualTo(json);
            assertSameButQuantiles(read, profile);
            assertThat(read.rows()).isEqualTo(profile.rows());
            Profile more =
                    profile(run % 2 == 0 ? CLAIMS : Schema.NONE, claims(random, 500), run % 3 == 0 ? SMALL : options);
            assertThat(read.merge(more).toJson()).isEqualTo(profile.merge(more).toJson());
        }
    }

    @Test
    void categoriesByTheThousandAreCountedInBucketsWhateverTheSplit() {
        UniformRandomProvider random = SeededRandom.stream(4);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 60_000; i++) {
            rows.add(Map.of("zip", i % 3 == 0 ? "often" : "z" + random.nextInt(20_000)));
        }
        Schema schema = new Schema(null, List.of(Field.of("zip", FieldType.CATEGORY)));
        Profile whole = profile(schema, rows, SMALL);
        CategoryProfile column = (CategoryProfile) whole.column("zip");
        assertThat(column.hashed()).isTrue();
        assertThat(column.categories()).isEmpty();
        assertThat(Arrays.stream(column.buckets()).sum()).isEqualTo(60_000);
        assertThat(column.buckets()[CategorySample.bucket("often")]).isBetween(20_000L, 20_100L);
        long different = rows.stream().map(row -> row.get("zip")).distinct().count();
        assertThat(column.distinct()).isBetween(different * 8 / 10, different * 12 / 10);
        Profile halves = profile(schema, rows.subList(0, 9_000), SMALL)
                .merge(profile(schema, rows.subList(9_000, 60_000), SMALL));
        assertSameButQuantiles(halves, whole);
        assertThat(Profile.parse("x", whole.toJson()).toJson()).isEqualTo(whole.toJson());
        assertThat(whole.toJson()).hasSizeLessThan(60_000).doesNotContain("often");
        CategorySample sample = (CategorySample) ProfileSamples.of(whole).sample("zip");
        CategorySample window = new CategorySample(Map.of("often", 5), new ValueCounts(5, 0, 0, 0)).like(sample);
        assertThat(sample.categories())
                .containsKey(window.categories().keySet().iterator().next());
    }

    @Test
    void fewLongCategoriesAreBoundedByTheirCharacters() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            rows.add(Map.of("c", "x".repeat(100) + i));
        }
        Profile profile = profile(Schema.NONE, rows, SMALL);
        assertThat(((CategoryProfile) profile.column("c")).hashed()).isTrue();
        assertThat(ProfileSamples.of(profile).leftOut()).containsOnlyKeys("c");
    }

    @Test
    void identifiersOfALiveStreamAreLeftOutUnlessDeclared() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            rows.add(Map.of("uuid", "u" + i, "city", "c" + i % 50));
        }
        ProfileSamples open = ProfileSamples.of(profile(Schema.NONE, rows, SMALL));
        assertThat(open.columns()).containsExactly("city");
        assertThat(open.leftOut()).containsOnlyKeys("uuid");
        Schema declared = new Schema(null, List.of(Field.of("uuid", FieldType.CATEGORY)));
        assertThat(ProfileSamples.of(profile(declared, rows, SMALL)).columns()).containsExactly("uuid");
    }

    @Test
    void aTypeThatChangesInMidStreamIsCountedWhereDeclaredAndLeftOutWhereNot() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            rows.add(Map.of("amount", i < 60 ? (Object) i : "n" + i));
        }
        Profile declared = profile(CLAIMS, rows, SMALL);
        assertThat(declared.presence("amount")).isEqualTo(new Presence(60, 0, 40, 0));
        Profile open = profile(Schema.NONE, rows, SMALL);
        assertThat(open.columns()).isEmpty();
        assertThat(open.leftOut()).containsOnly(Map.entry("amount", OpenColumn.MIXED));
        Profile nodes = profile(Schema.NONE, rows.subList(0, 60), SMALL)
                .merge(profile(Schema.NONE, rows.subList(60, 100), SMALL));
        assertSameButQuantiles(nodes, open);
    }

    @Test
    void constantMissingAndSingleValuesHaveProfiles() {
        Map<String, Object> row = new HashMap<>();
        row.put("constant", 5);
        row.put("missing", null);
        Profile one = profile(Schema.NONE, List.of(row), SMALL);
        Profile many = profile(Schema.NONE, java.util.Collections.nCopies(1000, row), SMALL);
        assertThat(one.records()).isEqualTo(1);
        NumberProfile constant = (NumberProfile) many.column("constant");
        assertThat(constant.moments().standardDeviation(1)).isZero();
        assertThat(constant.quantiles().quantile(0.5)).isEqualTo(5);
        assertThat(many.presence("missing")).isEqualTo(new Presence(0, 1000, 0, 0));
        for (Profile profile : List.of(one, many, profile(CLAIMS, List.of(), SMALL))) {
            assertThat(Profile.parse("x", profile.toJson()).toJson()).isEqualTo(profile.toJson());
            assertThat(profile.describe()).contains("records");
            ProfileSamples.of(profile);
        }
    }

    @Test
    void heavyTailsAndInfinitiesKeepMomentsFinite() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (double value :
                new double[] {Double.MAX_VALUE, -Double.MAX_VALUE, 1, Double.POSITIVE_INFINITY, Double.MIN_VALUE}) {
            rows.add(Map.of("x", value));
        }
        Profile profile = profile(Schema.NONE, rows, SMALL);
        NumberProfile column = (NumberProfile) profile.column("x");
        assertThat(profile.presence("x")).isEqualTo(new Presence(4, 0, 0, 1));
        assertThat(column.moments().mean()).isEqualTo(0.25);
        assertThat(column.moments().variance(1)).isInfinite();
        assertThat(Profile.parse("x", profile.toJson()).toJson()).isEqualTo(profile.toJson());
    }

    @Test
    void aRowThatThrowsIsCountedNotThrown() {
        Map<String, Object> view = new HashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public Object get(Object key) {
                throw new IllegalStateException("secret");
            }
        };
        Number odd = new Number() {
            private static final long serialVersionUID = 1L;

            @Override
            public int intValue() {
                return 0;
            }

            @Override
            public long longValue() {
                return 0;
            }

            @Override
            public float floatValue() {
                return 0;
            }

            @Override
            public double doubleValue() {
                throw new IllegalStateException("secret");
            }

            @Override
            public String toString() {
                throw new IllegalStateException("secret");
            }
        };
        List<Map<String, Object>> rows = new ArrayList<>(List.of(view, Map.of("amount", odd, "kind", odd)));
        rows.add(null);
        for (Schema schema : List.of(CLAIMS, Schema.NONE)) {
            Profile profile = profile(schema, rows, SMALL.withReferenceSample(5));
            assertThat(profile.records()).isEqualTo(3);
        }
        assertThat(profile(CLAIMS, rows, SMALL).presence("amount")).isEqualTo(new Presence(0, 1, 2, 0));
    }

    @Test
    void labelAndScoreHaveColumns() {
        ProfileCollector collector = new ProfileCollector(CLAIMS, SMALL);
        collector.add(Map.of("amount", 1), "fraud", 0.9);
        collector.add(Map.of("amount", 2, Profile.LABEL, "ok", Profile.SCORE, 0.2));
        collector.add(Map.of("amount", 2));
        Profile profile = collector.profile(TIME);
        assertThat(profile.columns()).endsWith(Profile.LABEL, Profile.SCORE);
        assertThat(((CategoryProfile) profile.column(Profile.LABEL)).categories())
                .containsOnly(Map.entry("fraud", 1L), Map.entry("ok", 1L));
        assertThat(profile.presence(Profile.SCORE)).isEqualTo(new Presence(2, 1, 0, 0));
    }

    @Test
    void segmentsHaveProfilesOfTheirOwn() {
        UniformRandomProvider random = SeededRandom.stream(9);
        List<Map<String, Object>> rows = claims(random, 500);
        ProfileOptions options = SMALL.withSegments("kind", List.of("k1", "3", "absent"));
        Profile profile = profile(CLAIMS, rows, options);
        assertThat(profile.segments()).containsOnlyKeys("k1", "3", "absent");
        long threes =
                rows.stream().filter(row -> row.get("kind") instanceof Number).count();
        assertThat(profile.segments().get("3").records()).isEqualTo(threes);
        assertThat(profile.segments().get("absent").records()).isZero();
        Profile merged =
                profile(CLAIMS, rows.subList(0, 100), options).merge(profile(CLAIMS, rows.subList(100, 500), options));
        assertSameButQuantiles(merged.segments().get("3"), profile.segments().get("3"));
        assertThatThrownBy(() -> profile.merge(profile(CLAIMS, rows, SMALL)))
                .isInstanceOf(ReferenceException.class)
                .hasMessageContaining("segments");
    }

    @Test
    void aMergedSampleIsUniformOverAllRecords() {
        int[] drawn = new int[100];
        for (int run = 0; run < 2000; run++) {
            Profile few = numbered(0, 20, SMALL.withReferenceSample(10).withSeed(2 * run));
            Profile many = numbered(20, 100, SMALL.withReferenceSample(10).withSeed(2 * run + 1));
            List<Map<String, Object>> rows = few.merge(many).rows();
            assertThat(rows).hasSize(10);
            rows.forEach(row -> drawn[((Double) row.get("i")).intValue()]++);
        }
        // Each of the 100 is drawn with chance 0.1: 200 times, standard deviation 13.4.
        assertThat(Arrays.stream(drawn).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(145, 255));
        assertThat(Arrays.stream(drawn).limit(20).sum()).isBetween(3800, 4200);
    }

    private static Profile numbered(int from, int to, ProfileOptions options) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = from; i < to; i++) {
            rows.add(Map.of("i", i));
        }
        return profile(Schema.NONE, rows, options);
    }

    @Test
    void theSameSeedKeepsTheSameRows() {
        ProfileOptions options = SMALL.withReferenceSample(7).withSeed(3);
        assertThat(numbered(0, 500, options).toJson())
                .isEqualTo(numbered(0, 500, options).toJson());
        assertThat(numbered(0, 500, options).rows())
                .isNotEqualTo(numbered(0, 500, options.withSeed(4)).rows());
    }

    @Test
    void differencesAreToldAndValuesOnlyWhereAsked() {
        Profile before = profile(
                new Schema(null, List.of(Field.of("kind", FieldType.CATEGORY), Field.of("amount", FieldType.NUMBER))),
                List.of(Map.of("kind", "fire", "amount", 1), Map.of("kind", "fire", "amount", 3)),
                SMALL);
        Profile after = profile(
                new Schema(null, List.of(Field.of("kind", FieldType.CATEGORY), Field.of("amount", FieldType.NUMBER))),
                List.of(Map.of("kind", "fire"), Map.of("kind", "theft", "amount", 5)),
                SMALL);
        assertThat(before.diff(before)).isEmpty();
        assertThat(before.diff(after))
                .contains("kind: fire 100.0 % → 50.0 %; theft (new) 0.0 % → 50.0 %")
                .contains("amount: missing 0.0 % → 50.0 %; mean 2.000 → 5.000");
        assertThat(before.describe()).contains("fire").contains("mean 2");
        assertThat(before).hasToString("Profile of 2 records, 2 columns");
    }

    @Test
    void profilesOfDifferentFieldsAreNotMerged() {
        Profile profile = profile(CLAIMS, claims(SeededRandom.stream(1), 10), SMALL);
        Profile open = profile(Schema.NONE, claims(SeededRandom.stream(1), 10), SMALL);
        assertThatThrownBy(() -> profile.merge(open))
                .isInstanceOf(ReferenceException.class)
                .hasMessageContaining("fields");
        Profile sampled = Profile.of(CLAIMS, claims(SeededRandom.stream(1), 50), SMALL, 10);
        assertThat(sampled.recordsRead()).isEqualTo(50);
        assertThatThrownBy(() -> sampled.merge(profile))
                .isInstanceOf(ReferenceException.class)
                .hasMessageContaining("not of a sample");
    }

    @Test
    void manyFieldsOfAMapThatIsNoRecordAreBounded() {
        Map<String, Object> wide = new HashMap<>();
        for (int i = 0; i < 1500; i++) {
            wide.put("f" + i, i);
        }
        Profile profile = profile(Schema.NONE, List.of(wide), SMALL);
        assertThat(profile.columns()).hasSize(1000);
        assertThat(profile.leftOut()).containsOnly(Map.entry("(others)", "more than 1000 fields"));
        assertThat(Profile.parse("x", profile.toJson()).toJson()).isEqualTo(profile.toJson());
    }

    @Test
    void shapesTellKindsOfCharacters() {
        assertThat(FieldValue.shape("Hello World 12")).isEqualTo("Aa 9");
        assertThat(FieldValue.shape("2024-11-22")).isEqualTo("9.");
        assertThat(FieldValue.shape("日本\u0000\uD83D\uDE00")).isEqualTo("xo");
        assertThat(FieldKind.SHAPE.read("")).isNull();
        assertThat(FieldKind.LENGTH.read(12)).isSameAs(FieldValue.UNREADABLE);
        assertThat(FieldKind.LENGTH.field(FieldKind.LENGTH.column("note"))).isEqualTo("note");
    }
}
