package io.github.camelaiflow.drift;

import io.github.camelaiflow.data.FlowResult;
import io.github.camelaiflow.drift.compatible.CompatibleReport;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one window said. Holds no value of a record.
 *
 * @param status what this window says: DRIFTED if any test has found drift; INSUFFICIENT_DATA if the window is too small for any test
 *     to find drift at its level, or no field has enough values; else STABLE. What the monitor says may differ: it holds DRIFTED
 *     until a window is stable
 * @param segment name of the segment it is about; {@code null} where records are watched all together
 * @param window number of the segment's window since the monitor was made, from 1; dropped windows count
 * @param panes how many panes make a window; 1 if windows are tumbling
 * @param records how many records the window had
 * @param windowSample how many of them were compared, drawn at random where a window is too large to be kept
 * @param referenceSample how many records of the reference they were compared with
 * @param alpha the chance this verdict had of a false alarm, over all fields and tests
 * @param fields one per watched field, in order; empty for a segment without a reference
 * @param multivariate what tests of several fields together said
 * @param compatible what another library's definitions say, without any say in the status; {@code null} if none is asked
 * @param leftOut fields of the reference that are not watched, and why
 * @param droppedWindows how many windows were dropped so far because an evaluation was still running
 * @param evaluatedAt when, by the monitor's clock
 */
public record DriftReport(
        DriftStatus status,
        String segment,
        long window,
        int panes,
        long records,
        int windowSample,
        int referenceSample,
        double alpha,
        List<FieldDrift> fields,
        List<TestResult> multivariate,
        CompatibleReport compatible,
        Map<String, String> leftOut,
        long droppedWindows,
        Instant evaluatedAt)
        implements FlowResult {

    public DriftReport {
        fields = List.copyOf(fields);
        multivariate = List.copyOf(multivariate);
        leftOut = Collections.unmodifiableMap(new LinkedHashMap<>(leftOut));
    }

    /** Names of the drifted fields, in order. */
    public List<String> driftedFields() {
        return fields.stream()
                .filter(FieldDrift::drifted)
                .map(FieldDrift::field)
                .toList();
    }

    /** The whole report as JSON; numbers that are not known are {@code null}. */
    @Override
    public String toJson() {
        return ReportJson.write(this);
    }

    /** As {@link #toJson}. */
    @Override
    public String toString() {
        return toJson();
    }
}
