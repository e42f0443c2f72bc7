package io.github.camelaiflow.validation.expectations;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often each pair of groups came. */
final class CrossTable {

    private final Map<String, Long> rows = new TreeMap<>();
    private final Map<String, Long> columns = new TreeMap<>();
    private final Map<List<String>, Long> cells = new LinkedHashMap<>();
    private final long total;

    /** @param a the groups of one column, and b those of the other, record by record */
    CrossTable(List<String> a, List<String> b) {
        for (int i = 0; i < a.size(); i++) {
            rows.merge(a.get(i), 1L, Long::sum);
            columns.merge(b.get(i), 1L, Long::sum);
            cells.merge(List.of(a.get(i), b.get(i)), 1L, Long::sum);
        }
        total = a.size();
    }

    /** Cramér's phi, from 0 to 1; NaN if all records are in one row or one column. */
    double cramersPhi() {
        int freedom = Math.min(rows.size(), columns.size()) - 1;
        if (freedom == 0) {
            return Double.NaN;
        }
        double square = rows.size() == 2 && columns.size() == 2 ? corrected() : meanSquare();
        return Math.min(1, Math.sqrt(Math.max(0, square) / freedom));
    }

    /** The chi-squared statistic over the count: of n²/(row · column) over all cells, less 1. */
    private double meanSquare() {
        double sum = -1;
        for (Map.Entry<List<String>, Long> cell : cells.entrySet()) {
            double count = cell.getValue();
            sum += count
                    / rows.get(cell.getKey().get(0))
                    * (count / columns.get(cell.getKey().get(1)));
        }
        return sum;
    }

    /** The same with Yates' correction: every cell half a record nearer to what is expected. */
    private double corrected() {
        double sum = 0;
        for (Map.Entry<String, Long> row : rows.entrySet()) {
            for (Map.Entry<String, Long> column : columns.entrySet()) {
                double expected = (double) row.getValue() * column.getValue() / total;
                double difference = Math.abs(count(row.getKey(), column.getKey()) - expected);
                double less = difference - Math.min(0.5, difference);
                sum += less * less / expected;
            }
        }
        return sum / total;
    }

    private long count(String row, String column) {
        return cells.getOrDefault(List.of(row, column), 0L);
    }

    /** GX's {@code crosstab}; nothing if it is too large to be shown. */
    Map<String, Object> details() {
        if ((long) rows.size() * columns.size() > DistinctValues.SHOWN) {
            return Map.of("crosstab_cut", rows.size() + " by " + columns.size() + " groups");
        }
        List<Object> counts = new ArrayList<>();
        for (String row : rows.keySet()) {
            counts.add(
                    columns.keySet().stream().map(column -> count(row, column)).toList());
        }
        Map<String, Object> crosstab = new LinkedHashMap<>();
        crosstab.put("rows", List.copyOf(rows.keySet()));
        crosstab.put("columns", List.copyOf(columns.keySet()));
        crosstab.put("counts", counts);
        return Map.of("crosstab", crosstab);
    }
}
