package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.expectations.ExpectationTypes.Compiled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Names of expectations, what each reads of a record and how its arguments are read. Filled once, then only read. */
final class Vocabulary {

    private record Type(
            Function<Arguments, Operand> operand, boolean mostly, Function<Arguments, ? extends Check> check) {}

    private final Map<String, Type> types = new TreeMap<>();
    private final Map<String, String> sqlOnly = new TreeMap<>();

    /** A column map expectation: {@code column}, {@code mostly}. */
    void map(String name, Function<Arguments, ? extends Check> check) {
        types.put(name, new Type(Vocabulary::column, true, check));
    }

    /** A column aggregate expectation: {@code column}. */
    void aggregate(String name, Function<Arguments, BatchCheck> check) {
        types.put(name, new Type(Vocabulary::column, false, check));
    }

    /** A column pair map expectation: {@code column_A}, {@code column_B}, {@code ignore_row_if}, {@code mostly}. */
    void pair(String name, Function<Arguments, ? extends Check> check) {
        types.put(name, new Type(Vocabulary::pair, true, check));
    }

    /** A multicolumn map expectation: {@code column_list}, {@code ignore_row_if}, {@code mostly}. */
    void columns(String name, Function<Arguments, ? extends Check> check) {
        types.put(name, new Type(Vocabulary::columns, true, check));
    }

    /** A table expectation: its states get whole records. */
    void table(String name, Function<Arguments, BatchCheck> check) {
        types.put(name, new Type(arguments -> Operand.table(), false, check));
    }

    /** An expectation only a database can meet. */
    void sqlOnly(String name, String why) {
        sqlOnly.put(name, why);
    }

    Set<String> names() {
        return types.keySet();
    }

    String sqlOnly(String name) {
        return sqlOnly.get(name);
    }

    Compiled read(String name, Arguments arguments) {
        return read(types.get(name), arguments);
    }

    /** A column map expectation that has no name here. */
    static Compiled readMap(Arguments arguments, Function<Arguments, ? extends Check> check) {
        return read(new Type(Vocabulary::column, true, check), arguments);
    }

    private static Compiled read(Type type, Arguments arguments) {
        Operand operand = type.operand.apply(arguments);
        double mostly = type.mostly ? arguments.mostly() : 1;
        Check check = type.check.apply(arguments);
        if (arguments.value("row_condition") != null || arguments.value("condition_parser") != null) {
            operand = RowConditions.restrict(operand, arguments);
        }
        return new Compiled(operand, check, mostly);
    }

    private static Operand column(Arguments arguments) {
        String column = name(arguments, "column");
        return Operand.column(column);
    }

    private static Operand pair(Arguments arguments) {
        String a = name(arguments, "column_A");
        String b = name(arguments, "column_B");
        return Operand.pair(a, b, ignore(arguments, IgnoreRow.PAIR));
    }

    private static Operand columns(Arguments arguments) {
        List<String> columns = new ArrayList<>();
        for (Object column : arguments.list("column_list")) {
            if (column instanceof String text && !text.isEmpty()) {
                columns.add(text);
            } else {
                arguments.problem("column_list must hold names of fields");
            }
        }
        if (columns.isEmpty() && arguments.value("column_list") instanceof List<?>) {
            arguments.problem("column_list must name at least one field");
        }
        return Operand.columns(columns, ignore(arguments, IgnoreRow.LIST));
    }

    private static String name(Arguments arguments, String argument) {
        if (arguments.value(argument) instanceof String text && !text.isEmpty()) {
            return text;
        }
        arguments.problem(argument + " must be given, as the name of a field");
        return "";
    }

    private static IgnoreRow ignore(Arguments arguments, Map<String, IgnoreRow> words) {
        Object word = arguments.value("ignore_row_if");
        if (word == null) {
            return IgnoreRow.ALL_MISSING;
        }
        IgnoreRow ignore = words.get(word);
        if (ignore == null) {
            arguments.problem("ignore_row_if must be one of "
                    + String.join(", ", words.keySet().stream().sorted().toList()));
        }
        return ignore == null ? IgnoreRow.ALL_MISSING : ignore;
    }
}
