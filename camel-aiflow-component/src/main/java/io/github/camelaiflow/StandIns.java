package io.github.camelaiflow;

import io.github.camelaiflow.definition.DefinitionException;
import io.github.camelaiflow.definition.FlowDefinition;
import io.github.camelaiflow.definition.ModelSource;
import io.github.camelaiflow.definition.ModelSource.Remembered;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.serving.Batching;
import io.github.camelaiflow.model.serving.FixedAnswer;
import io.github.camelaiflow.model.serving.LastGood;
import io.github.camelaiflow.model.serving.Serving;
import java.time.Duration;
import java.util.List;

/** Makes what stands before a flow's models (batches, caches) and in for them (last good answers, fixed ones). */
final class StandIns {

    private static final long SIZE = 10_000;
    private static final Duration CACHED = Duration.ofMinutes(10);
    private static final Duration LAST_GOOD = Duration.ofHours(1);

    private final AiflowComponent component;

    StandIns(AiflowComponent component) {
        this.component = component;
    }

    /** What stands between callers and the model of that source. */
    Serving serving(ModelSource source, FlowOptions options) {
        return new Serving(
                batching(source, options),
                work -> component.getCamelContext().getExecutorServiceManager().newThread("aiflow-batch", work),
                source.cache() == null ? null : kept(source.cache(), CACHED),
                System::nanoTime);
    }

    /** None for what answers at once, so that its answers outlive a change of the batches' size. */
    private Batching batching(ModelSource source, FlowOptions options) {
        String size = options.get("batchSize");
        if (size == null || source.rules() != null || source.lastGood() != null || source.fixed() != null) {
            return Batching.OFF;
        }
        String delay = options.get("batchDelay");
        return new Batching(
                Integer.parseInt(size),
                delay == null ? Duration.ZERO : Duration.ofMillis(Long.parseLong(delay)),
                component.getThreads());
    }

    private static Serving.Kept kept(Remembered remembered, Duration age) {
        return new Serving.Kept(
                remembered.size() == null ? SIZE : remembered.size(),
                remembered.maxAge() == null ? age : remembered.maxAge());
    }

    /** The model of a source that says {@code lastGood} or {@code default}. */
    Model model(FlowDefinition definition, String version, ModelSource source) {
        String place = definition.place() + ": models." + version;
        if (source.fixed() != null) {
            return FixedAnswer.of(place + ".default", source.fixed());
        }
        String key = definition.schema().key();
        if (key == null) {
            throw new DefinitionException(
                    List.of(place + ".lastGood: needs record.key, the field by which answers are known again"));
        }
        return new LastGood(place + ".lastGood", key, kept(source.lastGood(), LAST_GOOD), System::nanoTime);
    }
}
