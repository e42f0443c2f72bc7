package io.github.camelaiflow.it.simulation;

import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A simulation that finds nothing proves nothing, unless it finds what is there: each wrong worker is caught by one of a few seeds. */
class SimulationTeethTest extends QuietWorkers {

    private static final int SEEDS = 500;

    @ParameterizedTest
    @EnumSource
    void aWrongWorkerIsCaught(Mutation mutation) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            String violation =
                    Simulation.run(seed, mutation.mode, mutation, false).violation();
            if (violation != null) {
                System.out.printf("Simulation: %s is caught by seed %d: %s%n", mutation, seed, violation);
                return;
            }
        }
        fail(mutation + " is not caught by any of " + SEEDS + " seeds");
    }
}
