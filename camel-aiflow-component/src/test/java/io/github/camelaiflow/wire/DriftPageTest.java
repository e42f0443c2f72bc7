package io.github.camelaiflow.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.page.Pages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftPageTest {

    @TempDir
    Path temp;

    private final CamelContext context = new DefaultCamelContext();
    private final Random random = new Random(5);

    @BeforeEach
    void start() throws Exception {
        Files.writeString(temp.resolve("reference.csv"), csv(1000, 0, "a", "b"));
        String reference = "file:" + temp.resolve("reference.csv");
        DriftPage page = new DriftPage();
        page.setFlow("w");
        QualityPage quality = new QualityPage();
        quality.setFlow("w");
        DriftComparisonPage comparison = new DriftComparisonPage();
        comparison.setReference(reference);
        comparison.setKey("id");
        DriftComparisonPage windows = new DriftComparisonPage();
        windows.setReference(reference);
        windows.setFields("x, kind");
        windows.setWindow(200);
        windows.setFalseAlarms(20_000);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:records").to("aiflow:drift:w?window=100&falseAlarms=10000&reference=" + reference);
                from("direct:page").process(page);
                from("direct:quality").process(quality);
                from("direct:file").process(comparison).to("file:" + temp + "?fileName=drift.html");
                from("direct:windows").process(windows);
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private String csv(int rows, double shift, String... kinds) {
        StringBuilder csv = new StringBuilder("id,x,kind\n");
        for (int i = 0; i < rows; i++) {
            csv.append(i).append(',').append(shift + random.nextGaussian());
            csv.append(',').append(kinds[random.nextInt(kinds.length)]).append('\n');
        }
        return csv.toString();
    }

    private Exchange send(String to, Object body, String name) {
        Exchange exchange = context.createProducerTemplate().request(to, outgoing -> {
            outgoing.getMessage().setBody(body);
            outgoing.getMessage().setHeader("CamelFileName", name);
        });
        assertThat(exchange.getException()).isNull();
        return exchange;
    }

    private String page() {
        return send("direct:page", null, null).getMessage().getBody(String.class);
    }

    @Test
    void aFlowsDriftIsAPage() {
        assertThat(page()).contains("No data yet");
        for (int i = 0; i < 100; i++) {
            context.createProducerTemplate()
                    .sendBody("direct:records", "{\"id\": " + i + ", \"x\": 4.5, \"kind\": \"planted\"}");
        }

        Awaitility.await()
                .untilAsserted(() -> assertThat(Pages.text(page())).contains("3 fields differ", "Drift of w"));
        assertThat(page()).doesNotContain("planted");
        Exchange exchange = send("direct:page", null, null);
        assertThat(exchange.getMessage().getHeader("Content-Type")).isEqualTo("text/html; charset=UTF-8");
        assertThat(exchange.getMessage().getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void aFlowWithoutFeedbackHasNoQualityYet() {
        assertThat(Pages.text(send("direct:quality", null, null).getMessage().getBody(String.class)))
                .contains("Quality of w", "No data yet");
    }

    @Test
    void aFileIsComparedWithAFile() throws Exception {
        Exchange same = send("direct:file", csv(500, 0, "a", "b"), "same.csv");
        assertThat(same.getMessage().getHeader("CamelAiflowDrift")).isEqualTo("STABLE");

        Exchange moved = send("direct:file", csv(500, 0.6, "a", "b", "new"), "moved.csv");

        assertThat(moved.getMessage().getHeader("CamelAiflowDrift")).isEqualTo("DRIFTED");
        String page = Files.readString(temp.resolve("drift.html"));
        Pages.standsForItself(page);
        assertThat(Pages.text(page))
                .contains("Drift of moved.csv", "2 fields differ from the reference", "id")
                .doesNotContain("1970");
    }

    @Test
    void jsonLinesGoWindowByWindow() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 450; i++) {
            lines.append("{\"x\": ").append(random.nextGaussian() + (i < 200 ? 0 : 2));
            lines.append(", \"kind\": \"")
                    .append(random.nextBoolean() ? "a" : "b")
                    .append("\"}\n");
        }

        Exchange exchange = send("direct:windows", lines.toString(), "today.jsonl");

        assertThat(Pages.text(exchange.getMessage().getBody(String.class)))
                .contains("1 field differs", "the 2 windows shown", "50 records at the end fill no window");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(failure(new DriftPage())).hasMessageContaining("needs a flow");
        assertThat(failure(new QualityPage())).hasMessageContaining("needs a flow");
        assertThat(failure(new DriftComparisonPage())).hasMessageContaining("needs a reference");
        DriftComparisonPage unnamed = new DriftComparisonPage();
        unnamed.setReference("file:" + temp.resolve("reference.csv"));
        assertThat(failure(unnamed)).hasMessageContaining("CamelFileName");
    }

    private Throwable failure(Processor processor) {
        Exchange exchange = context.getEndpoint("direct:page").createExchange();
        try {
            processor.process(exchange);
            return null;
        } catch (Exception e) {
            return e;
        }
    }
}
