package io.github.camelaiflow.wire.deadletters;

import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.management.LetterFigures;
import io.github.camelaiflow.management.LetterManagement;
import io.github.camelaiflow.management.LetterStatus;
import io.github.camelaiflow.store.DeadLetters;
import io.github.camelaiflow.store.DeadLetters.State;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a flow's dead letters now and then, so that whoever wants figures does not wait for the store. */
final class LetterWatch extends ServiceSupport implements LetterStatus {

    private static final Logger LOG = LoggerFactory.getLogger(LetterWatch.class);
    private static final long PERIOD_SECONDS = 5;

    private final CamelContext context;
    private final AiflowComponent component;
    private final String flow;
    private LetterManagement management;
    private ScheduledExecutorService timer;
    private volatile LetterFigures figures;

    private LetterWatch(CamelContext context, String flow) {
        this.context = context;
        this.component = context.getComponent("aiflow", AiflowComponent.class);
        this.flow = flow;
    }

    /** Has the flow's letters watched until the context stops; once, however often it is asked for. */
    static void watch(CamelContext context, String flow) {
        String name = "aiflowLetterWatch-" + flow;
        synchronized (context.getRegistry()) {
            if (context.getRegistry().lookupByName(name) != null) {
                return;
            }
            LetterWatch watch = new LetterWatch(context, flow);
            context.getRegistry().bind(name, watch);
            try {
                context.addService(watch, true, true);
            } catch (Exception e) {
                LOG.warn("Dead letters of flow {} will not be seen in JMX and meters", flow, e);
            }
        }
    }

    @Override
    protected void doStart() {
        management = LetterManagement.register(context, this);
        timer = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "aiflow-dead-letters");
        timer.scheduleWithFixedDelay(this::look, 0, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    protected void doStop() throws Exception {
        context.getExecutorServiceManager().shutdownNow(timer);
        management.close();
    }

    void look() {
        try {
            DeadLetters letters = component.deadLetters(flow);
            Map<State, Long> counts = letters.counts();
            figures = new LetterFigures(
                    counts.getOrDefault(State.NEW, 0L),
                    counts.getOrDefault(State.REPLAYING, 0L),
                    counts.getOrDefault(State.REPLAYED, 0L),
                    counts.getOrDefault(State.DISCARDED, 0L),
                    letters.oldestOpen().orElse(null));
        } catch (RuntimeException e) {
            // With Camel the store stops, perhaps before this
            if (figures != null && !context.isStopping() && !context.isStopped()) {
                LOG.warn("Dead letters of flow {} cannot be counted for now: {}", flow, e.getMessage());
            }
            figures = null;
        }
    }

    @Override
    public String flow() {
        return flow;
    }

    @Override
    public Optional<LetterFigures> figures() {
        return Optional.ofNullable(figures);
    }

    @Override
    public Instant now() {
        return component.now();
    }
}
