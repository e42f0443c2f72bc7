package io.github.camelaiflow.feedback.quality;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.feedback.outcome.Explained;
import java.util.List;

/** A report as JSON. */
final class QualityJson {

    private final boolean full;

    private QualityJson(boolean full) {
        this.full = full;
    }

    /**
     * @param full whether all versions, segments, windows and the history are told, and all labels by name; else the serving version in
     *     a few kilobytes
     */
    static String write(QualityReport report, boolean full) {
        return new QualityJson(full).write(report).toString();
    }

    private ObjectNode write(QualityReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        text(json, "status", report.status());
        text(json, "action", report.action());
        text(json, "version", report.version());
        number(json, "confidence", report.confidence());
        json.put("outcomes", report.outcomes());
        json.put("leftOut", report.leftOut());
        json.put("tooRare", report.tooRare());
        json.put("waiting", report.waiting());
        json.put("early", report.early());
        text(json, "matured", report.matured());
        text(json, "feedTime", report.feedTime());
        text(json, "at", report.at());
        ArrayNode versions = json.putArray("versions");
        report.versions().stream()
                .filter(version -> full || version.version().equals(report.version()))
                .forEach(version -> write(versions.addObject(), version));
        return json;
    }

    private void write(ObjectNode json, VersionQuality version) {
        json.put("version", version.version());
        write(json.putObject("harm"), version.harm());
        if (version.alert() != null) {
            write(json.putObject("alert"), version.alert());
        }
        write(json.putObject("all"), version.all());
        if (full) {
            ArrayNode segments = json.putArray("segments");
            version.segments().forEach(segment -> write(segments.addObject(), segment));
        }
        ArrayNode explained = json.putArray("explained");
        version.explained().forEach(each -> write(explained.addObject(), each));
    }

    private void write(ObjectNode json, HarmVerdict harm) {
        text(json, "status", harm.status());
        text(json, "source", harm.source());
        text(json, "foundAt", harm.foundAt());
        text(json, "since", harm.since());
        json.put("sinceLabel", harm.sinceLabel());
        number(json, "baseline", harm.baseline());
        number(json, "baselineLimit", harm.baselineLimit());
        number(json, "bound", harm.bound());
        number(json, "current", harm.current());
        number(json, "currentLower", harm.currentLower());
        number(json, "currentUpper", harm.currentUpper());
        json.put("currentLabels", harm.currentLabels());
        json.put("labels", harm.labels());
        number(json, "labelsNeeded", harm.labelsNeeded());
        number(json, "logEvidence", harm.logEvidence());
        number(json, "logThreshold", harm.logThreshold());
        number(json, "estimated", harm.estimated());
        number(json, "estimatedLower", harm.estimatedLower());
        number(json, "logEstimatedEvidence", harm.logEstimatedEvidence());
        if (full) {
            ArrayNode history = json.putArray("history");
            harm.history().forEach(point -> write(history.addObject(), point));
        }
    }

    private static void write(ObjectNode json, LossAlert alert) {
        text(json, "status", alert.status());
        json.put("labels", alert.labels());
        json.put("alarms", alert.alarms());
        number(json, "evidence", alert.evidence());
        number(json, "threshold", alert.threshold());
        ArrayNode last = json.putArray("last");
        for (Alarm alarm : alert.last()) {
            ObjectNode each = last.addObject();
            each.put("label", alarm.label());
            text(each, "at", alarm.at());
            each.put("changedLabel", alarm.changedLabel());
            text(each, "changedAt", alarm.changedAt());
        }
    }

    private static void write(ObjectNode json, EvidencePoint point) {
        json.put("labels", point.labels());
        text(json, "at", point.at());
        number(json, "logEvidence", point.logEvidence());
    }

    private void write(ObjectNode json, SegmentQuality segment) {
        name(json, "segment", segment.segment());
        write(json.putObject("raw"), segment.raw());
        write(json.putObject("matured"), segment.matured());
        if (full) {
            ArrayNode windows = json.putArray("windows");
            segment.windows().forEach(window -> write(windows.addObject(), window));
        }
    }

    private void write(ObjectNode json, Quality quality) {
        json.put("labels", quality.labels());
        number(json, "labelledShare", quality.labelledShare());
        metrics(json, quality.metrics());
    }

    private void write(ObjectNode json, WindowQuality window) {
        json.put("window", window.window());
        text(json, "from", window.from());
        text(json, "to", window.to());
        json.put("matured", window.matured());
        json.put("labels", window.labels());
        metrics(json, window.metrics());
    }

    private void metrics(ObjectNode json, List<Metric> metrics) {
        ArrayNode array = json.putArray("metrics");
        for (Metric metric : metrics) {
            ObjectNode each = array.addObject();
            text(each, "metric", metric.kind());
            name(each, "label", metric.label());
            number(each, "value", metric.value());
            number(each, "lower", metric.lower());
            number(each, "upper", metric.upper());
            text(each, "bound", metric.bound());
            each.put("count", metric.count());
        }
    }

    private static void write(ObjectNode json, Explained explained) {
        json.put("field", explained.field());
        number(json, "change", explained.change());
        number(json, "share", explained.share());
    }

    private void name(ObjectNode json, String key, Name name) {
        if (name != null) {
            json.put(key, full ? name.value() : name.toString());
        }
    }

    private static void text(ObjectNode json, String key, Object value) {
        json.put(key, value == null ? null : value.toString());
    }

    private static void number(ObjectNode json, String key, double value) {
        if (Double.isFinite(value)) {
            json.put(key, value);
        } else {
            json.putNull(key);
        }
    }
}
