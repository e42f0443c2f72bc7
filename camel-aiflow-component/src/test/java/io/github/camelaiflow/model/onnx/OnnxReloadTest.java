package io.github.camelaiflow.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Reloads under load, 50 unless {@code -Daiflow.onnx.reloads=500}: no call fails, and resident memory doesn't grow. */
class OnnxReloadTest {

    private static final int RELOADS = Integer.getInteger("aiflow.onnx.reloads", 50);

    /** Bytes a reload; of 50 only what a leak of sessions would be, since the JVM itself still warms up. */
    private static final long LARGEST_SLOPE = RELOADS >= 500 ? 20 << 10 : 400 << 10;

    @Test
    void reloadsLoseNoCallAndNoMemory() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/status")), "resident memory is read from /proc");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms128m",
                        "-Xmx128m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OnnxReloads.class.getName(),
                        String.valueOf(RELOADS),
                        String.valueOf(RELOADS >= 500 ? 50 : RELOADS / 2))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        Matcher matcher =
                Pattern.compile("failed (\\d+) calls (\\d+) slope (-?\\d+)").matcher(said);
        assertThat(matcher.find()).as(said).isTrue();
        assertThat(matcher.group(1)).as(said).isEqualTo("0");
        assertThat(Long.parseLong(matcher.group(2))).as(said).isGreaterThan(20L * RELOADS);
        assertThat(Long.parseLong(matcher.group(3))).as(said).isLessThanOrEqualTo(LARGEST_SLOPE);
    }

    @Test
    void theSlopeIsTheMedianOfThePairs() {
        assertThat(OnnxReloads.slope(new double[] {1, 3, 5, 7, 1000})).isEqualTo(2);
    }
}
