package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.Draining.Times;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.RoutePolicySupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a delivering route may take to stop is over before Camel goes on without it. */
class DrainingTest {

    private static final Duration CLOSING = Duration.ofMillis(1);

    private final AtomicInteger asked = new AtomicInteger();
    private long now;

    /** A route of which each part takes as long as it may. */
    private void stopsAsLateAsItMay(Times times) {
        Duration finish = times.finish();
        Duration abandon = times.abandon();
        now += finish.toNanos() + abandon.toNanos();
        now += times.publish().toNanos();
        now += CLOSING.toNanos();
    }

    @ParameterizedTest
    @ValueSource(longs = {45, 10, 1})
    void aRouteStopsWithinTheTimeThatCamelWaits(long seconds) {
        Duration all = Duration.ofSeconds(seconds);
        Times times = new Times(() -> now, now, all);
        assertThat(times.finish()).isEqualTo(all.multipliedBy(7).dividedBy(10));
        assertThat(times.abandon()).isEqualTo(all.dividedBy(10));

        stopsAsLateAsItMay(times);

        assertThat(Duration.ofNanos(now)).isLessThan(all);
    }

    @Test
    void routesOfOneContextShareIt() throws Exception {
        Draining draining = new Draining(() -> now);
        draining.add(asked::incrementAndGet);
        draining.add(() -> asked.addAndGet(10));
        CamelContext context = context();
        now = 1;
        assertThat(draining.begin(context).finish()).isEqualTo(Duration.ofSeconds(7));
        assertThat(asked).as("a route that is stopped alone").hasValue(0);

        whenStopping(context, () -> {
            stopsAsLateAsItMay(draining.begin(context));
            assertThat(asked).as("all take no more").hasValue(11);
            for (int i = 0; i < 5; i++) {
                stopsAsLateAsItMay(draining.begin(context));
            }
        });
        assertThat(Duration.ofNanos(now)).isLessThan(Duration.ofSeconds(10));
        assertThat(asked).as("asked once").hasValue(11);
    }

    @Test
    void aContextThatStartsAgainHasItsTimeAgain() throws Exception {
        Draining draining = new Draining(() -> now);
        for (int i = 0; i < 2; i++) {
            draining.reset();
            now += Duration.ofMinutes(1).toNanos();
            CamelContext context = context();
            whenStopping(
                    context, () -> assertThat(draining.begin(context).finish()).isEqualTo(Duration.ofSeconds(7)));
        }
    }

    private static CamelContext context() {
        CamelContext context = new DefaultCamelContext();
        context.getShutdownStrategy().setTimeout(10);
        context.start();
        return context;
    }

    /** Does it while the context is being stopped. */
    private static void whenStopping(CamelContext context, Runnable then) throws Exception {
        AtomicInteger done = new AtomicInteger();
        AssertionError[] failed = new AssertionError[1];
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:any")
                        .routePolicy(new RoutePolicySupport() {
                            @Override
                            public void onStop(Route route) {
                                try {
                                    then.run();
                                } catch (AssertionError e) {
                                    failed[0] = e;
                                }
                                done.incrementAndGet();
                            }
                        })
                        .to("log:any");
            }
        });
        context.stop();
        assertThat(done).hasValue(1);
        if (failed[0] != null) {
            throw failed[0];
        }
    }
}
