package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.management.FlowEvent;
import io.github.camelaiflow.management.FlowObserver;
import io.github.camelaiflow.validation.ValidationResult;
import io.github.camelaiflow.validation.WindowValidator;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;

class ValidateWindowStepTest extends WithFlowFolder {

    private static final String SUITE = """
            {"name": "half", "expectations": [{"type": "expect_column_values_to_not_be_null",
              "kwargs": {"column": "x", "mostly": 0.5}}]}
            """;

    private String suite() throws Exception {
        folder.write("half.json", SUITE);
        return "suite=file:" + temp.resolve("half.json");
    }

    @Test
    void theHeadersTellTheLastWindowsVerdict() throws Exception {
        start("aiflow:validate:w?scope=window&window=4&" + suite());

        Exchange first = send("direct:r0", List.of(Map.of("x", 1), Map.of("x", 2)));
        assertThat(first.getMessage().getHeader("CamelAiflowValid")).isNull();
        assertThat(result(first).reason()).isEqualTo("NO_DATA");

        Exchange second = send("direct:r0", List.of(Map.of("x", 1), missing(), Map.of("x", 3)));
        assertThat(second.getMessage().getHeader("CamelAiflowValid")).isEqualTo(true);
        assertThat(result(second).records()).isEqualTo(4);

        Exchange third = send("direct:r0", List.of(missing(), missing(), missing()));
        assertThat(third.isFailed()).isFalse();
        assertThat(third.getMessage().getHeader("CamelAiflowValid")).isEqualTo(false);
        assertThat(third.getMessage().getHeader("CamelAiflowValidation", String.class))
                .contains("\"number\":2");
    }

    @Test
    void theWindowSurvivesAReloadOfItsRoute() throws Exception {
        start("aiflow:validate:w?scope=window&window=4&" + suite());
        send("direct:r0", List.of(missing(), missing(), missing()));

        context.getRouteController().stopRoute("r0");
        context.getRouteController().startRoute("r0");

        assertThat(send("direct:r0", Map.of("x", 1)).getMessage().getHeader("CamelAiflowValid"))
                .isEqualTo(false);
    }

    @Test
    void eachVerdictIsAnEvent() throws Exception {
        String uri = "aiflow:validate:w?scope=window&window=2&" + suite();
        context = folder.context(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:r0").to(uri);
                from("aiflow:events:w?events=validation").to("mock:events");
            }
        });
        MockEndpoint events = context.getEndpoint("mock:events", MockEndpoint.class);
        events.expectedMessageCount(2);
        events.setResultWaitTime(60_000);
        context.start();

        send("direct:r0", List.of(Map.of("x", 1), missing(), missing(), missing()));

        events.assertIsSatisfied();
        assertThat(events.getExchanges())
                .extracting(event -> event.getMessage().getHeader("CamelAiflowValid"))
                .containsExactly(true, false);
        assertThat(events.getExchanges().get(1).getMessage().getBody(ValidationResult.class))
                .satisfies(result -> assertThat(result.window().number()).isEqualTo(2));
    }

    @Test
    void whatCannotBeReadIsLeftOut() throws Exception {
        start("aiflow:validate:w?scope=window&window=2&" + suite());

        assertThat(send("direct:r0", "no json").isFailed()).isFalse();
        assertThat(send("direct:r0", List.of(Map.of("x", 1), "no json", Map.of("x", 2)))
                        .getMessage()
                        .getHeader("CamelAiflowValid"))
                .isEqualTo(true);
    }

    @Test
    void aWindowOfTimeEndsThoughNothingComes() throws Exception {
        start("aiflow:validate:w?scope=window&window=300ms&resultTo=body&" + suite());
        send("direct:r0", Map.of("x", 1));
        AiflowComponent component = context.getComponent("aiflow", AiflowComponent.class);

        await().atMost(Duration.ofSeconds(20))
                .until(() -> Boolean.TRUE.equals(
                        component.lastValidation("w").orElseThrow().valid()));
    }

    @Test
    void aDefinitionMaySayHowWindowsAreCut() throws Exception {
        folder.write("w.yaml", """
                flow: w
                record: {fields: {x: {type: integer}}}
                validation: {window: 6, panes: 3, onInvalid: throw}
                """);
        start("aiflow:validate:w?scope=window", "aiflow:validate:w");

        Exchange exchange = send("direct:r0", List.of(Map.of("x", 1), Map.of("x", 1), Map.of("x", 1), Map.of("x", 1)));
        assertThat(exchange.getMessage().getHeader("CamelAiflowValid")).isNull();
        exchange = send("direct:r0", List.of(Map.of("x", 1), missing()));

        assertThat(exchange.isFailed()).isFalse();
        assertThat(result(exchange).window().panes()).isEqualTo(3);
        assertThat(result(exchange).valid()).isFalse();
        assertThat(send("direct:r1", missing()).isFailed()).isTrue();
    }

    @Test
    void whatAWindowCannotDoIsRefusedAtStartUp() throws Exception {
        String suite = suite();
        for (Map.Entry<String, String> wrong : Map.of(
                        "aiflow:validate:w?scope=window&onInvalid=throw&" + suite, "onInvalid must be mark",
                        "aiflow:validate:w?scope=window&onInvalid=split&" + suite, "onInvalid must be mark",
                        "aiflow:validate:w?scope=window&panes=17&" + suite, "panes must be from 1 to 16",
                        "aiflow:validate:w?scope=window&window=10&panes=4&" + suite, "multiple of panes",
                        "aiflow:validate:w?window=10&" + suite, "needs scope=window")
                .entrySet()) {
            assertThatThrownBy(() -> start(wrong.getKey()))
                    .satisfies(error -> assertThat(stack(error)).contains(wrong.getValue()));
            stop();
        }
    }

    @Test
    void aWindowsResultTellsAsMuchAsItIsAskedFor() throws Exception {
        String window = "aiflow:validate:w?scope=window&window=2&" + suite();
        start(window, window + "&resultFormat=BASIC");
        send("direct:r0", List.of(Map.of("x", 1), missing()));

        assertThat(result(send("direct:r0", List.of())).toJson()).contains("partial_unexpected_index_list");
        assertThat(result(send("direct:r1", List.of())).toJson())
                .contains("unexpected_count")
                .doesNotContain("partial_unexpected_index_list");
        stop();
        assertThatThrownBy(() -> start(window + "&resultFormat=COMPLETE"))
                .satisfies(error -> assertThat(stack(error)).contains("resultFormat must be", "scope=batch"));
    }

    @Test
    void aWindowThatWasReplacedTellsNoMore() throws Exception {
        folder.write("w.yaml", "flow: w\nrecord: {fields: {x: {type: integer}}}\nvalidation: {window: 2}");
        start("aiflow:validate:w?scope=window");
        AiflowComponent component = context.getComponent("aiflow", AiflowComponent.class);
        Flow flow = component.flow("w");
        List<FlowEvent> events = new CopyOnWriteArrayList<>();
        flow.subscribe(new FlowObserver() {
            @Override
            public void published(FlowEvent event) {
                events.add(event);
            }
        });
        WindowValidator replaced = flow.parts().windows().value();
        folder.write("w.yaml", "flow: w\nrecord: {fields: {x: {type: integer, min: 5}}}\nvalidation: {window: 2}");
        component.reloadDefinitions();

        replaced.add(Records.batch(List.of(Map.of("x", 1), Map.of("x", 2))));
        send("direct:r0", List.of(Map.of("x", 1), Map.of("x", 2)));

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.verdict()).isEqualTo("INVALID");
            assertThat(event.definitionDigest()).isEqualTo(flow.status().definitionDigest());
        });
    }

    @Test
    void windowsOfTimeGoOnEndingWhateverAnObserverThrows() throws Exception {
        start("aiflow:validate:w?scope=window&window=50ms&" + suite());
        Flow flow = context.getComponent("aiflow", AiflowComponent.class).flow("w");
        AtomicInteger told = new AtomicInteger();
        flow.subscribe(new FlowObserver() {
            @Override
            public void published(FlowEvent event) {
                told.incrementAndGet();
                throw new AssertionError("an observer's own mistake");
            }
        });

        send("direct:r0", Map.of("x", 1));
        await().until(() -> told.get() == 1);
        send("direct:r0", Map.of("x", 1));

        await().until(() -> told.get() == 2);
    }

    private static Map<String, Object> missing() {
        return Collections.singletonMap("x", null);
    }

    private static ValidationResult result(Exchange exchange) {
        return exchange.getMessage().getHeader("CamelAiflowValidation", ValidationResult.class);
    }
}
