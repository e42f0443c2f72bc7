package io.github.camelaiflow.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.AiflowComponent;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When routes are linted, and what is done about what is found. */
class RouteLintingTest {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final AtomicInteger ticks = new AtomicInteger();

    /** A timer that would tick at once if its consumer started, and what breaks LINT-08 without any broker. */
    private final RouteBuilder bad = new RouteBuilder() {
        @Override
        public void configure() {
            from("timer:bad?delay=-1&repeatCount=1")
                    .routeId("bad")
                    .process(e -> ticks.incrementAndGet())
                    .setBody(constant("x"))
                    .to("direct:bad?block=false");
            from("direct:bad")
                    .routeId("remembers")
                    .idempotentConsumer(body())
                    .idempotentRepository("keys")
                    .removeOnFailure(false)
                    .to("log:ok");
        }
    };

    RouteLintingTest() {
        context.getShutdownStrategy().setTimeout(1);
        context.getRegistry().bind("keys", MemoryIdempotentRepository.memoryIdempotentRepository());
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private LintReport report() {
        return component().lintReport();
    }

    private AiflowComponent component() {
        return context.getComponent("aiflow", AiflowComponent.class);
    }

    private void add(String yaml) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("routes.yaml", yaml));
    }

    @Test
    void warnsByDefaultWithoutAnyAiflowStep() throws Exception {
        context.addRoutes(bad);
        context.start();
        assertThat(context.hasComponent("aiflow")).as("nobody asked for it").isNull();
        assertThat(report().counts()).isEqualTo(Map.of("LINT-08", 1));
        Violation violation = report().violations().get(0);
        assertThat(violation.route()).isEqualTo("remembers");
        assertThat(violation.toString()).contains("LINT-08", "remembers", "removeOnFailure", "Mend:");
    }

    @Test
    void failRefusesTheStartBeforeAnyConsumerStarts() throws Exception {
        component().setLint(LintMode.FAIL);
        context.addRoutes(bad);
        assertThatThrownBy(context::start)
                .isInstanceOf(LintException.class)
                .hasMessageContaining("LINT-08")
                .hasMessageContaining("remembers");
        assertThat(ticks).hasValue(0);
    }

    @Test
    void offDoesNotLook() throws Exception {
        component().setLint(LintMode.OFF);
        context.addRoutes(bad);
        context.start();
        assertThat(report().violations()).isEmpty();
    }

    @Test
    void aDeclaredRouteIsRefusedEvenIfItIsOff() throws Exception {
        component().setLint(LintMode.OFF);
        add("""
            - route:
                id: declared
                note: aiflow.delivery=at-least-once
                from:
                  uri: direct:in
                  steps:
                    - idempotentConsumer:
                        simple: "${body}"
                        idempotentRepository: keys
                        removeOnFailure: false
                        steps:
                          - to: log:ok
            """);
        assertThatThrownBy(context::start).isInstanceOf(LintException.class).hasMessageContaining("declared");
    }

    @Test
    void aDeclarationOnTheFirstRouteCountsForThoseItCalls() throws Exception {
        component().setLint(LintMode.OFF);
        add("""
            - route:
                note: aiflow.delivery=database
                from:
                  uri: file:target/none?autoCreate=false&startingDirectoryMustExist=false
                  steps:
                    - to: direct:second
            - route:
                id: second
                from:
                  uri: direct:second
                  steps:
                    - to: seda:later
            """);
        assertThatThrownBy(context::start)
                .isInstanceOf(LintException.class)
                .hasMessageContaining("LINT-16")
                .hasMessageContaining("second");
    }

    @Test
    void aSuppressionNamesRuleAndReason() throws Exception {
        component().setLint(LintMode.FAIL);
        add("""
            - route:
                id: known
                note: "aiflow.lint.off=LINT-08: a failed key is mended by hand"
                from:
                  uri: direct:in
                  steps:
                    - idempotentConsumer:
                        simple: "${body}"
                        idempotentRepository: keys
                        removeOnFailure: false
                        steps:
                          - to: log:ok
            """);
        context.start();
        assertThat(report().violations()).isEmpty();
        assertThat(report().suppressed()).singleElement().satisfies(one -> {
            assertThat(one.rule().id()).isEqualTo("LINT-08");
            assertThat(one.reason()).isEqualTo("a failed key is mended by hand");
        });
    }

    @Test
    void aSuppressionWithoutReasonSuppressesNothing() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .routeProperty("aiflow.lint.off", "LINT-08")
                        .routeProperty("aiflow.delivery", "exactly-twice")
                        .to("log:ok");
            }
        });
        assertThatThrownBy(context::start)
                .as("it declares a mode, though an unknown one")
                .isInstanceOfSatisfying(LintException.class, refused -> assertThat(
                                refused.violations().toString())
                        .contains("exactly-twice", "LINT-nn: reason")
                        .doesNotContain("[none]"));
    }

    @Test
    void aRouteAddedLaterIsRefusedAloneAndForGood() throws Exception {
        component().setLint(LintMode.FAIL);
        context.start();
        assertThatThrownBy(() -> context.addRoutes(bad)).hasStackTraceContaining("LINT-08");
        assertThatThrownBy(() -> context.getRouteController().startRoute("bad")).hasStackTraceContaining("LINT-08");
        assertThat(ticks).hasValue(0);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:good").routeId("good").to("log:ok");
            }
        });
        assertThat(context.getRouteController().getRouteStatus("good").isStarted())
                .isTrue();
        assertThat(report().violations()).as("what does not run loses nothing").isEmpty();
    }

    @Test
    void whatWasRefusedAndRemovedIsForgotten() throws Exception {
        component().setLint(LintMode.FAIL);
        context.start();
        RouteLinting linting = context.getCamelContextExtension().getContextPlugin(RouteLinting.class);
        for (int time = 0; time < 3; time++) {
            assertThatThrownBy(() -> context.addRoutes(bad)).hasStackTraceContaining("LINT-08");
            assertThat(linting.refused()).as("of this time alone").isEqualTo(2);
            for (String id : new String[] {"bad", "remembers"}) {
                context.removeRouteDefinition(context.getRouteDefinition(id));
            }
        }
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:good").routeId("good").to("log:ok");
            }
        });
        assertThat(linting.refused()).isZero();
    }

    @Test
    void aRouteThatIsRemovedIsNoLongerReported() throws Exception {
        context.addRoutes(bad);
        context.start();
        context.getRouteController().stopRoute("remembers");
        context.removeRoute("remembers");
        assertThat(report().violations()).isEmpty();
    }
}
