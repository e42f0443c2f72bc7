package io.github.camelaiflow.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.AiflowDataException;
import io.github.camelaiflow.TinyModels;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The breaker recipe as users write it, in YAML: model failures open it and fall back, wrong data does neither. */
class CircuitBreakerTest {

    private static final String ROUTES = """
            - beans:
                - name: breaker
                  type: io.github.resilience4j.circuitbreaker.CircuitBreaker
                  builderClass: io.github.camelaiflow.wire.ModelCircuitBreaker
                  builderMethod: build
                  properties: {name: claims, minimumNumberOfCalls: 5, slidingWindowSize: 10}
            - route:
                from:
                  uri: direct:in
                  steps:
                    - circuitBreaker:
                        resilience4jConfiguration: {circuitBreaker: breaker}
                        steps:
                          - to: aiflow:infer:claims
                        onFallback:
                          steps:
                            - to: aiflow:infer:claims?models=rules
                    - to: mock:after
            """;
    private static final String DEFINITION = """
            record:
              fields:
                amount: {type: number}
                type: {type: category}
            models:
              main: {bean: main}
              rules: {rules: [{when: {type: {equals: theft}}, label: fraud}], otherwise: {label: unsure}}
            rollout: {serve: main}
            """;

    private final AtomicBoolean broken = new AtomicBoolean();
    private final AtomicInteger asked = new AtomicInteger();
    private CamelContext context;

    @BeforeEach
    void start(@TempDir Path temp) throws Exception {
        Files.writeString(temp.resolve("claims.yaml"), DEFINITION);
        context = new DefaultCamelContext();
        Function<Map<String, Object>, Object> main = row -> {
            asked.incrementAndGet();
            if (broken.get()) {
                throw new IllegalStateException("down");
            }
            return "fraud";
        };
        context.getRegistry().bind("main", main);
        context.getComponent("aiflow", AiflowComponent.class).setDefinitions("file:" + temp);
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("routes.camel.yaml", ROUTES));
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private Exchange send(Map<String, Object> claim) {
        return context.createProducerTemplate()
                .request("direct:in", exchange -> exchange.getMessage().setBody(claim));
    }

    private CircuitBreaker breaker() {
        return context.getRegistry().lookupByNameAndType("breaker", CircuitBreaker.class);
    }

    private static void assertDataError(Exchange exchange) {
        assertThat(exchange.getException()).isInstanceOf(AiflowDataException.class);
        assertThat(exchange.getMessage().getHeader("CamelAiflowLabel")).isNull();
    }

    @Test
    void theModelAnswersWhileItCan() {
        Exchange exchange = send(TinyModels.claim("a", 1, "fire"));

        assertThat(exchange.getMessage().getHeader("CamelAiflowLabel")).isEqualTo("fraud");
        assertThat(exchange.getMessage().getHeader("CamelAiflowServedBy")).isEqualTo("primary");
    }

    @Test
    void rulesAnswerWhileItCannotAndTheBreakerOpens() {
        broken.set(true);
        for (int i = 0; i < 30; i++) {
            Exchange exchange = send(TinyModels.claim("a", 1, "fire"));
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getHeader("CamelAiflowLabel")).isEqualTo("unsure");
            assertThat(exchange.getMessage().getHeader("CamelAiflowServedBy")).isEqualTo("fallback");
        }

        assertThat(breaker().getState()).isEqualTo(CircuitBreaker.State.OPEN);
        assertThat(asked).hasValue(5);
    }

    @Test
    void wrongDataRunsNoFallbackAndOpensNothing() {
        for (int i = 0; i < 30; i++) {
            assertDataError(send(Map.of("type", "fire")));
        }

        assertThat(breaker().getState()).isEqualTo(CircuitBreaker.State.CLOSED);
        assertThat(breaker().getMetrics().getNumberOfFailedCalls()).isZero();
    }

    @Test
    void wrongDataIsRefusedWhileTheBreakerIsOpenToo() {
        broken.set(true);
        for (int i = 0; i < 10; i++) {
            send(TinyModels.claim("a", 1, "fire"));
        }
        assertThat(breaker().getState()).isEqualTo(CircuitBreaker.State.OPEN);

        assertDataError(send(Map.of("type", "fire")));
    }
}
