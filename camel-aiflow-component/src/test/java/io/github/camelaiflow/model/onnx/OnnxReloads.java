package io.github.camelaiflow.model.onnx;

import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.files.ModelLoader;
import io.github.camelaiflow.model.serving.ServedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reloads a model under load and prints failed calls, calls, and by how many bytes resident memory grew per reload. Arguments: how
 * many reloads, and the first that counts.
 */
final class OnnxReloads {

    private static final int CALLERS = 2;

    private OnnxReloads() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int reloads = Integer.parseInt(arguments[0]);
        int first = Integer.parseInt(arguments[1]);
        byte[] bytes = OnnxGraphs.trees().bytes();
        ModelSpec spec = ModelSpec.of("trees.onnx").withFeatures(List.of("a", "b"));
        ModelLoader loader = new ModelLoader();
        AtomicLong calls = new AtomicLong();
        AtomicLong failed = new AtomicLong();
        double[] resident = new double[reloads - first];
        try (ServedModel served = new ServedModel(loader.load(spec, bytes))) {
            AtomicBoolean running = new AtomicBoolean(true);
            ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
            for (int i = 0; i < CALLERS; i++) {
                callers.execute(() -> call(served, running, calls, failed));
            }
            for (int i = 0; i < reloads; i++) {
                long before = calls.get();
                served.swap(loader.load(spec, bytes));
                while (calls.get() < before + 20) {
                    Thread.onSpinWait();
                }
                if (i >= first) {
                    resident[i - first] = resident();
                }
            }
            running.set(false);
            callers.shutdown();
            if (!callers.awaitTermination(1, TimeUnit.MINUTES)) {
                failed.incrementAndGet();
            }
        }
        System.out.println("failed " + failed + " calls " + calls + " slope " + Math.round(slope(resident)) + " from "
                + Math.round(resident[0]) + " to " + Math.round(resident[resident.length - 1]));
    }

    private static void call(ServedModel served, AtomicBoolean running, AtomicLong calls, AtomicLong failed) {
        ModelInput input = new ModelInput.Rows(List.of(Map.of("a", 9, "b", 9), Map.of("a", 1, "b", 1)));
        while (running.get()) {
            try {
                List<Double> scores = served.predict(input).outcomes().stream()
                        .map(outcome -> outcome.output().score())
                        .toList();
                if (!scores.equals(List.of(120.0, 3.0))) {
                    failed.incrementAndGet();
                }
            } catch (RuntimeException e) {
                failed.incrementAndGet();
            }
            calls.incrementAndGet();
        }
    }

    private static double resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    /** Theil and Sen's: the median of the slopes of all pairs. */
    static double slope(double[] values) {
        double[] slopes = new double[values.length * (values.length - 1) / 2];
        int next = 0;
        for (int i = 0; i < values.length; i++) {
            for (int j = i + 1; j < values.length; j++) {
                slopes[next++] = (values[j] - values[i]) / (j - i);
            }
        }
        Arrays.sort(slopes);
        return slopes[slopes.length / 2];
    }
}
