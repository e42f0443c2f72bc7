package io.github.camelaiflow.validation;

import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks at the values of all columns that schema and suite name; those of successive records merge. Not thread-safe. */
final class TableProfiler {

    /** Columns named after these have no profile. */
    static final int MOST_COLUMNS = 100;

    private final List<String> columns;
    private final List<ColumnProfiler> profilers;

    /**
     * @param columns their names
     * @param panes how many profilers of a window there are at a time
     */
    TableProfiler(List<String> columns, int panes) {
        this.columns = columns;
        this.profilers = new ArrayList<>(columns.size());
        columns.forEach(column -> profilers.add(new ColumnProfiler(panes)));
    }

    /** The first columns that a schema declares and a plan reads, in this order. */
    static List<String> columns(Schema schema, Plan plan) {
        Set<String> names = new LinkedHashSet<>();
        schema.fields().stream().map(Field::name).forEach(names::add);
        for (int position = 0; position < plan.size(); position++) {
            names.addAll(plan.operands()[plan.operandOf(position)].columns());
        }
        return names.stream().limit(MOST_COLUMNS).toList();
    }

    /** The profiles of records that are all there. */
    static List<ColumnProfile> profiles(List<String> columns, List<Map<String, Object>> records) {
        TableProfiler profiler = new TableProfiler(columns, 1);
        records.forEach(profiler::add);
        return profiler.profiles();
    }

    void add(Map<String, Object> record) {
        for (int i = 0; i < profilers.size(); i++) {
            profilers.get(i).add(record.get(columns.get(i)));
        }
    }

    /** Takes what another profiler of these columns saw, which stays as it is. */
    void merge(TableProfiler other) {
        for (int i = 0; i < profilers.size(); i++) {
            profilers.get(i).merge(other.profilers.get(i));
        }
    }

    /** One profile per column, in order. Changes nothing. */
    List<ColumnProfile> profiles() {
        List<ColumnProfile> profiles = new ArrayList<>(profilers.size());
        for (int i = 0; i < profilers.size(); i++) {
            profiles.add(profilers.get(i).profile(columns.get(i)));
        }
        return profiles;
    }
}
