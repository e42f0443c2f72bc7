package io.github.camelaiflow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.lint.LintMode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RouteLinterTest {

    @Inject
    CamelContext context;

    @Test
    void theAppsRoutesBreakNoRuleAndOneThatDoesIsRefused() {
        AiflowComponent aiflow = context.getComponent("aiflow", AiflowComponent.class);
        assertThat(aiflow.getLint()).isEqualTo(LintMode.FAIL);
        assertThat(aiflow.lintReport().violations()).isEmpty();
        assertThatThrownBy(() -> context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("kafka:in?brokers=localhost:1&groupId=lossy&batching=true&maxPollRecords=5")
                                .routeId("lossy")
                                .to("log:lossy");
                    }
                }))
                .hasStackTraceContaining("LINT-02");
        assertThatThrownBy(() -> context.getRouteController().startRoute("lossy"))
                .hasStackTraceContaining("LINT-02");
    }
}
