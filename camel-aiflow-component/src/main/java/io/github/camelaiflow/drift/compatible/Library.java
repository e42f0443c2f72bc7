package io.github.camelaiflow.drift.compatible;

import java.util.List;

/** A library's way of comparing columns. */
interface Library {

    String name();

    /** The methods for columns of numbers, or of categories. */
    List<String> methods(boolean numeric);

    /** The one taken by default; both columns without missing values, not empty. */
    String standard(RawColumn reference, RawColumn window);

    /** Compares by one of the methods or the default; both columns as they came, neither all missing. */
    CompatibleReport.Distance distance(String method, RawColumn reference, RawColumn window);

    /** Whether all columns together have drifted. */
    boolean drifted(List<CompatibleReport.Column> columns);
}
