package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.compatible.CompatibleDistances;
import io.github.camelaiflow.drift.compatible.CompatibleReport;
import io.github.camelaiflow.drift.profile.FieldSample;
import io.github.camelaiflow.drift.profile.FieldValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Judges a segment's windows in all the ways that are configured, which share the budget evenly: column by column, all columns
 * together, sequentially. What other libraries would say is told besides. One window at a time.
 */
final class SegmentJudge {

    private final DriftConfig config;
    private final PaneLayout layout;
    private final Reference reference;
    private final WindowJudge windows;
    private final RowTests rows;
    private final FieldDetectors detectors;

    SegmentJudge(DriftConfig config, Reference reference, PaneLayout layout, List<FieldSample> samples, long seed) {
        this.config = config;
        this.layout = layout;
        this.reference = reference;
        this.windows = new WindowJudge(reference, layout.names(), config.tests(), seed);
        this.rows = config.multivariate().isEmpty()
                ? null
                : new RowTests(config.multivariate(), layout, reference.sampledRows(), seed);
        this.detectors = config.sequential()
                ? new FieldDetectors(
                        config.falseAlarms() * config.shares(),
                        samples,
                        config.segments().count(),
                        seed)
                : null;
    }

    /**
     * What a window was found to be.
     *
     * @param compatible what another library would say; {@code null} if none is asked
     */
    record Verdict(
            DriftStatus status, List<FieldDrift> fields, List<TestResult> multivariate, CompatibleReport compatible) {}

    /**
     * Judges a window.
     *
     * @param number of the window; decides random draws
     * @param level the chance of a false alarm it may have
     */
    Verdict judge(Window window, long number, double level, UniformRandomProvider random) {
        double share = level / config.shares();
        WindowJudge.Verdict verdict = windows.judge(window.samples(), number, share);
        List<FieldDrift> fields =
                detectors == null ? verdict.fields() : detectors.judge(window.newest(), verdict.fields());
        List<TestResult> together = rows == null ? List.of() : rows.judge(window, number, share);
        boolean more = together.stream().anyMatch(TestResult::drifted)
                || fields.stream().anyMatch(FieldDrift::drifted);
        return new Verdict(more ? DriftStatus.DRIFTED : verdict.status(), fields, together, compatible(window, random));
    }

    private CompatibleReport compatible(Window window, UniformRandomProvider random) {
        if (config.compatible() == null || reference.sampledRows().isEmpty()) {
            return null;
        }
        List<String> names = layout.names();
        List<Map<String, Object>> seen = new ArrayList<>();
        for (Object[] row : window.rows(window.size(), random)) {
            Map<String, Object> named = new LinkedHashMap<>();
            for (int i = 0; i < row.length; i++) {
                named.put(names.get(i), layout.kind(i).numeric() ? number(row[i]) : category(row[i]));
            }
            seen.add(named);
        }
        List<Map<String, Object>> expected = reference.sampledRows().stream()
                .map(row -> {
                    Map<String, Object> watched = new LinkedHashMap<>(row);
                    watched.keySet().retainAll(names);
                    return watched;
                })
                .toList();
        String[] categories = names.stream()
                .filter(column -> !layout.kind(names.indexOf(column)).numeric())
                .toArray(String[]::new);
        return CompatibleDistances.named(config.compatible())
                .withCategories(categories)
                .compare(expected, seen);
    }

    private static Object number(Object value) {
        return value instanceof Number number && Double.isFinite(number.doubleValue()) ? number.doubleValue() : null;
    }

    private static Object category(Object value) {
        boolean none = value == null || value == FieldValue.UNREADABLE || value == CategoryColumn.INFINITE;
        return none ? null : FieldValue.category(value);
    }
}
