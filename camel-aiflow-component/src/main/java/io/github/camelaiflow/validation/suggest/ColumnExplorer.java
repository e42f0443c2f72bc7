package io.github.camelaiflow.validation.suggest;

import io.github.camelaiflow.validation.expectations.ExpectationTypes;
import io.github.camelaiflow.validation.python.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says what could be expected of one column, by its explored values alone. */
final class ColumnExplorer {

    private static final int VALUES_AT_LEAST = 5;
    private static final int CODES = 10;
    private static final int SPREAD = 10;
    private static final String TYPES = "expect_column_values_to_be_in_type_list";
    private static final String SET = "expect_column_values_to_be_in_set";
    private static final String BETWEEN = "expect_column_values_to_be_between";
    private static final String LENGTHS = "expect_column_value_lengths_to_be_between";
    private static final String REGEX = "expect_column_values_to_match_regex";
    private static final String DATES = "expect_column_values_to_match_strftime_format";

    private final SampleColumn column;
    private final int maxCategories;
    private final List<Object> values;
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<LeftOut> leftOut;

    ColumnExplorer(SampleColumn column, int maxCategories, List<LeftOut> leftOut) {
        this.column = column;
        this.maxCategories = maxCategories;
        this.values = column.exploredValues();
        this.leftOut = leftOut;
    }

    /** The candidates; the one about missing values first, because the others build on what it measures. */
    List<Candidate> explore() {
        if (column.rows(true) == 0) {
            leaveOut("", "too few rows to explore", (long) VALUES_AT_LEAST * 4);
            return candidates;
        }
        MissingCandidate missing = MissingCandidate.of(column);
        candidates.add(missing);
        if (!missing.present()) {
            leaveOut("", "values are there too seldom to be judged", null);
            return candidates;
        }
        if (values.size() < VALUES_AT_LEAST) {
            long rows = Math.round(4.0 * VALUES_AT_LEAST * column.rows(true) / values.size());
            leaveOut("", "too few values to explore", rows);
            return candidates;
        }
        Kind kind = Kind.ofMost(values);
        if (kind == null || kind == Kind.OTHER) {
            leaveOut(TYPES, "the column holds values of several kinds, or of a kind without a name", null);
            return candidates;
        }
        candidates.add(new ValueCandidate(
                Source.of(column), TYPES, typed(kind), true, "kind of nearly all explored values", null));
        boolean pure = values.stream().map(Kind::of).allMatch(own -> own == kind || (own.numeric() && kind.numeric()));
        if (!pure) {
            leaveOut("", "values of several kinds cannot be judged further", null);
        } else if (kind.numeric()) {
            numbers(kind);
        } else if (kind == Kind.TEXT) {
            texts();
        }
        return candidates;
    }

    /** pandas keeps whole numbers as floats where some are missing, so both are right there. */
    private Map<String, Object> typed(Kind kind) {
        boolean gaps = values.size() < column.rows(true);
        List<String> names = kind == Kind.INTEGER && gaps ? Kind.NUMBER.names() : kind.names();
        return kwargs("type_list", names);
    }

    private void numbers(Kind kind) {
        Map<Object, Object> distinct = distinct();
        boolean different = distinct.size() == values.size();
        if (kind == Kind.INTEGER && different) {
            add(new UniqueCandidate(column));
        }
        if (different && Numbers.sequence(all())) {
            leaveOut(
                    BETWEEN,
                    "the numbers rise or fall from row to row: the next batch goes on where the sample ends",
                    null);
            return;
        }
        if (kind == Kind.INTEGER && codes(distinct)) {
            set(distinct);
            return;
        }
        add(new RangeCandidate(column, BETWEEN, Numbers::number));
        if (distinct.size() > SPREAD) {
            add(new QuantileCandidate(column));
            for (Statistic statistic : Statistic.values()) {
                add(new StatisticCandidate(column, statistic));
            }
        }
    }

    private List<Object> all() {
        List<Object> all = new ArrayList<>();
        for (Object value : column.values()) {
            if (value instanceof Number) {
                all.add(value);
            }
        }
        return all;
    }

    /** Few whole numbers with gaps between them, or two of them, are codes rather than quantities. */
    private boolean codes(Map<Object, Object> distinct) {
        if (distinct.size() > CODES || !repeat(distinct.size())) {
            return false;
        }
        List<Number> ordered = Numbers.ordered(new ArrayList<>(distinct.values()), Numbers::number);
        double span =
                ordered.get(ordered.size() - 1).doubleValue() - ordered.get(0).doubleValue();
        return distinct.size() <= 2 || span > 2.0 * distinct.size();
    }

    private void texts() {
        if (column.cut()) {
            leaveOut(
                    "",
                    "texts longer than " + Sample.TEXT_KEPT + " characters are judged by kind and presence only",
                    null);
            return;
        }
        Map<Object, Object> distinct = distinct();
        List<String> texts = values.stream().map(String.class::cast).toList();
        List<String> formats = DateFormats.of(texts);
        String regex = Shapes.regex(texts);
        if (formats.size() == 1 && ExpectationTypes.knows(DATES)) {
            judge(DATES, kwargs("strftime_format", formats.get(0)), true, "format of all explored values", null);
        } else if (distinct.size() > CODES && Shapes.numbers(texts) != null) {
            String numbers = Shapes.numbers(texts);
            judge(REGEX, kwargs("regex", numbers), false, "all explored values are numbers written as texts", null);
        } else if (formats.isEmpty() && category(distinct)) {
            set(distinct);
        } else if (regex != null) {
            if (formats.size() > 1) {
                leaveOut(DATES, "day and month cannot be told apart", null);
            }
            judge(REGEX, kwargs("regex", regex), false, "character classes and lengths of the explored values", null);
            if (distinct.size() == values.size()) {
                add(new UniqueCandidate(column));
            }
        } else {
            add(new RangeCandidate(column, LENGTHS, RangeCandidate::length));
            add(new StatisticCandidate(column, Statistic.UNIQUE_PROPORTION));
        }
    }

    private boolean category(Map<Object, Object> distinct) {
        return distinct.size() <= maxCategories && repeat(distinct.size());
    }

    /** Whether values repeat so often that most of those to come have been seen. */
    private boolean repeat(int distinct) {
        return 2 * distinct <= values.size();
    }

    /** Measured with the explored values; written with all of the sample's, so that less is unexpected than was measured. */
    private void set(Map<Object, Object> explored) {
        Map<Object, Object> all = new LinkedHashMap<>(explored);
        column.measuredValues().stream()
                .filter(value -> Kind.of(value) == Kind.of(values.get(0)))
                .forEach(value -> all.putIfAbsent(Values.canonical(value), value));
        judge(
                SET,
                kwargs("value_set", sorted(explored)),
                false,
                "all values of the sample; mostly covers values it has not, by those the measured rows have and the explored ones have not",
                kwargs("value_set", sorted(all)));
    }

    private static List<Object> sorted(Map<Object, Object> distinct) {
        List<Object> sorted = new ArrayList<>(distinct.values());
        sorted.sort((a, b) -> a instanceof String text
                ? Values.compareText(text, (String) b)
                : Values.compare((Number) a, (Number) b));
        return sorted;
    }

    /** The different explored values, by what makes them equal. */
    private Map<Object, Object> distinct() {
        Map<Object, Object> distinct = new LinkedHashMap<>();
        values.forEach(value -> distinct.putIfAbsent(Values.canonical(value), value));
        return distinct;
    }

    private void judge(
            String type, Map<String, Object> kwargs, boolean structural, String method, Map<String, Object> wider) {
        add(new ValueCandidate(Source.of(column), type, kwargs, structural, method, wider));
    }

    private void add(Candidate candidate) {
        if (ExpectationTypes.knows(candidate.type())) {
            candidates.add(candidate);
        }
    }

    private Map<String, Object> kwargs(String name, Object value) {
        Map<String, Object> kwargs = new LinkedHashMap<>();
        kwargs.put("column", column.name());
        kwargs.put(name, value);
        return kwargs;
    }

    private void leaveOut(String expectation, String why, Long rows) {
        leftOut.add(new LeftOut(column.name(), expectation, why, rows));
    }
}
