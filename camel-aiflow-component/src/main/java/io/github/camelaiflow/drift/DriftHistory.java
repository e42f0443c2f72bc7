package io.github.camelaiflow.drift;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * What a monitor remembers, for pictures over time. Immutable. Names categories of the reference, and tells nothing of single records.
 *
 * @param falseAlarms the budget: records per false alarm on average
 * @param segments one each, in order; a single one without a name where records are watched all together
 */
public record DriftHistory(double falseAlarms, List<SegmentHistory> segments) {

    public DriftHistory {
        segments = List.copyOf(segments);
    }

    /**
     * What is remembered of one segment.
     *
     * @param segment its name; {@code null} where records are watched all together
     * @param status the verdict that holds, as {@link DriftMonitor#status} has it; may be of before this process
     * @param verdicts the last ones, oldest first
     * @param fields reference and window of the last evaluation, by field; empty before it
     */
    public record SegmentHistory(
            String segment, DriftStatus status, List<Verdict> verdicts, List<FieldPicture> fields) {

        public SegmentHistory {
            verdicts = List.copyOf(verdicts);
            fields = List.copyOf(fields);
        }
    }

    /**
     * One evaluation.
     *
     * @param window its number
     * @param time when, by the monitor's clock
     * @param records how many records the window had
     * @param alpha the chance it had of a false alarm
     * @param status what it said
     * @param fields the decisive test of each field that has one
     */
    public record Verdict(
            long window, Instant time, long records, double alpha, DriftStatus status, List<Evidence> fields) {

        public Verdict {
            fields = List.copyOf(fields);
        }
    }

    /**
     * The loudest evidence for drift of a field in one window.
     *
     * @param test the decisive test, as reports name it
     * @param pValue chance of such a difference without drift
     * @param level what it was held against
     * @param effectSize as in {@link TestResult}
     * @param drifted whether the field has drifted
     * @param change since when; {@code null} if it has not drifted
     */
    public record Evidence(
            String field,
            String test,
            double pValue,
            double level,
            double effectSize,
            boolean drifted,
            ChangePoint change) {}

    /**
     * Reference against window.
     *
     * @param edges upper edges of the bins of numbers, but the last one's, which has none; empty for categories
     * @param bins what each bin is called; the last three are missing, wrong type, infinite
     * @param reference how much of the reference is in each bin; a number of records, or what a sketch is worth
     * @param window how many records of the window are in each bin
     */
    public record FieldPicture(
            String field, List<Double> edges, List<String> bins, List<Double> reference, List<Long> window) {

        public FieldPicture {
            edges = List.copyOf(edges);
            bins = List.copyOf(bins);
            reference = List.copyOf(reference);
            window = List.copyOf(window);
        }
    }

    /**
     * An upper bound of the chance that so many records raise a false alarm, by themselves: each window has the chance {@code new records
     * / falseAlarms}, and chances add up at most.
     */
    public double falseAlarmWithin(long records) {
        return Math.min(1, records / falseAlarms);
    }

    /** All of it as JSON; numbers that are not known are {@code null}. */
    public String toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("falseAlarms", falseAlarms);
        ArrayNode all = json.putArray("segments");
        segments.forEach(segment -> write(all.addObject(), segment));
        return json.toString();
    }

    private static void write(ObjectNode json, SegmentHistory segment) {
        json.put("segment", segment.segment());
        json.put("status", segment.status().name());
        ArrayNode verdicts = json.putArray("verdicts");
        segment.verdicts().forEach(verdict -> write(verdicts.addObject(), verdict));
        ArrayNode fields = json.putArray("fields");
        segment.fields().forEach(picture -> write(fields.addObject(), picture));
    }

    private static void write(ObjectNode json, Verdict verdict) {
        json.put("window", verdict.window());
        json.put("time", verdict.time().toString());
        json.put("records", verdict.records());
        ReportJson.number(json, "alpha", verdict.alpha());
        json.put("status", verdict.status().name());
        ArrayNode fields = json.putArray("fields");
        verdict.fields().forEach(field -> write(fields.addObject(), field));
    }

    private static void write(ObjectNode json, Evidence evidence) {
        json.put("field", evidence.field());
        json.put("test", evidence.test());
        ReportJson.number(json, "pValue", evidence.pValue());
        ReportJson.number(json, "level", evidence.level());
        ReportJson.number(json, "effectSize", evidence.effectSize());
        json.put("drifted", evidence.drifted());
        ReportJson.write(json, evidence.change());
    }

    private static void write(ObjectNode json, FieldPicture picture) {
        json.put("field", picture.field());
        ArrayNode edges = json.putArray("edges");
        picture.edges().forEach(edges::add);
        ArrayNode bins = json.putArray("bins");
        picture.bins().forEach(bins::add);
        ArrayNode reference = json.putArray("reference");
        picture.reference().forEach(reference::add);
        ArrayNode window = json.putArray("window");
        picture.window().forEach(window::add);
    }
}
