package io.github.camelaiflow.validation.suggest;

import io.github.camelaiflow.data.FlowResult;
import io.github.camelaiflow.validation.Suite;
import java.util.List;

/**
 * A suite suggested from a sample. Immutable. Bounds and categories in it come from values of the sample: it is a configuration
 * made on request, so that, unlike other results, its text shows them.
 *
 * @param suite as {@code SuiteReader} read {@code json}
 * @param json the suite as GX writes it
 * @param rowsRead rows of the sample
 * @param rowsUsed those of them that were kept
 * @param leftOut what was considered and not suggested; stands in the suite's meta as well
 */
public record SuggestedSuite(Suite suite, String json, long rowsRead, int rowsUsed, List<LeftOut> leftOut)
        implements FlowResult {

    public SuggestedSuite {
        leftOut = List.copyOf(leftOut);
    }

    /** The suite as GX 1.x writes it, with how each expectation was derived in its meta. */
    @Override
    public String toJson() {
        return json;
    }

    /** As {@link #toJson()}. */
    @Override
    public String toString() {
        return json;
    }
}
