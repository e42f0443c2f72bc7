package io.github.camelaiflow.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

/** The age by which labels have come, learnt while the late ones are still missing. */
class ReportingDelayTest {

    private static final long HOUR = 3600;

    @Test
    void lateOnesThatAreStillMissingAreMadeUpFor() {
        // Half come at once, half after 0 to 40 hours; three days on, 1 of 9 is missing, of the late ones.
        List<long[]> feed = new ArrayList<>();
        UniformRandomProvider random = SeededRandom.stream(1);
        for (int i = 0; i < 20_000; i++) {
            long happened = (long) (random.nextDouble() * 72 * HOUR);
            long known = happened + (random.nextBoolean() ? 0 : (long) (random.nextDouble() * 40 * HOUR));
            if (known <= 72 * HOUR) {
                feed.add(new long[] {happened, known});
            }
        }
        feed.sort(Comparator.comparingLong(one -> one[1]));
        ReportingDelay delay = new ReportingDelay();
        feed.forEach(one -> delay.add(one[0], one[1]));
        double hours = delay.age(0.9, 72 * HOUR).toSeconds() / 3600.0;
        // 0.9 of all is 0.8 of the late ones: 32 hours, up to a step of a half.
        assertThat(hours).isBetween(32.0, 32 * 1.5);
        assertThat(delay.age(0.4, 72 * HOUR)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aConstantDelayIsFound() {
        ReportingDelay delay = new ReportingDelay();
        for (int i = 0; i < 5000; i++) {
            delay.add(i * 60L, i * 60L + HOUR);
        }
        assertThat(delay.age(0.95, 5000 * 60L).toSeconds()).isBetween(HOUR, HOUR * 3 / 2);
        assertThat(delay.count()).isEqualTo(5000);
    }

    @Test
    void clocksThatGoBackAndLabelsBeforePredictionsAreTaken() {
        ReportingDelay delay = new ReportingDelay();
        delay.add(1000, 900);
        delay.add(10, 20);
        assertThat(delay.age(0.5, 1000)).isPositive();
    }
}
