package io.github.camelaiflow.validation;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.camelaiflow.validation.python.Values;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes results as Great Expectations writes them; what GX has no place for stands under {@code meta.aiflow}. */
final class GxJson {

    private static final int MAX_DEPTH = 64;

    /** GX's own words, by its definitions, where the values are those of several columns. */
    private static final String UNCOUNTED = "partial_unexpected_counts requested, but requires a hashable type";

    private final ValidationResult result;
    private final boolean withValues;

    private GxJson(ValidationResult result, boolean withValues) {
        this.result = result;
        this.withValues = withValues;
    }

    /**
     * The result as JSON.
     *
     * @param withValues whether values and keys of records are written; if not, their places still are
     */
    static String write(ValidationResult result, boolean withValues) {
        try {
            return Trees.JSON.writeValueAsString(new GxJson(result, withValues).document());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result consists of plain JSON values", e);
        }
    }

    private Map<String, Object> document() {
        Statistics statistics = result.statistics();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("success", statistics.unsuccessful() == 0);
        document.put("results", result.results().stream().map(this::expectation).toList());
        document.put("suite_name", result.suite());
        document.put("suite_parameters", Map.of());
        document.put("statistics", statistics(statistics));
        document.put("meta", meta());
        return document;
    }

    /** GX's pages need a run's id and the suite's name here as well. */
    private Map<String, Object> meta() {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("run_name", null);
        run.put("run_time", result.time() == null ? null : result.time().toString());
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("run_id", run);
        meta.put("expectation_suite_name", result.suite());
        meta.put("aiflow", verdict());
        return meta;
    }

    private static Map<String, Object> statistics(Statistics statistics) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("evaluated_expectations", statistics.evaluated());
        map.put("successful_expectations", statistics.successful());
        map.put("unsuccessful_expectations", statistics.unsuccessful());
        map.put("success_percent", statistics.successPercent());
        return map;
    }

    private Map<String, Object> verdict() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("valid", result.valid());
        if (result.reason() != null) {
            map.put("reason", result.reason());
        }
        map.put("records", result.records());
        if (result.window() != null) {
            map.put("window", window(result.window()));
        }
        if (withValues && !result.profiles().isEmpty()) {
            map.put("profiles", result.profiles());
        }
        if (!result.notEvaluated().isEmpty()) {
            map.put("not_evaluated", result.notEvaluated());
        }
        map.put("rejected_count", result.rejected().size());
        map.put("rejected", flagged(result.rejected()));
        map.put("warned_count", result.warned().size());
        map.put("warned", flagged(result.warned()));
        return map;
    }

    private static Map<String, Object> window(ValidationWindow window) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("number", window.number());
        map.put("from", window.from().toString());
        map.put("to", window.to().toString());
        map.put("panes", window.panes());
        return map;
    }

    private List<Map<String, Object>> flagged(List<FlaggedRecord> records) {
        List<FlaggedRecord> shown = result.format().holds(ResultFormat.COMPLETE) ? records : first(records);
        return shown.stream().map(this::flagged).toList();
    }

    private Map<String, Object> flagged(FlaggedRecord record) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("index", record.index());
        if (withValues && record.key() != null) {
            map.put("key", plain(record.key(), 0));
        }
        map.put("reasons", record.reasons());
        return map;
    }

    private Map<String, Object> expectation(ExpectationResult one) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("success", one.success());
        map.put("expectation_config", config(one.expectation()));
        map.put("result", result.format() == ResultFormat.BOOLEAN_ONLY ? Map.of() : details(one));
        map.put("meta", Map.of());
        Map<String, Object> exception = new LinkedHashMap<>();
        exception.put("raised_exception", one.error() != null);
        exception.put("exception_traceback", null);
        exception.put("exception_message", one.error());
        map.put("exception_info", exception);
        return map;
    }

    private static Map<String, Object> config(Expectation expectation) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("type", expectation.type());
        map.put("kwargs", expectation.kwargs());
        map.put("meta", expectation.meta());
        if (expectation.severity() != Severity.CRITICAL) {
            map.put("severity", expectation.severity().toString());
        }
        if (expectation.id() != null) {
            map.put("id", expectation.id());
        }
        return map;
    }

    private Map<String, Object> details(ExpectationResult one) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (!one.counts()) {
            if (withValues) {
                map.put("observed_value", plain(one.observedValue(), 0));
            }
            map.put("element_count", one.elementCount());
            missing(one, map);
            if (withValues && !one.details().isEmpty()) {
                map.put("details", plain(one.details(), 0));
            }
        } else {
            counts(one, map);
        }
        if (one.approximation() != null) {
            map.put("approximation", approximation(one));
        }
        return map;
    }

    /** Bounds of a count are no values of records; those of a quantile are. */
    private Map<String, Object> approximation(ExpectationResult one) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("quantity", one.approximation().quantity());
        if (withValues || one.counts()) {
            map.put("lower", plain(one.approximation().lower(), 0));
            map.put("upper", plain(one.approximation().upper(), 0));
        }
        map.put("confidence", one.approximation().confidence());
        map.put("decided", one.approximation().decided());
        return map;
    }

    private static void missing(ExpectationResult one, Map<String, Object> map) {
        if (one.missingCount() != null) {
            map.put("missing_count", one.missingCount());
            map.put("missing_percent", one.missingPercent());
        }
    }

    private void counts(ExpectationResult one, Map<String, Object> map) {
        map.put("element_count", one.elementCount());
        map.put("unexpected_count", one.unexpectedCount());
        map.put("unexpected_percent", one.unexpectedPercentNonmissing());
        missing(one, map);
        if (one.missingCount() != null) {
            map.put("unexpected_percent_total", one.unexpectedPercentTotal());
            map.put("unexpected_percent_nonmissing", one.unexpectedPercentNonmissing());
        }
        if (withValues) {
            values(one, map);
        }
        if (result.format().holds(ResultFormat.SUMMARY)) {
            map.put("partial_unexpected_index_list", first(one.unexpectedIndexes()));
        }
        if (result.format().holds(ResultFormat.COMPLETE)) {
            map.put("unexpected_index_list", one.unexpectedIndexes());
        }
    }

    private void values(ExpectationResult one, Map<String, Object> map) {
        List<Object> values = new ArrayList<>();
        one.unexpectedValues().forEach(value -> values.add(plain(value, 0)));
        map.put("partial_unexpected_list", first(values));
        if (result.format().holds(ResultFormat.SUMMARY)) {
            if (values.stream().noneMatch(Map.class::isInstance)) {
                map.put("partial_unexpected_counts", counts(values));
            } else {
                map.put("details", Map.of("partial_unexpected_counts_error", UNCOUNTED));
            }
        }
        if (result.format().holds(ResultFormat.COMPLETE)) {
            map.put("unexpected_list", values);
        }
    }

    private static <T> List<T> first(List<T> all) {
        return all.subList(0, Math.min(ResultFormat.PARTIAL, all.size()));
    }

    /** The most frequent values, the most frequent first, then in order. */
    private static List<Map<String, Object>> counts(List<Object> values) {
        Map<Object, Integer> counts = new LinkedHashMap<>();
        values.forEach(value -> counts.merge(value, 1, Integer::sum));
        Comparator<Map.Entry<Object, Integer>> order =
                Map.Entry.<Object, Integer>comparingByValue().reversed();
        return counts.entrySet().stream()
                .sorted(order.thenComparing(Map.Entry.comparingByKey(GxJson::compare)))
                .limit(ResultFormat.PARTIAL)
                .map(GxJson::count)
                .toList();
    }

    /** Numbers by size, then all others by their text: a number among texts would make the order go in circles. */
    private static int compare(Object a, Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            return Values.compare(x, y);
        }
        int numbersFirst = Boolean.compare(b instanceof Number, a instanceof Number);
        return numbersFirst != 0 ? numbersFirst : Values.compareText(String.valueOf(a), String.valueOf(b));
    }

    private static Map<String, Object> count(Map.Entry<Object, Integer> entry) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("value", entry.getKey());
        map.put("count", entry.getValue());
        return map;
    }

    /** A value as JSON can hold it: what is no JSON value as text, bytes in Base64, an infinity by name, what is too deep left out. */
    private static Object plain(Object value, int depth) {
        if (depth == MAX_DEPTH && (value instanceof Map || value instanceof List)) {
            return "…";
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((name, member) -> plain.put(String.valueOf(name), plain(member, depth + 1)));
            return plain;
        }
        if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>(list.size());
            list.forEach(member -> plain.add(plain(member, depth + 1)));
            return plain;
        }
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        boolean strange = value instanceof Double number && !Double.isFinite(number)
                || value instanceof Float single && !Float.isFinite(single);
        boolean json = value == null || value instanceof Boolean || value instanceof String || value instanceof Number;
        return json && !strange ? value : String.valueOf(value);
    }
}
