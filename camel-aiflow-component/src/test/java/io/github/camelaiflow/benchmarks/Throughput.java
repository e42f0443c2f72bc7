package io.github.camelaiflow.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.Signature;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * What sharing calls gives: concurrent exchanges through {@code aiflow:infer}, one by one and batched in turns of one run, so that
 * other work on the machine meets both alike. Prints the tables of docs/throughput.md.
 */
public final class Throughput {

    private static final int ROUNDS = 5;
    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(800);
    private static final long PER_ROW_NANOS = 2_000;
    private static final int SIZE = 64;
    private static final String[] VARIANTS = {"", "?batchSize=" + SIZE, "?batchSize=" + SIZE + "&batchDelay=2"};

    private static final double TURNS_A_NANO = calibrated();

    /** Keeps the compiler from leaving the work out. */
    private static volatile long sink;

    private final CamelContext context = new DefaultCamelContext();
    private final List<Endpoint> endpoints = new ArrayList<>();

    /** A call costs a time, and 2 µs a row. */
    private static final class Costly implements Model {

        private final long nanos;
        private final Semaphore places;
        private final Queue<Long> times = new ConcurrentLinkedQueue<>();

        /** @param places calls a server takes at a time; 0 for a model in this process, which keeps a processor busy */
        Costly(long micros, int places) {
            this.nanos = TimeUnit.MICROSECONDS.toNanos(micros);
            this.places = places == 0 ? null : new Semaphore(places, true);
        }

        @Override
        public Signature signature() {
            return new Signature(List.of(), List.of(), List.of());
        }

        @Override
        public List<Outcome> predict(ModelInput input) {
            long start = System.nanoTime();
            int rows = ((ModelInput.Rows) input).rows().size();
            long cost = nanos + rows * PER_ROW_NANOS;
            if (places == null) {
                sink = work(cost);
            } else {
                places.acquireUninterruptibly();
                try {
                    LockSupport.parkNanos(cost);
                } finally {
                    places.release();
                }
            }
            times.add(System.nanoTime() - start);
            return Collections.nCopies(rows, Outcome.of(Output.value(1)));
        }

        /** The median time of the calls since it was asked last. */
        long median() {
            long[] all = times.stream().mapToLong(Long::longValue).sorted().toArray();
            times.clear();
            return all[all.length / 2];
        }

        /** As many turns as take that long where nothing else runs: waiting for a processor is no work. */
        private static long work(long cost) {
            long value = cost;
            for (long turn = (long) (cost * TURNS_A_NANO); turn > 0; turn--) {
                value = value * 6364136223846793005L + 1442695040888963407L;
            }
            return value;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    /** Exchanges a second, 99th percentile of their time in ms, median time of a call to the model in ms, CPU time of one in µs. */
    private record Measured(double perSecond, double p99, double call, double cpu) {

        static Measured middle(List<Measured> rounds) {
            return new Measured(
                    middle(rounds, Measured::perSecond),
                    middle(rounds, Measured::p99),
                    middle(rounds, Measured::call),
                    middle(rounds, Measured::cpu));
        }

        private static double middle(List<Measured> rounds, ToDoubleFunction<Measured> part) {
            return rounds.stream().mapToDouble(part).sorted().toArray()[rounds.size() / 2];
        }
    }

    private Throughput() {}

    /** Measures all; takes no arguments, but doesn't mind them. */
    public static void main(String[] arguments) throws Exception {
        String each = " 1/s | p99 ms | call ms | CPU µs |";
        System.out.println("| model | callers | one by one," + each + " batchSize=64," + each + " and batchDelay=2,"
                + each + " batched against one by one |\n|" + "---|".repeat(3 + 3 * 4));
        for (int places : new int[] {1, 2, 4, 8, 16, 32}) {
            measure("server, 2 ms, " + places + " at a time", new Costly(2_000, places), 64);
        }
        measure("server, 2 ms, 1 at a time", new Costly(2_000, 1), 1);
        for (int micros : new int[] {0, 5, 10, 20, 50, 100, 500}) {
            measure("in process, " + micros + " µs", new Costly(micros, 0), 64);
        }
        measure("in process, 0 µs", new Costly(0, 0), 1);
    }

    private static void measure(String name, Costly model, int callers) throws Exception {
        Path folder = Files.createTempDirectory("aiflow-bench");
        Throughput run = new Throughput();
        try {
            run.start(folder, model);
            run.print(name, model, callers);
        } finally {
            run.context.stop();
            for (int i = 0; i < VARIANTS.length; i++) {
                Files.delete(folder.resolve("f" + i + ".yaml"));
            }
            Files.delete(folder);
        }
    }

    private void start(Path folder, Costly model) throws Exception {
        for (int i = 0; i < VARIANTS.length; i++) {
            Files.writeString(folder.resolve("f" + i + ".yaml"), "models: {m: {bean: m}}\nrollout: {serve: m}\n");
        }
        context.getRegistry().bind("m", model);
        AiflowComponent component = context.getComponent("aiflow", AiflowComponent.class);
        component.setDefinitions("file:" + folder);
        component.setThreads(2);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (int i = 0; i < VARIANTS.length; i++) {
                    from("direct:f" + i).to("aiflow:infer:f" + i + VARIANTS[i]);
                }
            }
        });
        context.start();
        for (int i = 0; i < VARIANTS.length; i++) {
            endpoints.add(context.getEndpoint("direct:f" + i));
        }
    }

    private void print(String name, Costly model, int callers) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        List<List<Measured>> measured = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int round = -1; round < ROUNDS; round++) {
            for (int i = 0; i < VARIANTS.length; i++) {
                Measured one = round(threads, callers, model, endpoints.get(i));
                if (round >= 0) {
                    measured.get(i).add(one);
                }
            }
        }
        threads.shutdown();
        StringBuilder line = new StringBuilder("| " + name + " | " + callers);
        measured.forEach(rounds -> {
            Measured middle = Measured.middle(rounds);
            line.append(String.format(
                    Locale.ROOT,
                    " | %.0f | %.1f | %.1f | %.0f",
                    middle.perSecond,
                    middle.p99,
                    middle.call,
                    middle.cpu));
        });
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            ratios.add(measured.get(1).get(round).perSecond / measured.get(0).get(round).perSecond);
        }
        Collections.sort(ratios);
        System.out.println(line.append(String.format(
                Locale.ROOT,
                " | %.2f× (%.2f to %.2f) |",
                ratios.get(ROUNDS / 2),
                ratios.get(0),
                ratios.get(ROUNDS - 1))));
    }

    private static long cpuTime() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static double calibrated() {
        double best = 0;
        for (int i = 0; i < 50; i++) {
            long turns = 10_000_000;
            long value = i;
            long start = System.nanoTime();
            for (long turn = turns; turn > 0; turn--) {
                value = value * 6364136223846793005L + 1442695040888963407L;
            }
            best = Math.max(best, (double) turns / (System.nanoTime() - start));
            sink = value;
        }
        return best;
    }

    private Measured round(ExecutorService threads, int callers, Costly model, Endpoint endpoint) throws Exception {
        long start = System.nanoTime();
        long cpuBefore = cpuTime();
        List<Callable<long[]>> calls = Collections.nCopies(callers, () -> ask(endpoint, start + ROUND_NANOS));
        List<long[]> times = new ArrayList<>();
        for (Future<long[]> asked : threads.invokeAll(calls)) {
            times.add(asked.get());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long[] all = times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        double cpu = (cpuTime() - cpuBefore) / 1e3 / all.length;
        return new Measured(all.length / seconds, all[all.length * 99 / 100] / 1e6, model.median() / 1e6, cpu);
    }

    private long[] ask(Endpoint endpoint, long end) {
        ProducerTemplate template = context.createProducerTemplate();
        long[] times = new long[1 << 16];
        int count = 0;
        for (long now = System.nanoTime(); now < end && count < times.length; count++) {
            Exchange exchange = endpoint.createExchange();
            exchange.getMessage().setBody(Map.of("n", count));
            if (template.send(endpoint, exchange).getException() != null) {
                throw new IllegalStateException(exchange.getException());
            }
            long then = System.nanoTime();
            times[count] = then - now;
            now = then;
        }
        return Arrays.copyOf(times, count);
    }
}
