package io.github.camelaiflow.drift;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.drift.profile.ValueCounts;

/** A report as JSON. */
final class ReportJson {

    private ReportJson() {}

    static String write(DriftReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("status", report.status().name());
        if (report.segment() != null) {
            json.put("segment", report.segment());
        }
        json.put("window", report.window());
        json.put("panes", report.panes());
        json.put("records", report.records());
        json.put("windowSample", report.windowSample());
        json.put("referenceSample", report.referenceSample());
        number(json, "alpha", report.alpha());
        json.put("droppedWindows", report.droppedWindows());
        json.put("evaluatedAt", report.evaluatedAt().toString());
        ArrayNode fields = json.putArray("fields");
        report.fields().forEach(field -> write(fields.addObject(), field));
        ArrayNode multivariate = json.putArray("multivariate");
        report.multivariate().forEach(test -> write(multivariate.addObject(), test));
        if (report.compatible() != null) {
            json.set("compatible", report.compatible().json());
        }
        ObjectNode leftOut = json.putObject("leftOut");
        report.leftOut().forEach(leftOut::put);
        return json.toString();
    }

    private static void write(ObjectNode json, FieldDrift field) {
        json.put("field", field.field());
        json.put("status", field.status().name());
        ArrayNode tests = json.putArray("tests");
        field.tests().forEach(test -> write(tests.addObject(), test));
        write(json.putObject("reference"), field.reference());
        write(json.putObject("window"), field.window());
        json.put("newCategories", field.newCategories());
        write(json, field.change());
    }

    /** Adds since when, if that is known. */
    static void write(ObjectNode json, ChangePoint change) {
        if (change != null) {
            json.put("since", change.since().toString());
            json.put("sinceRecord", change.sinceRecord());
        }
    }

    private static void write(ObjectNode json, TestResult test) {
        json.put("test", test.test());
        number(json, "statistic", test.statistic());
        number(json, "threshold", test.threshold());
        number(json, "level", test.level());
        number(json, "pValue", test.pValue());
        number(json, "effectSize", test.effectSize());
        number(json, "minimumEffect", test.minimumEffect());
        json.put("drifted", test.drifted());
    }

    private static void write(ObjectNode json, ValueCounts counts) {
        json.put("values", counts.values());
        json.put("missing", counts.missing());
        json.put("wrongType", counts.wrongType());
        json.put("infinite", counts.infinite());
    }

    /** Adds a number; {@code null} if it is not known. */
    static void number(ObjectNode json, String name, double value) {
        if (Double.isFinite(value)) {
            json.put(name, value);
        } else {
            json.putNull(name);
        }
    }
}
