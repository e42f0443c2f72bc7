package io.github.camelaiflow.drift.compatible;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.data.FlowResult;
import java.util.List;

/**
 * What another library's definitions say of a window. Holds no value of a record.
 *
 * @param library {@code evidently} or {@code nannyml}
 * @param columns one a column of the reference
 * @param drifted whether the library calls that drift: for Evidently at least half of the columns, for NannyML any alert
 */
public record CompatibleReport(String library, List<Column> columns, boolean drifted) implements FlowResult {

    public CompatibleReport {
        columns = List.copyOf(columns);
    }

    /**
     * One column.
     *
     * @param column its name
     * @param numeric whether it was compared as numbers
     * @param distances what was computed; empty if all values are missing on a side, or no method takes such a column
     */
    public record Column(String column, boolean numeric, List<Distance> distances) {

        public Column {
            distances = List.copyOf(distances);
        }

        /** Whether any of them says drift. */
        public boolean drifted() {
            return distances.stream().anyMatch(Distance::drifted);
        }
    }

    /**
     * One comparison of one column.
     *
     * @param method the library's name of it
     * @param statistic what was measured
     * @param score what is held against the threshold: the p-value of a test, else the statistic; NaN if it cannot be computed
     * @param threshold the library's
     * @param drifted on which side of it the score is, as the library has it
     */
    public record Distance(String method, double statistic, double score, double threshold, boolean drifted) {}

    @Override
    public String toJson() {
        return json().toString();
    }

    /** The whole report, to be put into another one. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("library", library);
        json.put("drifted", drifted);
        ArrayNode all = json.putArray("columns");
        columns.forEach(column -> {
            ObjectNode one = all.addObject();
            one.put("column", column.column());
            one.put("numeric", column.numeric());
            one.put("drifted", column.drifted());
            ArrayNode distances = one.putArray("distances");
            column.distances().forEach(distance -> write(distances.addObject(), distance));
        });
        return json;
    }

    private static void write(ObjectNode json, Distance distance) {
        json.put("method", distance.method());
        number(json, "statistic", distance.statistic());
        number(json, "score", distance.score());
        number(json, "threshold", distance.threshold());
        json.put("drifted", distance.drifted());
    }

    private static void number(ObjectNode json, String name, double value) {
        if (Double.isFinite(value)) {
            json.put(name, value);
        } else {
            json.putNull(name);
        }
    }

    /** As {@link #toJson}. */
    @Override
    public String toString() {
        return toJson();
    }
}
