package io.github.camelaiflow.it.lint;

import static io.github.camelaiflow.it.lint.Lab.PATIENCE;
import static io.github.camelaiflow.it.lint.Lab.routes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Circuit breakers, which need no broker. */
class BreakerLossIT {

    private static final String NOWHERE = "localhost:1";

    @TempDir
    private Path folder;

    private String validate() throws Exception {
        Path suite = folder.resolve("suite.json");
        Files.writeString(suite, """
                {"name": "parcels", "expectations": [{"type": "expect_column_values_to_be_between",
                  "kwargs": {"column": "weight", "min_value": 0}}]}""");
        return "aiflow:validate:parcels?suite=file:" + suite;
    }

    /** LINT-14: a record that is wrong. */
    @Test
    void anIgnoredErrorPassesTheInputOn() throws Exception {
        String validate = validate();
        assertThat(passesOn(validate, "ignore", true)).isTrue();
        assertThat(passesOn(validate, "record", true)).isTrue();
        assertThat(passesOn(validate, "", false)).isFalse();
    }

    private static boolean passesOn(String validate, String how, boolean flagged) {
        Seen decided = new Seen();
        RouteBuilder routes = routes(builder -> {
            CircuitBreakerDefinition breaker = builder.from("direct:in").circuitBreaker();
            var configuration = breaker.resilience4jConfiguration();
            if (how.equals("ignore")) {
                configuration.ignoreException(org.apache.camel.ValidationException.class);
            } else if (how.equals("record")) {
                configuration.recordException(java.io.IOException.class);
            }
            configuration.end().to(validate).end().process(decided);
        });
        try (LabContext context = Lab.context(NOWHERE, routes)) {
            context.start();
            assertThat(Lab.broken(context).contains("LINT-14")).isEqualTo(flagged);
            ProducerTemplate template = context.createProducerTemplate();
            template.send("direct:in", exchange -> exchange.getMessage().setBody(Map.of("weight", -1)));
        }
        return decided.size() == 1;
    }

    /** LINT-14: without any aiflow step, behind a consumer that takes the file away. */
    @Test
    void anIgnoredErrorOfAnyStepIsTakenForItsAnswer() throws Exception {
        assertThat(done("ignore", true)).containsExactly("question");
        assertThat(done("record", true)).containsExactly("question");
        assertThat(done("", false)).isEmpty();
    }

    private List<String> done(String how, boolean flagged) throws Exception {
        Path in = Files.createTempDirectory(folder, "in");
        Files.writeString(in.resolve("one"), "question");
        Seen answered = new Seen();
        AtomicInteger tried = new AtomicInteger();
        RouteBuilder routes = routes(builder -> {
            CircuitBreakerDefinition breaker =
                    builder.from("file:" + in + "?initialDelay=0&delay=100").circuitBreaker();
            var configuration = breaker.resilience4jConfiguration();
            if (how.equals("ignore")) {
                configuration.ignoreException(IllegalStateException.class);
            } else if (how.equals("record")) {
                configuration.recordException(java.io.IOException.class);
            }
            configuration
                    .end()
                    .process(exchange -> {
                        tried.incrementAndGet();
                        throw new IllegalStateException("planted fault");
                    })
                    .end()
                    .convertBodyTo(String.class)
                    .process(answered);
        });
        try (LabContext context = Lab.context(NOWHERE, routes)) {
            context.start();
            assertThat(Lab.broken(context).contains("LINT-14")).isEqualTo(flagged);
            await().atMost(PATIENCE).until(() -> flagged ? answered.size() > 0 : tried.get() > 1);
        }
        return answered.all();
    }

    /** LINT-15: a call that is late and cannot be interrupted. */
    @Test
    void theLateCallIsVisibleBesidesTheFallback() throws Exception {
        assertThat(timedOut(true)).isEqualTo(2);
        assertThat(timedOut(false)).isEqualTo(1);
    }

    private static int timedOut(boolean flagged) throws Exception {
        Seen seen = new Seen();
        CountDownLatch answered = new CountDownLatch(1);
        RouteBuilder routes = routes(builder -> {
            CircuitBreakerDefinition breaker = builder.from("direct:in").circuitBreaker();
            if (flagged) {
                breaker.resilience4jConfiguration().timeoutEnabled(true).timeoutDuration(100);
            }
            breaker.process(exchange -> {
                        if (flagged) {
                            untilDone(answered);
                        }
                    })
                    .process(seen)
                    .onFallback()
                    .process(seen)
                    .end();
        });
        try (LabContext context = Lab.context(NOWHERE, routes)) {
            context.start();
            assertThat(Lab.broken(context).contains("LINT-15")).isEqualTo(flagged);
            context.createProducerTemplate().sendBody("direct:in", "r1");
            answered.countDown();
            if (flagged) {
                await().atMost(PATIENCE).until(() -> seen.size() == 2);
            }
        }
        return seen.size();
    }

    /** As a driver that waits for its socket does, whatever interrupts it. */
    private static void untilDone(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // goes on waiting
            }
        }
    }
}
