package io.github.camelaiflow.it.campaign;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.it.campaign.Campaign.Act;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes, real faults: what the three modes promise holds, and what plain Camel loses under the same faults is lost. Lines are in
 * {@code target/campaign}. With {@code -Pcampaign} there are {@code campaign.faults} faults, 1,000 by default.
 */
@Tag("promise")
final class FaultCampaignIT {

    private static final int FAULTS = Integer.getInteger("campaign.faults", 0);
    private static final long SEED = Long.getLong("campaign.seed", 6);
    private static final int THREADS = 2;
    private static final Pattern ENDED = Pattern.compile("ended in (\\d+) ms");
    /** What is told of times needs the machine for itself. */
    private static final int LANES = FAULTS == 0 ? 2 : 1;
    /** For the JVM, in ms. */
    private static final int SHUTDOWN_MARGIN = LANES == 1 ? 5_000 : 15_000;

    @Test
    void whatIsPromisedHoldsUnderEveryFault(@TempDir Path folder) throws IOException {
        Path report = Path.of("target", "campaign", FAULTS == 0 ? "brief.jsonl" : "thorough.jsonl");
        if (FAULTS == 0) {
            Files.deleteIfExists(report); // a long one is taken up where it was broken off
        }
        List<Act> acts = FAULTS == 0 ? Program.brief(SEED) : Program.thorough(SEED, FAULTS);

        List<FaultLine> lines = new Campaign(folder, report, InstantSource.system()).play(acts, LANES);

        List<FaultLine> ours =
                lines.stream().filter(line -> mode(line).isOurs()).toList();
        assertThat(ours).hasSizeGreaterThanOrEqualTo(20);
        assertThat(ours).allSatisfy(FaultCampaignIT::holds);
        assertThat(of(Fault.MODEL_SWAPPED, ours))
                .as("both versions answered")
                .allSatisfy(line -> assertThat(line.note()).contains("v1 primary=", "v2 primary="));
        assertThat(of(Fault.MODEL_SERVER_HANGS, ours)).as("rules stood in").allSatisfy(line -> assertThat(line.note())
                .contains("rules fallback="));
        if (FAULTS == 0) {
            assertThat(of(Fault.MODEL_SWAPPED, ours)).isNotEmpty();
            assertThat(of(Fault.MODEL_SERVER_HANGS, ours)).isNotEmpty();
            assertThat(of(Fault.TERM, ours)).isNotEmpty();
        }
        Map<String, Integer> lost = lines.stream()
                .filter(line -> mode(line).isSureToLose())
                .collect(groupingBy(FaultLine::mode, summingInt(FaultLine::lost)));
        assertThat(lost)
                .as("lost by the negative control")
                .isNotEmpty()
                .allSatisfy((mode, records) -> assertThat(records).as(mode).isPositive());
        assertThat(FAULTS > 0 ? Promise.broken(acts, ours) : Promise.untimed(acts, ours))
                .isEmpty();
    }

    private static List<FaultLine> of(Fault fault, List<FaultLine> lines) {
        return lines.stream().filter(line -> line.fault().equals(fault.text())).toList();
    }

    private static Mode mode(FaultLine line) {
        return Mode.valueOf(line.mode().toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static void holds(FaultLine line) {
        assertThat(List.of(line.lost(), line.pending(), line.phantom(), line.disordered()))
                .as("lost, pending, phantom, out of order after %s", line)
                .containsOnly(0);
        assertThat(line.different()).as("other answers after %s", line).isLessThanOrEqualTo(0);
        if (mode(line).isOnce()) {
            assertThat(line.doubled()).as("doubled after %s", line).isZero();
        } else if (line.fault().equals(Fault.KILL_APP.text())) {
            assertThat(line.doubled())
                    .as("doubled after %s", line)
                    .isLessThanOrEqualTo(Mode.MAX_POLL_RECORDS * THREADS);
        }
        if (line.fault().equals(Fault.TERM.text())) {
            endsInOrder(line);
        }
        if (mode(line).hasDerivedIds()) {
            assertThat(line.doubledAfterSink())
                    .as("doubled after the sink: %s", line)
                    .isZero();
        }
    }

    /** Within the shutdown's timeout, and with all committed that was visible. */
    private static void endsInOrder(FaultLine line) {
        Matcher took = ENDED.matcher(line.note());
        assertThat(took.find()).as("ended in order: %s", line).isTrue();
        assertThat(Long.parseLong(took.group(1)))
                .as("ms until it ended: %s", line)
                .isLessThanOrEqualTo(Mode.SHUTDOWN_TIMEOUT * 1_000 + SHUTDOWN_MARGIN);
        if (mode(line) == Mode.AT_LEAST_ONCE) {
            assertThat(line.doubled()).as("doubled after %s", line).isZero();
        }
    }
}
