package io.github.camelaiflow.model.probe;

import io.github.camelaiflow.data.Sha256;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelFormat;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.files.ModelTrial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads a model file in a JVM of its own first, where a crash of a native parser, endless work or too much memory ends
 * nothing else. The probe is started with this JVM's {@code java}, gets the file over its standard input and has no more
 * heap than 256 MiB and 8 times the file's length; native memory is not bounded. What one file passed with, it is not
 * tried with again while this object lives. Thread-safe.
 */
public final class ModelProbe {

    /** 30 seconds. */
    public static final Duration DEFAULT_TIME = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(ModelProbe.class);
    private static final long BASE_HEAP = 256L << 20;
    private static final int HEAP_PER_BYTE = 8;
    private static final int REMEMBERED = 256;
    private static final byte[] TRADITIONAL_OPERATORS = "ai.onnx.ml".getBytes(StandardCharsets.US_ASCII);

    private final Duration time;
    private final String mainClass;
    private final AtomicInteger started = new AtomicInteger();
    private final Set<String> passed = Collections.newSetFromMap(Collections.synchronizedMap(new Newest()));

    /** Keeps the newest only. */
    private static final class Newest extends LinkedHashMap<String, Boolean> {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }

    /** A probe that may take {@link #DEFAULT_TIME}. */
    public ModelProbe() {
        this(DEFAULT_TIME);
    }

    /** @param time how long one trial may take, the start of its JVM included */
    public ModelProbe(Duration time) {
        this(time, ProbeMain.class.getName());
    }

    ModelProbe(Duration time, String mainClass) {
        this.time = Objects.requireNonNull(time, "time");
        this.mainClass = mainClass;
    }

    /**
     * The trial of one model.
     *
     * @param wanted whether the definition wants it tried; {@code null} to try what is known to crash: ONNX files with
     *     operators of {@code ai.onnx.ml} that no digest vouches for
     * @return it asks the model with the rows it gets, whose answers are not judged. It throws a ModelException, not retryable, if the file is refused, crashed or timed out; or if it is wanted
     *     and can't be made, since this JVM has no {@code java} or its classes are in no files. An unasked-for trial that
     *     can't be made is left out with a warning.
     */
    public ModelTrial trial(Boolean wanted) {
        return (spec, format, sha256, bytes, rows) -> {
            if (wanted == null ? crashes(spec, format, bytes) : wanted) {
                run(spec, sha256, bytes, List.copyOf(rows), wanted != null);
            }
        };
    }

    /** How many JVMs have been started. */
    int started() {
        return started.get();
    }

    private static boolean crashes(ModelSpec spec, ModelFormat format, byte[] bytes) {
        return format == ModelFormat.ONNX && spec.sha256() == null && hasTraditionalOperators(bytes);
    }

    /** Whether a node names them; that a file imports them, which many do without need, is a field 1 of length 10. */
    private static boolean hasTraditionalOperators(byte[] bytes) {
        int length = TRADITIONAL_OPERATORS.length;
        for (int from = 2; from <= bytes.length - length; from++) {
            boolean imported = bytes[from - 2] == 0x0A && bytes[from - 1] == length;
            if (!imported && Arrays.equals(bytes, from, from + length, TRADITIONAL_OPERATORS, 0, length)) {
                return true;
            }
        }
        return false;
    }

    private void run(ModelSpec spec, String sha256, byte[] bytes, List<Map<String, Object>> rows, boolean wanted) {
        byte[] header = new ProbeRequest(spec, rows, time.toMillis()).header();
        String key = sha256 + Sha256.of(header);
        if (passed.contains(key)) {
            return;
        }
        Optional<List<String>> command =
                ProbeProcess.command(mainClass, BASE_HEAP + HEAP_PER_BYTE * (long) bytes.length);
        if (command.isEmpty()) {
            leaveOut(spec, wanted);
            return;
        }
        ProbeProcess.Result result = run(spec, command.get(), header, bytes);
        if (result.answer() == null) {
            throw new ModelException(
                    false, spec.place() + " can't be used: it crashed the JVM that tried it (" + result.end() + ")");
        }
        if (result.answer().refusal() != null) {
            throw new ModelException(false, result.answer().refusal());
        }
        passed.add(key);
    }

    private ProbeProcess.Result run(ModelSpec spec, List<String> command, byte[] header, byte[] bytes) {
        started.incrementAndGet();
        try {
            return ProbeProcess.run(command, header, bytes, time);
        } catch (IOException e) {
            throw new ModelException(true, spec.place() + " must be tried in a JVM of its own, which did not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelException(true, spec.place() + " was being tried when it was interrupted", e);
        }
    }

    private static void leaveOut(ModelSpec spec, boolean wanted) {
        String need = " needs this JVM's java and its classes in files: no native image, no jar within a jar";
        if (wanted) {
            throw new ModelException(false, spec.place() + " has probe: true, which" + need);
        }
        LOG.warn("{} is not tried in a JVM of its own, which{}", spec.place(), need);
    }
}
