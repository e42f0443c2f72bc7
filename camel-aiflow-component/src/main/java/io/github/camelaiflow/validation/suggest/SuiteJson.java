package io.github.camelaiflow.validation.suggest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelaiflow.validation.Severity;
import io.github.camelaiflow.validation.SuiteReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes suggestions as a suite of GX 1.x, and reads it back, so that what is written can be read. */
final class SuiteJson {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String META = "aiflow";

    private final Sample sample;
    private final int batch;

    SuiteJson(Sample sample, int batch) {
        this.sample = sample;
        this.batch = batch;
    }

    SuggestedSuite write(String name, List<Suggestion> suggestions, List<LeftOut> leftOut) {
        Map<String, Object> suite = new LinkedHashMap<>();
        suite.put("name", name);
        suite.put(
                "expectations", suggestions.stream().map(SuiteJson::expectation).toList());
        suite.put("meta", Map.of(META, meta(suggestions, leftOut)));
        String json;
        try {
            json = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(suite);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a suggested suite must be writable as JSON", e);
        }
        return new SuggestedSuite(
                SuiteReader.read(json.getBytes(StandardCharsets.UTF_8), "suggested suite " + name),
                json,
                sample.rowsRead(),
                sample.rowsKept(),
                leftOut);
    }

    private static Map<String, Object> expectation(Suggestion suggestion) {
        Map<String, Object> how = new LinkedHashMap<>(suggestion.how());
        how.put("promised", suggestion.promised());
        Map<String, Object> expectation = new LinkedHashMap<>();
        expectation.put("type", suggestion.type());
        expectation.put("kwargs", suggestion.kwargs());
        expectation.put("meta", Map.of(META, how));
        expectation.put("severity", (suggestion.critical() ? Severity.CRITICAL : Severity.WARNING).toString());
        return expectation;
    }

    private Map<String, Object> meta(List<Suggestion> suggestions, List<LeftOut> leftOut) {
        SuggestSettings settings = sample.settings();
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("rows_read", sample.rowsRead());
        meta.put("rows_used", sample.rowsKept());
        meta.put("alpha", settings.alpha());
        meta.put("batch_size", batch);
        meta.put("seed", settings.seed());
        meta.put(
                "promised_expectations",
                suggestions.stream().filter(Suggestion::promised).count());
        meta.put(
                "promise",
                "a later batch of batch_size records, independent of each other and distributed as the sample, fails any of the"
                        + " promised expectations with a chance of at most alpha; the values are taken to stay of the kinds the"
                        + " sample has");
        meta.put(
                "severity",
                "critical where structure is expected that no row of the sample breaks; warning where a share or a limit is");
        List<Map<String, Object>> considered = new ArrayList<>();
        leftOut.forEach(one -> considered.add(leftOut(one)));
        if (sample.columnsLeftOut()) {
            considered.add(Map.of("why", "fields beyond the first 1,000 were not looked at"));
        }
        meta.put("left_out", considered);
        return meta;
    }

    private static Map<String, Object> leftOut(LeftOut one) {
        Map<String, Object> entry = new LinkedHashMap<>();
        if (!one.column().isEmpty()) {
            entry.put("column", one.column());
        }
        if (!one.expectation().isEmpty()) {
            entry.put("expectation", one.expectation());
        }
        entry.put("why", one.why());
        if (one.rowsNeeded() != null) {
            entry.put("rows_needed", one.rowsNeeded());
        }
        return entry;
    }
}
