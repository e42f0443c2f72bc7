package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;
import java.util.function.Function;

/**
 * Whether one aggregate of a column lies in a range. An aggregate of nothing is not met, as in GX, and observed as
 * {@code null}.
 *
 * @param share how much memory an accumulator takes, as in {@link BatchCheck#share()}
 * @param empty an accumulator for a state
 * @param aggregate reads the aggregate from what was accumulated
 */
record AggregateBetween<A extends Accumulator<A>>(
        Range range, String requirement, int share, Function<Memory, A> empty, Function<A, Estimate> aggregate)
        implements BatchCheck {

    @Override
    public BatchState newState(Memory memory) {
        return new Accumulating<>(empty.apply(memory), (accumulated, counted) -> judge(aggregate.apply(accumulated)));
    }

    private Finding judge(Estimate observed) throws Unjudgeable {
        Object value = observed.value();
        Finding finding = Finding.observed(value != null && range.holds(value), value);
        Approximation bounds = observed.bounds();
        if (bounds == null) {
            return finding;
        }
        return finding.within(new Approximation(
                bounds.quantity(),
                bounds.lower(),
                bounds.upper(),
                bounds.confidence(),
                range.decides(bounds.lower(), bounds.upper())));
    }
}
