package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.validation.FlaggedRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an exchange when a step, a model or a record fails in unusual ways. */
class StepFailuresTest {

    private final CountDownLatch release = new CountDownLatch(1);
    private CamelContext context;

    /** A bean that cannot be read. */
    public static final class Broken {
        public String getAmount() {
            throw new IllegalArgumentException("secret-4711");
        }
    }

    @BeforeEach
    void start(@TempDir Path temp) throws Exception {
        Files.writeString(temp.resolve("f.yaml"), """
                record: {fields: {amount: {type: number}}}
                models: {main: {bean: main}, hang: {bean: hang}, error: {bean: error}}
                rollout: {serve: main}
                drift: {reference: reference.csv}
                """);
        Files.writeString(temp.resolve("reference.csv"), "amount\n1\n2\n3\n");
        context = new DefaultCamelContext();
        bind("main", row -> "ok");
        bind("hang", row -> {
            try {
                return release.await(60, TimeUnit.SECONDS) ? "late" : "never";
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        bind("error", row -> {
            throw new NoClassDefFoundError("org/example/Gone");
        });
        AiflowComponent component = context.getComponent("aiflow", AiflowComponent.class);
        component.setDefinitions("file:" + temp);
        component.setThreads(2);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(deadLetterChannel("mock:dead").deadLetterHandleNewException(false));
                from("direct:main").to("aiflow:infer:f");
                from("direct:mark").to("aiflow:infer:f?onError=mark");
                from("direct:split").to("aiflow:validate:f?onInvalid=split");
                from("direct:validate").errorHandler(noErrorHandler()).to("aiflow:validate:f");
                from("direct:hang").errorHandler(noErrorHandler()).to("aiflow:infer:f?models=hang&timeout=100");
                from("direct:error").to("aiflow:infer:f?models=error");
                from("direct:drift").errorHandler(noErrorHandler()).to("aiflow:drift:f?timeout=60000");
                from("direct:timed")
                        .errorHandler(noErrorHandler())
                        .to("aiflow:validate:f?timeout=60000")
                        .circuitBreaker()
                        .to("aiflow:infer:f?timeout=60000")
                        .onFallback()
                        .to("aiflow:infer:f?models=main")
                        .end();
                from("direct:two")
                        .errorHandler(noErrorHandler())
                        .circuitBreaker()
                        .to("aiflow:infer:f?models=error")
                        .onFallback()
                        .to("aiflow:infer:f?models=main")
                        .setProperty("first", header("CamelAiflowServedBy"))
                        .end()
                        .circuitBreaker()
                        .to("aiflow:infer:f")
                        .end();
            }
        });
        context.start();
    }

    private void bind(String name, Function<Map<String, Object>, Object> function) {
        context.getRegistry().bind(name, function);
    }

    @AfterEach
    void stop() {
        release.countDown();
        context.stop();
    }

    private Exchange send(String to, Object body) {
        return context.createProducerTemplate()
                .request(to, exchange -> exchange.getMessage().setBody(body));
    }

    @Test
    void aDeadlineHoldsThoughTheModelHangsAndALateAnswerGoesNowhere() {
        long start = System.nanoTime();
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            exchanges.add(send("direct:hang", Map.of("amount", 1)));
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        release.countDown();
        assertThat(exchanges).allSatisfy(exchange -> {
            assertThat(exchange.getException()).isInstanceOf(AiflowModelException.class);
            assertThat(((AiflowModelException) exchange.getException()).isRetryable())
                    .isTrue();
            assertThat(exchange.getMessage().getHeader("CamelAiflowLabel")).isNull();
        });
    }

    @Test
    void timedStepsAroundABreakerDoNotBlockEachOther() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        List<Future<Exchange>> answers = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            answers.add(callers.submit(() -> send("direct:timed", Map.of("amount", 1))));
        }
        for (Future<Exchange> answer : answers) {
            Exchange exchange = answer.get(60, TimeUnit.SECONDS);
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getHeader("CamelAiflowServedBy")).isEqualTo("primary");
        }
        callers.shutdown();
    }

    @Test
    void anErrorOfAModelIsAFailureTheErrorHandlerSees() {
        Exchange exchange = send("direct:error", Map.of("amount", 1));

        assertThat(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))
                .isInstanceOf(AiflowModelException.class);
    }

    @Test
    void recordsThatCannotBeReadAreWrongDataAndTellNoValue() {
        Schema schema = new Schema.Parser()
                .parse("{'type':'record','name':'R','fields':[{'name':'amount','type':['null','double']}]}"
                        .replace('\'', '"'));
        GenericRecord avro = new GenericData.Record(schema);
        avro.put("amount", new StringBuilder("secret-4711").chars());

        for (Object bad : List.of(avro, new Broken())) {
            Exchange exchange = send("direct:main", bad);
            Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
            assertThat(caught).isInstanceOf(AiflowDataException.class);
            assertThat(((AiflowDataException) caught).getFields()).containsExactly("amount");
            assertThat(caught.toString() + caught.getCause()).doesNotContain("4711");
        }
    }

    @Test
    void oneUnreadableRecordOfABatchDoesNotTakeAlongTheOthers() {
        List<Object> batch = new ArrayList<>(List.of("{\"amount\": 1}", "{broken", Map.of("amount", 2)));
        batch.add(null);

        Exchange marked = send("direct:mark", batch);
        Exchange split = send("direct:split", batch);

        assertThat((List<?>) marked.getMessage().getHeader("CamelAiflowLabel"))
                .isEqualTo(java.util.Arrays.asList("ok", null, "ok", null));
        assertThat(split.getMessage().getBody()).isEqualTo(List.of("{\"amount\": 1}", Map.of("amount", 2)));
        List<?> rejected = split.getMessage().getHeader("CamelAiflowRejected", List.class);
        assertThat(rejected)
                .extracting(record -> ((FlaggedRecord) record).index())
                .containsExactly(1, 3);
    }

    @Test
    void splitHandsOnTheExchangesThatCarryTheGoodRecords() {
        Exchange good = new DefaultExchange(context);
        good.getMessage().setBody(Map.of("amount", 1));
        Exchange bad = new DefaultExchange(context);
        bad.getMessage().setBody(Map.of());

        assertThat(send("direct:split", List.of(good, bad)).getMessage().getBody())
                .isEqualTo(List.of(good));
    }

    @Test
    void driftNeverFailsAnExchange() {
        Iterable<Object> broken = () -> {
            throw new IllegalStateException("broken");
        };

        assertThat(send("direct:drift", broken).getException()).isNull();
    }

    @Test
    void aLaterBreakerIsNotTakenForTheFallbackOfAnEarlierOne() {
        Exchange exchange = send("direct:two", Map.of("amount", 1));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getProperty("first")).isEqualTo("fallback");
        assertThat(exchange.getMessage().getHeader("CamelAiflowServedBy")).isEqualTo("primary");
    }

    @Test
    void unreadableBodiesSayWhy() {
        Exchange exchange = send("direct:validate", "{broken");

        assertThat(((AiflowDataException) exchange.getException()).getReason()).isEqualTo(Reason.UNDECODABLE);
    }
}
