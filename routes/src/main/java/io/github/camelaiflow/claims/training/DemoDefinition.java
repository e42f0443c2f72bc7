package io.github.camelaiflow.claims.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the definition the demo runs by: the case's own, with the bad model on trial. Run by the build, so that there is one
 * definition to be kept.
 */
public final class DemoDefinition {

    private static final String ROLLOUT = """
            # latency: wide, as the first seconds of a JVM are slow for everyone
            rollout:
              serve: v1
              canary: {model: v3, steps: [10%, 25%, 50%], stepTime: 2s, horizon: 1m}
              guardrails: {errors: {}, invalid: {}, latency: {margin: 4}, quality: {margin: 0.05}}
            """;

    private DemoDefinition() {}

    /**
     * Writes {@code aiflow-demo/claims.yaml} from {@code aiflow/claims.yaml}.
     *
     * @param arguments the directory both are in
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        String shipped = Files.readString(directory.resolve("aiflow/claims.yaml"));
        Files.createDirectories(directory.resolve("aiflow-demo"));
        Files.writeString(directory.resolve("aiflow-demo/claims.yaml"), of(shipped));
    }

    /** @throws IllegalStateException if the definition no longer has what is replaced */
    static String of(String shipped) {
        String models = replace(
                shipped,
                "  v1: {model: models/claims-v1.tribuo}",
                "  v3: {model: \"classpath:aiflow/models/claims-v3.onnx\"}   # exported without its scaling\n"
                        + "  v1: {model: \"classpath:aiflow/models/claims-v1.tribuo\"}");
        String reference = replace(
                models, "reference: reference/claims.csv", "reference: \"classpath:aiflow/reference/claims.csv\"");
        return replace(reference, "rollout: {serve: v1}\n", ROLLOUT);
    }

    private static String replace(String text, String old, String other) {
        int at = text.indexOf(old);
        if (at < 0 || text.indexOf(old, at + 1) >= 0) {
            throw new IllegalStateException("the definition must have once: " + old);
        }
        return text.replace(old, other);
    }
}
