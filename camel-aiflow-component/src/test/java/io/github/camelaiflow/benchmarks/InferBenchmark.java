package io.github.camelaiflow.benchmarks;

import io.github.camelaiflow.AiflowComponent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;

/**
 * {@code aiflow:infer} in a route against the plain loop around the same model file. Sampled, so that quick
 * samples tell what it costs on a machine that also does other work.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class InferBenchmark {

    /** Records of one exchange. */
    @Param({"1", "1000"})
    private int batch;

    /** What trained the model. */
    @Param({"forest", "logistic"})
    private String model;

    private Path folder;
    private Object body;
    private List<Map<String, Object>> rows;
    private Model<Label> plain;
    private CamelContext context;
    private ProducerTemplate template;
    private Endpoint infer;
    private Endpoint nothing;

    /** What a plain loop keeps. */
    record Kept(String label, double score) {}

    /** Trains, and starts the routes. */
    @Setup
    public void start() throws Exception {
        folder = Files.createTempDirectory("aiflow-bench");
        Claims.train(model).serializeToFile(folder.resolve("claims.tribuo"));
        Files.write(folder.resolve("claims.yaml"), Claims.DEFINITION);
        plain = Model.deserializeFromFile(folder.resolve("claims.tribuo")).castModel(Label.class);
        rows = Claims.rows(batch, 2);
        body = batch == 1 ? rows.get(0) : rows;
        context = new DefaultCamelContext();
        context.getComponent("aiflow", AiflowComponent.class).setDefinitions("file:" + folder);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:infer").to("aiflow:infer:claims");
                from("direct:nothing").process(exchange -> {});
            }
        });
        context.start();
        template = context.createProducerTemplate();
        infer = context.getEndpoint("direct:infer");
        nothing = context.getEndpoint("direct:nothing");
        check();
    }

    /** The route must give what the loop gives, else there is nothing to compare. */
    private void check() {
        Object label = throughRoute().getMessage().getHeader("CamelAiflowLabel");
        Object expected = batch == 1
                ? plainLoop().get(0).label()
                : plainLoop().stream().map(Kept::label).toList();
        if (!expected.equals(label)) {
            throw new IllegalStateException("route and loop must agree");
        }
    }

    /** Stops the routes. */
    @TearDown
    public void stop() throws IOException {
        context.stop();
        Files.delete(folder.resolve("claims.tribuo"));
        Files.delete(folder.resolve("claims.yaml"));
        Files.delete(folder);
    }

    /** Builds the examples from the same maps, calls the same model, keeps label and score. */
    @Benchmark
    public List<Kept> plainLoop() {
        List<Kept> kept = new ArrayList<>(rows.size());
        for (Map<String, Object> row : rows) {
            Label label = plain.predict(Claims.example(row, LabelFactory.UNKNOWN_LABEL))
                    .getOutput();
            kept.add(new Kept(label.getLabel(), label.getScore()));
        }
        return kept;
    }

    /** A new exchange through {@code from("direct:infer").to("aiflow:infer:claims")}, by a producer template. */
    @Benchmark
    public Exchange throughRoute() {
        return send(infer);
    }

    /** The same through a route that does nothing: Camel's share. */
    @Benchmark
    public Exchange emptyRoute() {
        return send(nothing);
    }

    private Exchange send(Endpoint endpoint) {
        Exchange exchange = endpoint.createExchange();
        exchange.getMessage().setBody(body);
        return template.send(endpoint, exchange);
    }
}
