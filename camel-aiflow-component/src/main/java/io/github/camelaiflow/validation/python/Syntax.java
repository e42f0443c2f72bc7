package io.github.camelaiflow.validation.python;

/** How an expression is written. */
public enum Syntax {
    /** {@code DataFrame.query}: names are columns, {@code &} and {@code |} bind as loosely as {@code and} and {@code or}. */
    PANDAS,
    /** {@code DataFrame.query} with Python's own precedence: {@code &} and {@code |} bind tighter than comparisons. */
    PYTHON,
    /** Great Expectations' own: columns are {@code col("name")}. */
    COLUMNS,
    /** A condition of Spark SQL. */
    SQL,
    /** Arithmetic over suite parameters, with {@code ^} as power. */
    PARAMETERS
}
