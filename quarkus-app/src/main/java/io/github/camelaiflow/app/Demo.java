package io.github.camelaiflow.app;

import io.github.camelaiflow.claims.ClaimGenerator;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.spi.CamelEvent.CamelContextStartedEvent;
import org.jboss.logging.Logger;

/** Sends generated claims through the claims route after the start and tells the console what becomes of them. */
@ApplicationScoped
final class Demo {

    private static final Logger LOG = Logger.getLogger(Demo.class);
    private static final long TICK_MILLIS = 20;
    private static final int ROLLOUT_EVERY_TICKS = 5;
    private static final long MOST_NANOS_AT_ONCE = 100_000_000;

    private final CamelContext context;
    private final ProducerTemplate template;
    private final DemoOptions options;
    private final DemoPrinter printer;
    private final CompletableFuture<DemoSummary> finished = new CompletableFuture<>();
    private ScheduledExecutorService timer;
    private DemoBoard board;
    private DemoRollout rollout;
    private DemoFeedback feedback;
    private DemoFeed feed;
    private long startNanos;
    private long tickNanos;
    private long ticks;
    private double due;
    private long progressNanos;
    private int open;

    Demo(CamelContext context, ProducerTemplate template, DemoOptions options, DemoPrinter printer) {
        this.context = context;
        this.template = template;
        this.options = options;
        this.printer = printer;
    }

    void start(@Observes CamelContextStartedEvent event) throws Exception {
        if (!options.enabled()) {
            return;
        }
        if (context.getRoute("claims") == null) {
            LOG.info("No route has the id claims: there is nothing the demo could show");
            return;
        }
        String run = UUID.randomUUID().toString();
        ClaimGenerator generator = new ClaimGenerator(ClaimGenerator.Plan.demo(options.seed(), options.driftFrom()));
        rollout = new DemoRollout(template);
        feedback = new DemoFeedback(template, options.labels());
        board = new DemoBoard(run, generator, feedback);
        feed = new DemoFeed(template, options, run, generator, board);
        consume(options.decided(), exchange -> board.decided(exchange.getMessage()));
        String desk = desk();
        consume(options.dead(), exchange -> {
            if (board.dead(exchange.getMessage()) && desk != null) {
                handIn(desk, exchange.getMessage());
            }
        });
        timer = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "demo");
        timer.schedule(this::begin, 500, TimeUnit.MILLISECONDS);
    }

    /** Where the desk of dead letters takes them from, if nobody else sends there; else {@code null}: then it gets its own. */
    private String desk() {
        Route intake = context.getRoute("claims-dead-letters");
        String from = intake == null ? "" : intake.getEndpoint().getEndpointUri();
        return from.equals("direct://claims-dead-letters") ? from : null;
    }

    private void handIn(String desk, Message letter) {
        Exchange taken = template.send(desk, exchange -> exchange.getMessage().copyFrom(letter));
        if (taken.getException() != null) {
            String failure = taken.getException().getClass().getSimpleName();
            LOG.warnf("A dead letter of the demo is not at the desk: %s", failure);
        }
    }

    private void consume(String uri, Processor processor) throws Exception {
        Consumer consumer = context.getEndpoint(uri).createConsumer(processor);
        context.addService(consumer, true, true);
        consumer.start();
    }

    private void begin() {
        startNanos = System.nanoTime();
        tickNanos = startNanos;
        progressNanos = startNanos;
        printer.begin(options);
        timer.scheduleWithFixedDelay(this::guardedTick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void guardedTick() {
        try {
            tick();
        } catch (RuntimeException e) {
            LOG.error("The demo ends early", e);
            finish();
        }
    }

    private void tick() {
        // what a slow machine falls behind is not caught up with: a burst would hide what there is to see
        long now = System.nanoTime();
        long nanos = Math.min(now - tickNanos, MOST_NANOS_AT_ONCE);
        tickNanos = now;
        due = Math.min(options.claims(), due + options.rate() * (nanos / 1e9));
        feed.sendUpTo((long) due);
        DemoSummary summary = board.summary();
        if (ticks++ % ROLLOUT_EVERY_TICKS == 0) {
            feedback.send();
            printer.decided(summary, rollout.update());
        }
        printer.progress(summary, System.nanoTime() - startNanos);
        boolean sent = feed.position() == options.claims();
        if (sent && (summary.open() == 0 && printer.driftSettled() && rollout.settled() || stuck(summary))) {
            finish();
        }
    }

    /** Whether nothing has come back for a long time. */
    private boolean stuck(DemoSummary summary) {
        long now = System.nanoTime();
        if (summary.open() != open) {
            open = summary.open();
            progressNanos = now;
        }
        return now - progressNanos > options.patience().toNanos();
    }

    private void finish() {
        timer.shutdown();
        DemoSummary summary = board.summary();
        printer.end(summary, options, rollout.last(), feedback.quality(), System.nanoTime() - startNanos);
        finished.complete(summary);
    }

    void stop(@Observes ShutdownEvent event) {
        if (timer != null) {
            timer.shutdownNow();
        }
    }

    /** The last summary, as soon as the demo is through. */
    CompletableFuture<DemoSummary> finished() {
        return finished;
    }

    Optional<DemoSummary> summary() {
        return Optional.ofNullable(board).map(DemoBoard::summary);
    }
}
