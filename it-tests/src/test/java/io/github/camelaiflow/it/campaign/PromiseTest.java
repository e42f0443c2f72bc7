package io.github.camelaiflow.it.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.it.campaign.Campaign.Act;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A promised time is neither held without one, nor by the others alone. */
final class PromiseTest {

    private static final List<Act> ACTS = List.of(new Act(
            new Setup(Mode.EXACTLY_ONCE, 1, 1, Setup.Model.FILE, Setup.Store.NONE, 1, 400),
            Collections.nCopies(3, Fault.KILL_APP)));

    private static List<FaultLine> kills(long... readyMs) {
        return LongStream.of(readyMs).mapToObj(ms -> line(Fault.KILL_APP, ms)).toList();
    }

    static FaultLine line(Fault fault, long readyMs) {
        return new FaultLine(
                1, 0, fault.text(), "exactly-once", 1, "", 0, 0, 0, readyMs, 400, 400, 0, 0, 0, 0, 0, 0, 0, 0, "");
    }

    @Test
    void heldIfEachHasATimeWithinIt() {
        assertThat(Promise.broken(ACTS, kills(1_900, 10, 5_000))).isEmpty();
    }

    @Test
    void notHeldWithoutATime() {
        assertThat(Promise.broken(ACTS, kills(10, -1, 10)))
                .singleElement()
                .asString()
                .contains("2 times of 3 faults");
        assertThat(Promise.broken(ACTS, List.of())).singleElement().asString().contains("0 times of 3");
        assertThat(Promise.RESTART.row(kills(10, -1, 10))).contains("| 2 of 3 |");
    }

    @Test
    void notHeldByTheWorstOrByHalf() {
        assertThat(Promise.broken(ACTS, kills(10, 5_001, 10))).hasSize(1);
        assertThat(Promise.broken(ACTS, kills(10, 2_001, 2_001))).hasSize(1);
    }
}
