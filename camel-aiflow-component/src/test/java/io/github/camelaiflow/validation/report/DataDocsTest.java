package io.github.camelaiflow.validation.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.FieldType;
import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.validation.RecordValidator;
import io.github.camelaiflow.validation.ResultFormat;
import io.github.camelaiflow.validation.Scope;
import io.github.camelaiflow.validation.Suite;
import io.github.camelaiflow.validation.SuiteReader;
import io.github.camelaiflow.validation.SuiteSettings;
import io.github.camelaiflow.validation.ValidationResult;
import io.github.camelaiflow.validation.WindowSettings;
import io.github.camelaiflow.validation.WindowValidator;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class DataDocsTest {

    private static final String HOSTILE = "<script>alert('1')</script>&\"\u0000\uD800\u202E]]>";
    private static final String SHOWN_HOSTILE = "<script>alert('1')</script>&\"\uFFFD\uFFFD\u202E]]>";
    private static final Settings SETTINGS = new Settings("claims", Instant.parse("2026-01-02T03:04:05.678Z"), false);
    private static final Settings WITH_VALUES = new Settings("claims", null, true);

    private static final String MIXED_SUITE = """
            name: mixed
            expectations:
              - {type: expect_column_values_to_be_between, kwargs: {column: amount, min_value: 0, max_value: 1000, mostly: 0.9}}
              - {type: expect_column_values_to_be_in_set, kwargs: {column: kind, value_set: [fire, theft]}, severity: warning}
              - {type: expect_column_value_lengths_to_be_between, kwargs: {column: note, max_value: 3}, severity: info}
              - {type: expect_column_max_to_be_between, kwargs: {column: amount, max_value: 500}}
              - {type: expect_table_row_count_to_be_between, kwargs: {min_value: 1}}
              - {type: expect_column_values_to_not_be_null, kwargs: {column: kind}}
            """;

    private static final List<Map<String, Object>> RECORDS = List.of(
            record(12.5, "fire", "abc"),
            record(777.125, "fire", "secret note"),
            record(31.75, "planted kind", "ab"),
            record(-98765.4321, "theft", "c"));

    private static Map<String, Object> record(Object amount, String kind, String note) {
        Map<String, Object> record = new HashMap<>();
        record.put("amount", amount);
        record.put("kind", kind);
        record.put("note", note);
        return record;
    }

    @Test
    void thePageTellsVerdictFiguresAndWhatIsNotMet() throws Exception {
        String text = text(parsed(DataDocs.html(batch(MIXED_SUITE, RECORDS), SETTINGS)));

        assertThat(text)
                .contains("Validation of mixed")
                .contains("Flow claims, page made 2026-01-02 03:04:05 UTC")
                .contains("Invalid")
                .contains("2 critical expectations are not met")
                .contains("2 of 6")
                .contains("2 critical, 1 warning, 1 info")
                .contains("must be at least 0 and at most 1000")
                .contains("1 of 4 values don’t meet it, 25 %")
                .contains("at least 90 % must")
                .contains("⚠ Warning")
                .contains("ℹ Noted")
                .contains("Rejected records")
                .contains("All columns together")
                .contains("other (1 value)");
    }

    @Test
    void failuresComeFirst() throws Exception {
        String page = DataDocs.html(batch(MIXED_SUITE, RECORDS), SETTINGS);

        assertThat(page.indexOf("✗ Failed")).isBetween(1, page.indexOf("⚠ Warning"));
        assertThat(page.indexOf("⚠ Warning")).isLessThan(page.indexOf("✓ Met"));
    }

    @Test
    void noValueIsShownUnlessAskedFor() throws Exception {
        ValidationResult result = batch(MIXED_SUITE, RECORDS);
        String without = DataDocs.html(result, SETTINGS);
        String with = DataDocs.html(result, WITH_VALUES);

        for (String value : List.of("planted kind", "secret note", "777", "98,765", "98765", "31.75")) {
            assertThat(text(parsed(without))).as(value).doesNotContain(value);
        }
        assertThat(text(parsed(without)))
                .contains("No value of a record is shown")
                .contains("fire");
        assertThat(text(parsed(with)))
                .contains("planted kind", "secret note", "777.125", "-98,765.4321", "-98765.4321")
                .contains("This page shows values of records");
    }

    @Test
    void whatIsHostileStaysText() throws Exception {
        String json = "{\"name\": \"N\", \"expectations\": [{\"type\": \"expect_column_values_to_be_in_set\","
                + " \"kwargs\": {\"column\": \"C\", \"value_set\": [\"C\"]}},"
                + " {\"type\": \"expect_column_values_to_match_regex\", \"kwargs\": {\"column\": \"C\", \"regex\": \"<b>\"}}]}";
        String escaped =
                HOSTILE.replace("\"", "\\\"").replace("\u0000", "\\u0000").replace("\uD800", "\\ud800");
        Suite suite = SuiteReader.read(
                json.replace("\"N\"", "\"" + escaped + "\"")
                        .replace("\"C\"", "\"" + escaped + "\"")
                        .getBytes(StandardCharsets.UTF_8),
                "t");
        ValidationResult result =
                validate(Schema.NONE, suite, List.of(Map.of(HOSTILE, HOSTILE), Map.of(HOSTILE, "<i>")));

        for (Settings settings : List.of(SETTINGS, new Settings(HOSTILE, null, true))) {
            String page = DataDocs.html(result, settings);
            Document document = parsed(page);
            assertThat(document.getElementsByTagName("script").getLength()).isZero();
            assertThat(document.getElementsByTagName("i").getLength()).isZero();
            assertThat(document.getElementsByTagName("b").getLength()).isZero();
            assertThat(text(document))
                    .contains("Validation of " + SHOWN_HOSTILE)
                    .contains("must match <b>");
            assertThat(document.getElementsByTagName("h3").item(0).getTextContent())
                    .isEqualTo(SHOWN_HOSTILE);
        }
        assertThat(parsed(DataDocs.nothingYet(new Settings(HOSTILE, null, false)))
                        .getElementsByTagName("script")
                        .getLength())
                .isZero();
    }

    @Test
    void thePageStandsForItself() throws Exception {
        String page = DataDocs.html(batch(MIXED_SUITE, RECORDS), SETTINGS);
        Document document = parsed(page);

        String style = document.getElementsByTagName("style").item(0).getTextContent();
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
        assertThat(page).contains("default-src &#39;none&#39;; style-src &#39;sha256-" + hash + "&#39;");
        assertThat(page)
                .doesNotContain("http:")
                .doesNotContain("https:")
                .doesNotContain(" src=")
                .doesNotContain(" style=");
        assertThat(style).doesNotContain("url(").doesNotContain("@import");
        assertThat(DataDocs.html(batch(MIXED_SUITE, RECORDS), SETTINGS)).isEqualTo(page);
        Set<String> ids = new HashSet<>();
        List<String> links = new ArrayList<>();
        for (Element element : elements(document)) {
            if (element.hasAttribute("id")) {
                assertThat(ids.add(element.getAttribute("id"))).isTrue();
            }
            if (element.hasAttribute("href")) {
                links.add(element.getAttribute("href").substring(1));
            }
            if (element.getTagName().equals("table")) {
                assertThat(element.getElementsByTagName("caption").getLength()).isEqualTo(1);
            }
            if (element.getTagName().equals("svg")) {
                assertThat(element.hasAttribute("aria-label") || element.hasAttribute("aria-hidden"))
                        .isTrue();
            }
        }
        assertThat(ids).containsAll(links).contains("main");
    }

    @Test
    void aWindowIsNamed() throws Exception {
        List<ValidationResult> verdicts = new ArrayList<>();
        try (RecordValidator validator = new RecordValidator(Schema.NONE, suite(MIXED_SUITE))) {
            WindowValidator windows = new WindowValidator(
                    validator,
                    new WindowSettings(4, null, 2, true),
                    ResultFormat.SUMMARY,
                    () -> Instant.parse("2026-01-01T00:00:00Z"),
                    verdicts::add);
            assertThat(text(parsed(DataDocs.html(windows.last(), SETTINGS))))
                    .contains("No data")
                    .contains("no window is complete");
            windows.add(Records.batch(RECORDS));
        }

        String text = text(parsed(DataDocs.html(verdicts.get(0), SETTINGS)));
        assertThat(text)
                .contains("No. 1")
                .contains("2 panes")
                .contains("From 2026-01-01 00:00:00 UTC")
                .contains("A window keeps counts, not records")
                .doesNotContain("Rejected records")
                .doesNotContain("planted kind");
    }

    @Test
    void nothingJudgedIsNoData() throws Exception {
        assertThat(text(parsed(DataDocs.nothingYet(SETTINGS))))
                .contains("No data yet")
                .contains("claims");
        assertThat(text(parsed(
                        DataDocs.html(batch(MIXED_SUITE.replaceAll("(?m)^.*row_count.*\n", ""), List.of()), SETTINGS))))
                .contains("No data")
                .contains("no record to judge");
        assertThat(text(parsed(DataDocs.html(validate(Schema.NONE, Suite.NONE, RECORDS), SETTINGS))))
                .contains("No data")
                .contains("Nothing is expected of these records");
    }

    @Test
    void aValidBatchIsSaidToBe() throws Exception {
        Schema schema = new Schema(null, List.of(Field.of("kind", FieldType.TEXT)));

        assertThat(text(parsed(DataDocs.html(validate(schema, Suite.NONE, RECORDS), SETTINGS))))
                .contains("Valid")
                .contains("All expectations are met")
                .contains("Validation of claims")
                .doesNotContain("What is not met");
    }

    @Test
    void whatWasNotEvaluatedIsToldWithTheReason() throws Exception {
        Suite suite = SuiteReader.read(
                "expectations: [{type: expect_magic, kwargs: {column: kind}}]".getBytes(StandardCharsets.UTF_8),
                "t.yaml",
                new SuiteSettings(true, Map.of(), () -> Instant.EPOCH));

        assertThat(text(parsed(DataDocs.html(validate(Schema.NONE, suite, RECORDS), SETTINGS))))
                .contains("What was not evaluated")
                .contains("expect_magic");
    }

    @Test
    void tenThousandExpectationsStayReadable() throws Exception {
        StringBuilder yaml = new StringBuilder("expectations:\n");
        for (int i = 0; i < 10_000; i++) {
            yaml.append("- {type: expect_column_values_to_be_between, kwargs: {column: c")
                    .append(i / 5)
                    .append(", min_value: ")
                    .append(i % 20 == 0 ? 10 : 0)
                    .append(", max_value: ")
                    .append(20 + i)
                    .append("}}\n");
        }
        Map<String, Object> record = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            record.put("c" + i, 5);
        }

        String page = DataDocs.html(batch(yaml.toString(), List.of(record)), SETTINGS);

        Document document = parsed(page);
        assertThat(page.length()).isLessThan(12 << 20);
        assertThat(text(document))
                .contains(
                        "500 expectations are not met, the most severe first",
                        "170 more",
                        "The others stand with their columns");
        assertThat(elements(document).stream()
                        .filter(element -> element.getTagName().equals("section"))
                        .count())
                .isEqualTo(2_000);
        assertThat(elements(document).stream()
                        .filter(element -> element.hasAttribute("open"))
                        .count())
                .isEqualTo(25);
    }

    private static ValidationResult batch(String yaml, List<Map<String, Object>> records) {
        return validate(Schema.NONE, suite(yaml), records);
    }

    private static Suite suite(String yaml) {
        return SuiteReader.read(yaml.getBytes(StandardCharsets.UTF_8), "suite.yaml");
    }

    private static ValidationResult validate(Schema schema, Suite suite, List<Map<String, Object>> records) {
        try (RecordValidator validator = new RecordValidator(schema, suite)) {
            return validator.validate(Records.batch(records), Scope.BATCH, ResultFormat.COMPLETE, true);
        }
    }

    private static Document parsed(String page) throws Exception {
        assertThat(page).startsWith("<!DOCTYPE html>\n<html lang=\"en\">");
        String xml = page.substring(page.indexOf('\n'));
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml.strip())));
    }

    private static List<Element> elements(Document document) {
        NodeList nodes = document.getElementsByTagName("*");
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    /** What a reader reads; the style sheet is not part of it. */
    private static String text(Document document) {
        String text = document.getElementsByTagName("title").item(0).getTextContent()
                + document.getElementsByTagName("body").item(0).getTextContent();
        return text.replace('\u00A0', ' ');
    }
}
