package io.github.camelaiflow.management;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.camel.CamelContext;

/**
 * A flow's dead letters as Micrometer meters, tagged {@code flow}; NaN while the store cannot be reached. Loaded only where Micrometer is on
 * the class path.
 */
final class MicrometerLetters {

    private final MeterRegistry registry;
    private final LetterStatus status;
    private final List<Meter> meters = new ArrayList<>();

    private MicrometerLetters(MeterRegistry registry, LetterStatus status) {
        this.registry = registry;
        this.status = status;
        count("new", LetterFigures::fresh);
        count("replaying", LetterFigures::replaying);
        count("replayed", LetterFigures::replayed);
        count("discarded", LetterFigures::discarded);
        meters.add(Gauge.builder(
                        "aiflow.dead.letters.oldest.age",
                        status,
                        now -> value(now, figures -> ManagedLetters.oldest(now, figures)))
                .description("time since the oldest letter that has not ended was set aside; 0 if there is none")
                .baseUnit("seconds")
                .tag("flow", status.flow())
                .register(registry));
    }

    /** Adds meters to the context's registry; returns what removes them, {@code null} if there is no registry. */
    static Runnable add(CamelContext context, LetterStatus status) {
        MeterRegistry registry = MicrometerObserver.registry(context);
        return registry == null ? null : new MicrometerLetters(registry, status)::remove;
    }

    private void count(String state, ToDoubleFunction<LetterFigures> figure) {
        meters.add(Gauge.builder("aiflow.dead.letters", status, now -> value(now, figure))
                .description("dead letters by what was done about them")
                .tags(Tags.of("flow", status.flow(), "state", state))
                .register(registry));
    }

    private static double value(LetterStatus status, ToDoubleFunction<LetterFigures> figure) {
        return status.figures().map(figure::applyAsDouble).orElse(Double.NaN);
    }

    private void remove() {
        meters.forEach(registry::remove);
    }
}
