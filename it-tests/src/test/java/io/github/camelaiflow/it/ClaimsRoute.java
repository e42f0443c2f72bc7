package io.github.camelaiflow.it;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;

/** The shipped claims route, run by camel-main as a user runs it. {@link #close()} stops it in order. */
final class ClaimsRoute implements AutoCloseable {

    private static final String ROUTES =
            "classpath:templates/aiflow-decide.camel.yaml,classpath:templates/aiflow-deliver.camel.yaml,"
                    + "classpath:routes/claims.camel.yaml,classpath:routes/claims-delivery.camel.yaml";

    private final Main main = new Main();
    private final Failures failures = new Failures();

    private ClaimsRoute() {}

    /**
     * Starts the route and returns when it runs.
     *
     * @param properties the route's own: {@code claims.in}, {@code claims.out} and so on
     */
    static ClaimsRoute start(Map<String, String> properties) {
        ClaimsRoute route = new ClaimsRoute();
        route.main.configure().withRoutesIncludePattern(ROUTES);
        properties.forEach(route.main::addOverrideProperty);
        route.main.bind("failures", route.failures);
        try {
            route.main.start();
        } catch (RuntimeException e) {
            route.close();
            throw e;
        }
        return route;
    }

    /** How many exchanges failed so far: neither a decision nor a dead letter came of them. */
    int failures() {
        return failures.count.get();
    }

    /** Sends into the route where it listens in memory. */
    ProducerTemplate producer() {
        return main.getCamelContext().createProducerTemplate();
    }

    @Override
    public void close() {
        main.stop();
    }

    private static final class Failures extends SimpleEventNotifierSupport {

        private final AtomicInteger count = new AtomicInteger();

        private Failures() {
            setIgnoreExchangeEvents(false);
            setIgnoreExchangeFailedEvents(false);
        }

        @Override
        public boolean isEnabled(CamelEvent event) {
            return event.getType() == CamelEvent.Type.ExchangeFailed;
        }

        @Override
        public void notify(CamelEvent event) {
            count.incrementAndGet();
        }
    }
}
