package io.github.camelaiflow.validation.expectations;

import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** The expectations this project knows, by GX's names. */
public final class ExpectationTypes {

    private static final Vocabulary KNOWN = new Vocabulary();

    static {
        ValueExpectations.register(KNOWN);
        ColumnExpectations.register(KNOWN);
        PairExpectations.register(KNOWN);
        MulticolumnExpectations.register(KNOWN);
        TableExpectations.register(KNOWN);
        AggregateExpectations.register(KNOWN);
        DistributionExpectations.register(KNOWN);
        SqlOnlyExpectations.register(KNOWN);
    }

    /**
     * An expectation, read and compiled.
     *
     * @param operand what it reads of a record
     * @param check what it requires
     * @param mostly the share of values, 0 to 1, that must meet it in a batch or window
     */
    public record Compiled(Operand operand, Check check, double mostly) {}

    private ExpectationTypes() {}

    /** All names, sorted. */
    public static Set<String> names() {
        return KNOWN.names();
    }

    /** Whether there is an expectation of that name. */
    public static boolean knows(String type) {
        return KNOWN.names().contains(type);
    }

    /** Why GX's expectation of that name makes no sense outside of a database, and what does; {@code null} for all others. */
    public static String sqlOnly(String type) {
        return KNOWN.sqlOnly(type);
    }

    /**
     * A column map expectation that is none of GX's: {@code column}, {@code mostly}, {@code row_condition} as for all of these.
     *
     * @param check reads its own arguments; {@code null} after a problem
     * @return {@code null} if something is wrong
     */
    public static Compiled readMap(Arguments arguments, Function<Arguments, ? extends Check> check) {
        return complete(arguments, () -> Vocabulary.readMap(arguments, check));
    }

    /**
     * The expectation of that type with these arguments; what is wrong with them, unknown ones too, is noted there.
     *
     * @return {@code null} if something is wrong
     */
    public static Compiled read(String type, Arguments arguments) {
        return complete(arguments, () -> KNOWN.read(type, arguments));
    }

    private static Compiled complete(Arguments arguments, Supplier<Compiled> reading) {
        int problems = arguments.problemCount();
        Compiled compiled = reading.get();
        arguments.rejectUnknown();
        return arguments.problemCount() == problems ? compiled : null;
    }
}
