package io.github.camelaiflow.benchmarks;

import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.TinyModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * What a shadow costs the exchanges it shadows: the same flow with and without one, in turns of one run, at half of what one thread
 * can take. An exchange's latency counts from when it was due. Prints the line of docs/benchmarks.md.
 */
public final class ShadowLatency {

    private static final int ROUNDS = 21;
    private static final int A_ROUND = 4000;
    private static final int WARM_UP = 20_000;

    private ShadowLatency() {}

    /** Takes and ignores what the other benchmarks take. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("shadow");
        TinyModels.write(folder, "v1.tribuo", 1);
        TinyModels.write(folder, "v2.tribuo", 2);
        define(folder, "plain", "");
        define(folder, "shadowed", ", shadow: [v2]");
        CamelContext context = new DefaultCamelContext();
        try {
            context.getComponent("aiflow", AiflowComponent.class).setDefinitions("file:" + folder);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:plain").to("aiflow:infer:plain");
                    from("direct:shadowed").to("aiflow:infer:shadowed");
                }
            });
            context.start();
            measure(context);
        } finally {
            context.stop();
        }
    }

    private static void define(Path folder, String flow, String more) throws Exception {
        Files.writeString(folder.resolve(flow + ".yaml"), """
                flow: %s
                record: {key: id}
                models: {v1: {model: v1.tribuo}, v2: {model: v2.tribuo}}
                rollout: {serve: v1%s}
                """.formatted(flow, more));
    }

    private static void measure(CamelContext context) {
        ProducerTemplate template = context.createProducerTemplate();
        Endpoint plain = context.getEndpoint("direct:plain");
        Endpoint shadowed = context.getEndpoint("direct:shadowed");
        for (Endpoint endpoint : new Endpoint[] {plain, shadowed}) {
            for (int i = 0; i < WARM_UP; i++) {
                ask(template, endpoint, i);
            }
        }
        long start = System.nanoTime();
        for (int i = 0; i < WARM_UP; i++) {
            ask(template, plain, i);
        }
        long interval = 2 * (System.nanoTime() - start) / WARM_UP;
        double[][] p99 = new double[2][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            p99[0][round] = round(template, plain, interval);
            p99[1][round] = round(template, shadowed, interval);
        }
        double[] medians = {median(p99[0]), median(p99[1])};
        System.out.printf(
                Locale.ROOT,
                "an exchange each %.1f µs: p99 %.1f µs alone, %.1f µs with a shadow (%+.0f %%), medians of %d rounds%n",
                interval / 1e3,
                medians[0] / 1e3,
                medians[1] / 1e3,
                100 * (medians[1] / medians[0] - 1),
                ROUNDS);
    }

    private static double round(ProducerTemplate template, Endpoint endpoint, long interval) {
        double[] latencies = new double[A_ROUND];
        long due = System.nanoTime();
        for (int i = 0; i < A_ROUND; i++) {
            due += interval;
            while (System.nanoTime() < due) {
                Thread.onSpinWait();
            }
            ask(template, endpoint, i);
            latencies[i] = System.nanoTime() - due;
        }
        LockSupport.parkNanos(50_000_000);
        Arrays.sort(latencies);
        return latencies[A_ROUND * 99 / 100];
    }

    private static void ask(ProducerTemplate template, Endpoint endpoint, int i) {
        Map<String, Object> claim = TinyModels.claim("c" + i, i % 100 / 100.0, "theft");
        template.send(endpoint, exchange -> exchange.getMessage().setBody(claim));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
