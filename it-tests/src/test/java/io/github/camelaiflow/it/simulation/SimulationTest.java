package io.github.camelaiflow.it.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.camelaiflow.delivery.DeliveryMode;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nothing lost, nothing doubled, and all comes to rest, for as many seeds as there is time for:
 * {@code -Daiflow.simulation.runs=20000} a mode, {@code -Daiflow.simulation.from=1} the first seed.
 * {@code -Daiflow.simulation.seed=17} repeats one run and prints all its steps.
 */
class SimulationTest extends QuietWorkers {

    private static final int RUNS = Integer.getInteger("aiflow.simulation.runs", 1_000);
    private static final long FROM = Long.getLong("aiflow.simulation.from", 1);
    private static final Long SEED = Long.getLong("aiflow.simulation.seed");

    @ParameterizedTest
    @EnumSource
    void everyRecordHasItsOutcomeWhateverFails(DeliveryMode mode) {
        if (SEED != null) {
            check(SEED, mode, Simulation.run(SEED, mode, Wrong.NOT, true));
            return;
        }
        Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
        long begun = System.nanoTime();
        long virtual = 0;
        int doubles = 0;
        for (long seed = FROM; seed < FROM + RUNS; seed++) {
            Simulation.Result result = Simulation.run(seed, mode, Wrong.NOT, false);
            check(seed, mode, result);
            result.faults().forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
            virtual += result.virtualMillis();
            doubles += result.doubles();
        }
        double minutes = (System.nanoTime() - begun) / 6e10;
        System.out.printf(
                "Simulation %s: %d runs, %.0f a minute, %d virtual hours, %d copies, faults %s%n",
                mode, RUNS, RUNS / minutes, virtual / 3_600_000, doubles, faults);
        if (RUNS >= 300) {
            assertThat(faults).containsKeys(Fault.values());
        }
    }

    private static void check(long seed, DeliveryMode mode, Simulation.Result result) {
        if (result.violation() != null) {
            fail(
                    "%s, seed %d: %s. Faults: %s. -Daiflow.simulation.seed=%d repeats it",
                    mode, seed, result.violation(), result.faults(), seed);
        }
    }

    @Test
    void aSeedIsARun() {
        for (DeliveryMode mode : DeliveryMode.values()) {
            for (long seed = 1; seed <= 30; seed++) {
                assertThat(Simulation.run(seed, mode, Wrong.NOT, false))
                        .isEqualTo(Simulation.run(seed, mode, Wrong.NOT, false));
            }
        }
        assertThat(Stream.iterate(1L, seed -> seed + 1).limit(30).map(seed -> Simulation.run(
                                seed, DeliveryMode.EXACTLY_ONCE, Wrong.NOT, false)
                        .trace()))
                .doesNotHaveDuplicates();
    }
}
