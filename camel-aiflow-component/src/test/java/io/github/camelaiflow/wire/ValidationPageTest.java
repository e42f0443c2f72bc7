package io.github.camelaiflow.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidationPageTest {

    @TempDir
    Path temp;

    private final CamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        Files.writeString(temp.resolve("suite.yaml"), """
                name: half
                expectations: [{type: expect_column_values_to_be_in_set, kwargs: {column: x, value_set: [a], mostly: 0.5}}]
                """);
        String suite = "suite=file:" + temp.resolve("suite.yaml");
        ValidationPage ofFlow = new ValidationPage();
        ofFlow.setFlow("w");
        ValidationPage withValues = new ValidationPage();
        withValues.setShowValues(true);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:records").to("aiflow:validate:w?scope=window&window=4&profile=true&" + suite);
                from("direct:page").process(ofFlow);
                from("direct:batch")
                        .to("aiflow:validate:b?scope=batch&onInvalid=mark&profile=true&" + suite)
                        .process(withValues)
                        .to("file:" + temp + "?fileName=report.html");
                from("direct:body")
                        .to("aiflow:validate:b?scope=batch&onInvalid=mark&resultTo=body&" + suite)
                        .removeHeaders("*")
                        .process(withValues);
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void theLastWindowIsShownOnceThereIsOne() {
        assertThat(page("w")).contains("No data");
        send("direct:records", records("a", "a", "planted", "a"));

        assertThat(page("w"))
                .contains("Validation of half")
                .contains("No. 1")
                .contains("other (1 value)")
                .doesNotContain("planted");
    }

    @Test
    void theAnswerIsHtmlAndUnguessedByBrowsers() {
        Exchange exchange = send("direct:page", null);

        assertThat(exchange.getMessage().getHeader("Content-Type")).isEqualTo("text/html; charset=UTF-8");
        assertThat(exchange.getMessage().getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void aBatchBecomesAFile() throws Exception {
        send("direct:batch", records("a", "planted"));

        assertThat(Files.readString(temp.resolve("report.html"), StandardCharsets.UTF_8))
                .startsWith("<!DOCTYPE html>")
                .contains("Records rejected")
                .contains("planted");
    }

    @Test
    void aResultInTheBodyIsShown() {
        assertThat(send("direct:body", records("a", "planted")).getMessage().getBody(String.class))
                .contains("Validation of half")
                .contains("planted");
    }

    @Test
    void aHeaderThatCameFromOutsideSaysNothing() {
        Exchange exchange = context.createProducerTemplate().request("direct:page", outside -> outside.getMessage()
                .setHeader("CamelAiflowValidation", "{\"success\": true}"));

        assertThat(exchange.getMessage().getBody(String.class)).contains("No data");
    }

    @Test
    void aFlowNobodyUsesHasNoData() throws Exception {
        ValidationPage page = new ValidationPage();
        page.setFlow("nobody");
        Exchange exchange = context.getEndpoint("direct:page").createExchange();

        page.process(exchange);

        assertThat(exchange.getMessage().getBody(String.class))
                .contains("No data yet")
                .contains("nobody");
    }

    private String page(String flow) {
        return send("direct:page", flow).getMessage().getBody(String.class);
    }

    private static List<Map<String, Object>> records(Object... values) {
        return Arrays.stream(values).map(value -> Map.of("x", value)).toList();
    }

    private Exchange send(String to, Object body) {
        Exchange exchange = context.createProducerTemplate()
                .request(to, outgoing -> outgoing.getMessage().setBody(body));
        assertThat(exchange.getException()).isNull();
        return exchange;
    }
}
