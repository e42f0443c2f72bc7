package io.github.camelaiflow.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.AiflowComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.seda.SedaComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a linter remembers while routes come and go. */
class RouteLinterTest {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final AtomicInteger lookups = new AtomicInteger();
    private List<RouteDefinition> routes;

    @BeforeEach
    void routes() throws Exception {
        context.getComponent("kafka", KafkaComponent.class).getConfiguration().setBrokers("localhost:1");
        context.getComponent("aiflow", AiflowComponent.class).setLint(LintMode.OFF); // it would log what is found here
        context.addComponent("servlet", new SedaComponent());
        context.getRegistry().bindAsPrototype("keys", IdempotentRepository.class, () -> {
            lookups.incrementAndGet();
            return MemoryIdempotentRepository.memoryIdempotentRepository();
        });
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kafka:in?groupId=g").to("direct:a");
                from("servlet:in").to("direct:b");
                from("servlet:clean").removeHeaders("*").to("direct:c");
                from("direct:a").to("direct:b").wireTap("direct:c");
                from("direct:b")
                        .doTry()
                        .to("direct:c")
                        .doCatch(Exception.class)
                        .log("failed")
                        .end();
                from("direct:c").to("seda:d");
                from("seda:d").to("direct:e");
                from("direct:e").to("kafka:out").to("direct:a");
                from("direct:keys")
                        .idempotentConsumer(body())
                        .idempotentRepository("keys")
                        .removeOnFailure(false)
                        .to("log:x");
            }
        });
        context.init();
        routes = context.getRouteDefinitions();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void aRouteThatIsKnownIsNotLookedAtAgain() {
        RouteLinter linter = new RouteLinter(context);
        RouteDefinition keys = routes.get(routes.size() - 1);
        int before = lookups.get();
        assertThat(linter.lint(List.of(keys)).report().counts()).containsOnlyKeys("LINT-08");
        int once = lookups.get();
        assertThat(once).isGreaterThan(before);
        assertThat(linter.lint(routes).report().counts()).containsKeys("LINT-08", "LINT-16", "LINT-22");
        assertThat(lookups).hasValue(once);
    }

    @Test
    void whatARouteCallsCountsWheneverItComes() {
        RouteLinter linter = new RouteLinter(context);
        RouteDefinition edge = routes.get(2);
        RouteDefinition consumer = routes.get(0);
        RouteDefinition called = routes.get(3);
        assertThat(linter.lint(List.of(consumer)).report().counts()).doesNotContainKey("LINT-16");
        assertThat(linter.lint(List.of(consumer, edge, called)).report().counts())
                .containsEntry("LINT-16", 1);
        assertThat(linter.lint(List.of(edge, called)).report().counts()).isEmpty();
    }

    /** Whatever was there before, the same is found as by one that sees the routes for the first time. */
    @Test
    void whatIsRememberedNeverDiffersFromWhatIsSeen() {
        Random random = new Random(20261123);
        RouteLinter linter = new RouteLinter(context);
        for (int i = 0; i < 2_000; i++) {
            List<RouteDefinition> some = new ArrayList<>(routes);
            some.removeIf(route -> random.nextInt(3) == 0);
            RouteLinter.Result fresh = new RouteLinter(context).lint(some);
            RouteLinter.Result known = linter.lint(some);
            assertThat(known.report()).isEqualTo(fresh.report());
            assertThat(known.strict()).isEqualTo(fresh.strict());
        }
    }
}
