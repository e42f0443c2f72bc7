package io.github.camelaiflow.it.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.it.campaign.Campaign.Act;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A campaign that was broken off goes on without a line too many or too few. */
final class CampaignTest {

    private static final List<Act> ACTS =
            List.of(act(1, Fault.KILL_APP, Fault.ZOMBIE), act(2, Fault.KILL_APP, Fault.ZOMBIE), act(3, Fault.POISON));

    @TempDir
    private Path folder;

    private static Act act(long seed, Fault... faults) {
        return new Act(
                new Setup(Mode.EXACTLY_ONCE, 1, 1, Setup.Model.FILE, Setup.Store.NONE, seed, 400), List.of(faults));
    }

    private static String line(long seed, Fault fault) {
        return new FaultLine(
                        seed, 0, fault.text(), "exactly-once", 1, "", 0, 0, 0, 0, 400, 400, 0, 0, 0, 0, 0, 0, 0, 0, "")
                .json();
    }

    private Path report(String... lines) throws IOException {
        return Files.write(folder.resolve("report.jsonl"), List.of(lines));
    }

    private List<Integer> resume(Path report) throws IOException {
        return new Campaign(folder, report, InstantSource.system()).resume(ACTS);
    }

    @Test
    void aSceneThatIsNotWholeIsPlayedAnewWithoutItsLines() throws IOException {
        Path report =
                report(line(2, Fault.KILL_APP), line(1, Fault.KILL_APP), line(1, Fault.ZOMBIE), line(77, Fault.POISON));

        assertThat(resume(report)).containsExactly(1, 2);
        assertThat(report)
                .hasContent(String.join("\n", line(1, Fault.KILL_APP), line(1, Fault.ZOMBIE), line(77, Fault.POISON)));
    }

    @Test
    void aSceneThatWasToldTwiceInPartIsPlayedAnew() throws IOException {
        Path report = report(line(1, Fault.KILL_APP), line(1, Fault.KILL_APP), line(3, Fault.POISON));

        assertThat(resume(report)).containsExactly(0, 1);
        assertThat(report).hasContent(line(3, Fault.POISON));
    }

    @Test
    void whatIsWholeIsNotPlayedAgain() throws IOException {
        Path report = report(
                line(1, Fault.KILL_APP),
                line(2, Fault.KILL_APP),
                line(3, Fault.POISON),
                line(1, Fault.ZOMBIE),
                line(2, Fault.ZOMBIE));

        assertThat(resume(report)).isEmpty();
        assertThat(new Campaign(folder, report, InstantSource.system()).play(ACTS, 1))
                .hasSize(5);
    }

    @Test
    void aLineThatWasBrokenOffIsNone() throws IOException {
        Path report = report(line(3, Fault.POISON));
        Files.writeString(report, Files.readString(report) + "{\"seed\":1,\"numb");

        assertThat(resume(report)).containsExactly(0, 1);
        assertThat(report).hasContent(line(3, Fault.POISON));
    }

    @Test
    void differingIdsAreAddedToNoneWhereNoneAreCompared() {
        FaultLine uncompared = new FaultLine(
                1, 0, "labels-kill-app", "exactly-once", 1, "", 0, 0, 0, 0, 4, 4, 0, 0, 0, 0, 0, 0, -1, 0, "");

        assertThat(uncompared.differingBy(1).different()).isEqualTo(1);
        assertThat(uncompared.differingBy(2).differingBy(1).different()).isEqualTo(3);
    }
}
