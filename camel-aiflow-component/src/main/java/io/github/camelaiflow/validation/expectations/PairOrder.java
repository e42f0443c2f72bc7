package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Comparisons;
import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import java.util.List;

/**
 * Whether the first value of a pair is greater than the second. As in pandas, nothing is greater than a missing value or less.
 *
 * @param dates whether texts are read as dates
 */
record PairOrder(boolean orEqual, boolean dates, String requirement) implements ValueCheck {

    static ValueCheck read(Arguments arguments) {
        if (arguments.flag("allow_cross_type_comparisons")) {
            arguments.problem("allow_cross_type_comparisons is not taken here, as in GX; remove it");
        }
        boolean orEqual = arguments.flag("or_equal");
        String relation = orEqual ? "at least" : "greater than";
        boolean dates = arguments.flag("parse_strings_as_datetimes");
        return new PairOrder(
                orEqual,
                dates,
                "must have " + arguments.value("column_A") + " " + relation + " " + arguments.value("column_B"));
    }

    @Override
    public boolean meets(Object value) throws Unjudgeable {
        List<?> pair = (List<?>) value;
        Object a = pair.get(0);
        Object b = pair.get(1);
        if (Values.missing(a) || Values.missing(b)) {
            return false;
        }
        int order = dates ? Comparisons.order(Coercion.date(a), Coercion.date(b)) : Comparisons.order(a, b);
        return orEqual ? order >= 0 : order > 0;
    }
}
