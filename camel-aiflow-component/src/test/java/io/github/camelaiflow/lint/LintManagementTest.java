package io.github.camelaiflow.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;

class LintManagementTest {

    @Test
    void anOperatorSeesViolationsByRule() throws Exception {
        MeterRegistry meters = new SimpleMeterRegistry();
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("metricsRegistry", meters);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .routeId("remembers")
                        .idempotentConsumer(body(), MemoryIdempotentRepository.memoryIdempotentRepository())
                        .removeOnFailure(false)
                        .to("log:ok");
            }
        });
        context.start();
        try {
            assertThat(meters.get("aiflow.lint.violations")
                            .tag("rule", "LINT-08")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(meters.get("aiflow.lint.violations")
                            .tag("rule", "LINT-01")
                            .gauge()
                            .value())
                    .isZero();
            MBeanServer server =
                    context.getManagementStrategy().getManagementAgent().getMBeanServer();
            ObjectName name =
                    new ObjectName("org.apache.camel:context=" + context.getManagementName() + ",type=aiflow-lint");
            assertThat(server.getAttribute(name, "ViolationCount")).isEqualTo(1);
            assertThat((String[]) server.getAttribute(name, "Violations"))
                    .singleElement()
                    .asString()
                    .contains("LINT-08", "remembers");
        } finally {
            context.stop();
        }
    }
}
