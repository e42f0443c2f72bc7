package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelaiflow.drift.DriftReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftStepTest {

    private CamelContext context;

    @BeforeEach
    void start(@TempDir Path temp) throws Exception {
        context = new FlowFolder(temp).context(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("aiflow:drift:claims");
                from("direct:body").to("aiflow:drift:claims?resultTo=body");
                from("direct:bare")
                        .to("aiflow:drift:bare?window=100&falseAlarms=5000&reference=file:"
                                + temp.resolve("reference.csv"));
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private Exchange send(String to, Object body) {
        Exchange exchange = context.createProducerTemplate()
                .request(to, sent -> sent.getMessage().setBody(body));
        assertThat(exchange.getException()).isNull();
        return exchange;
    }

    private void verdictBecomes(String to, String verdict) {
        await().untilAsserted(() -> assertThat(send(to, List.of()).getMessage().getHeader("CamelAiflowDrift"))
                .isEqualTo(verdict));
    }

    @Test
    void untilAWindowIsFullNothingIsKnown() {
        Exchange exchange = send("direct:in", TinyModels.claims(199, 3));

        assertThat(exchange.getMessage().getHeader("CamelAiflowDrift")).isEqualTo("INSUFFICIENT_DATA");
        DriftReport report = exchange.getMessage().getHeader("CamelAiflowDriftReport", DriftReport.class);
        assertThat(report.fields()).isEmpty();
        assertThat(send("direct:body", List.of()).getMessage().getBody(String.class))
                .contains("INSUFFICIENT_DATA");
    }

    @Test
    void likeTheReferenceIsStableAndADriftIsNoticedWithItsField() {
        send("direct:in", TinyModels.claims(200, 3));
        verdictBecomes("direct:in", "STABLE");

        for (Map<String, Object> claim : TinyModels.claims(200, 4)) {
            send("direct:in", TinyModels.claim("x", (double) claim.get("amount") / 2, (String) claim.get("type")));
        }
        verdictBecomes("direct:in", "DRIFTED");
        DriftReport report =
                send("direct:in", List.of()).getMessage().getHeader("CamelAiflowDriftReport", DriftReport.class);
        assertThat(report.driftedFields()).containsExactly("amount");
    }

    @Test
    void optionsAreEnoughWithoutADefinition() {
        send("direct:bare", TinyModels.claims(100, 8));

        verdictBecomes("direct:bare", "STABLE");
    }

    @Test
    void whatCannotBeObservedGoesOnAndIsCounted() throws Exception {
        for (Object body : new Object[] {null, "no json", 5, List.of(3)}) {
            Exchange exchange = send("direct:in", body);
            assertThat(exchange.getMessage().getBody()).isEqualTo(body);
            assertThat(exchange.getMessage().getHeader("CamelAiflowDrift")).isEqualTo("INSUFFICIENT_DATA");
        }
        assertThat(notObserved()).isEqualTo(4);

        Exchange asked = context.createProducerTemplate()
                .request("direct:body", sent -> sent.getMessage().setBody("no json"));
        assertThat(asked.getMessage().getBody()).isInstanceOf(DriftReport.class);
    }

    private long notObserved() throws Exception {
        var agent = context.getManagementStrategy().getManagementAgent();
        String name = "org.apache.camel:context=" + context.getManagementName() + ",type=aiflow,name=\"claims\"";
        return (long) agent.getMBeanServer().getAttribute(new ObjectName(name), "NotObservedExchanges");
    }
}
