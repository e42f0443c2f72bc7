package io.github.camelaiflow.feedback.estimate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.data.FlowResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The estimated quality of one window without labels. Immutable. Holds no value of a record.
 *
 * @param method how the probabilities were calibrated
 * @param trust whether to believe it
 * @param metrics those that are defined for the window; empty if there was too little data
 * @param calibrated whether scores were replaced by how often they came true, because that lowered the calibration error
 * @param referenceRows usable rows of the reference
 * @param effectiveRows reference rows left in effect after weighting; NaN without weights
 * @param windowRows usable rows of the window that were looked at
 * @param unusable rows of the window without a probability for each label
 * @param outside share of the window's rows that the reference has nothing like; by scores alone where inputs
 *     aren't known; NaN if there was too little data
 * @param sampled whether the window was larger than what is looked at
 */
public record PerformanceEstimate(
        Method method,
        Trust trust,
        List<EstimatedMetric> metrics,
        boolean calibrated,
        int referenceRows,
        double effectiveRows,
        int windowRows,
        int unusable,
        double outside,
        boolean sampled)
        implements FlowResult {

    /** How the probabilities were calibrated. */
    public enum Method {
        /** On the reference as it is. */
        CBPE,
        /** On the reference weighted towards the window's inputs. */
        WEIGHTED
    }

    public PerformanceEstimate {
        metrics = List.copyOf(metrics);
    }

    /** The metric's estimate; empty if it isn't defined, as precision is where nothing was predicted positive. */
    public Optional<EstimatedMetric> metric(Metric metric) {
        return metrics.stream().filter(each -> each.metric() == metric).findFirst();
    }

    /** This, doubted too where labels that came disagree. A check that had too little data changes nothing. */
    public PerformanceEstimate with(LabelCheck check) {
        if (check.trust().verdict() != Trust.Verdict.DOUBTFUL) {
            return this;
        }
        return new PerformanceEstimate(
                method,
                trust.and(check.trust()),
                metrics,
                calibrated,
                referenceRows,
                effectiveRows,
                windowRows,
                unusable,
                outside,
                sampled);
    }

    @Override
    public String toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("method", method.name().toLowerCase(Locale.ROOT));
        json.put("verdict", trust.verdict().name());
        ArrayNode doubts = json.putArray("doubts");
        trust.doubts().forEach(doubt -> doubts.add(doubt.name()));
        ObjectNode all = json.putObject("metrics");
        for (EstimatedMetric each : metrics) {
            all.putObject(each.metric().toString())
                    .put("value", each.value())
                    .put("lower", each.lower())
                    .put("upper", each.upper());
        }
        json.put("calibrated", calibrated).put("referenceRows", referenceRows);
        if (method == Method.WEIGHTED) {
            json.put("effectiveRows", effectiveRows);
        }
        json.put("windowRows", windowRows).put("unusable", unusable);
        if (Double.isFinite(outside)) {
            json.put("outside", outside);
        }
        json.put("sampled", sampled);
        return json.toString();
    }

    @Override
    public String toString() {
        return toJson();
    }
}
