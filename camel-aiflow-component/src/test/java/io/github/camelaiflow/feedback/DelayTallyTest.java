package io.github.camelaiflow.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.camelaiflow.feedback.outcome.LabelDelays;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DelayTallyTest {

    private static final Duration LIMIT = Duration.ofDays(30);
    private static final double LABELLED = 0.6;
    private static final double MEAN_DAYS = 4;

    private final Random random = new Random(3);

    /** Predictions over so many days until now; 60 % get a label, after 4 days on average. */
    private LabelDelays simulated(int predictions, double days) {
        DelayTally tally = new DelayTally(LIMIT);
        TreeMap<Long, Long> tracked = new TreeMap<>();
        Instant now = Nodes.START.plusMillis(millis(days));
        for (int i = 0; i < predictions; i++) {
            Instant time = Nodes.START.plusMillis(millis(days * random.nextDouble()));
            tracked.merge(tally.cohort(time), 1L, Long::sum);
            Duration delay = Duration.ofMillis(millis(-MEAN_DAYS * Math.log(1 - random.nextDouble())));
            boolean come = random.nextDouble() < LABELLED && !time.plus(delay).isAfter(now);
            if (come && delay.compareTo(LIMIT) <= 0) {
                tally.add(new Pair("v1", null, false, time, delay));
            }
        }
        return tally.delays(tracked, now);
    }

    private static long millis(double days) {
        return Math.round(days * 86_400_000);
    }

    private static double truth(Duration age) {
        return LABELLED * (1 - Math.exp(-age.toMillis() / 86_400_000.0 / MEAN_DAYS));
    }

    @Test
    void theShareLabelledByAgeIsFoundThoughManyStillWait() {
        LabelDelays delays = simulated(50_000, 40);
        assertThat(delays.horizon()).isEqualTo(LIMIT);
        for (int k = 0; k < 12; k++) {
            Duration age = Duration.ofMillis(Math.round(LIMIT.toMillis() * Math.pow(2, -k / 2.0)));
            assertThat(delays.labelled(age).orElseThrow()).isEqualTo(truth(age), within(0.015));
            assertThat(delays.come(age).orElseThrow()).isEqualTo(truth(age) / truth(LIMIT), within(0.02));
        }
        assertThat(delays.matured(0.95).orElseThrow()).isBetween(Duration.ofDays(12), Duration.ofDays(18));
    }

    @Test
    void nothingIsSaidBeyondWhatWasWatched() {
        LabelDelays delays = simulated(20_000, 5);
        assertThat(delays.horizon()).isBetween(Duration.ofDays(3), Duration.ofDays(5));
        assertThat(delays.labelled(delays.horizon()).orElseThrow()).isEqualTo(truth(delays.horizon()), within(0.05));
        assertThat(delays.labelled(Duration.ofDays(6))).isEmpty();
        assertThat(delays.come(Duration.ofDays(6))).isEmpty();
    }

    @Test
    void tooFewSayNothing() {
        LabelDelays delays = simulated(99, 60);
        assertThat(delays).isEqualTo(LabelDelays.UNKNOWN);
        assertThat(delays.horizon()).isZero();
        assertThat(delays.labelled(Duration.ZERO)).isEmpty();
        assertThat(delays.matured(0.5)).isEmpty();
        assertThatThrownBy(() -> delays.matured(0)).hasMessageContaining("above 0");
    }

    @Test
    void withoutLabelsNothingMatures() {
        DelayTally tally = new DelayTally(LIMIT);
        TreeMap<Long, Long> tracked = new TreeMap<>();
        tracked.put(tally.cohort(Nodes.START), 500L);
        LabelDelays delays = tally.delays(tracked, Nodes.START.plus(LIMIT));
        assertThat(delays.labelled(Duration.ofDays(1))).hasValue(0);
        assertThat(delays.come(Duration.ofDays(1))).isEmpty();
        assertThat(delays.matured(0.5)).isEmpty();
    }

    @Test
    void nodesKnowTheSameAfterARestartToo() {
        Nodes nodes = new Nodes();
        Nodes.Node one = nodes.node();
        Nodes.Node other = nodes.node();
        for (int i = 0; i < 400; i++) {
            (i % 2 == 0 ? one : other).feedback.predicted(nodes.predicted("p" + i, "yes"));
        }
        one.feedback.tick();
        other.feedback.tick();
        for (int i = 0; i < 300; i++) {
            nodes.pass(Duration.ofMinutes(10));
            one.labelled(Label.of("p" + i, "yes"));
        }
        nodes.pass(Duration.ofDays(20));
        one.counts();
        other.counts();
        LabelDelays delays = one.feedback.delays();
        assertThat(delays.labelled(Duration.ofDays(15)).orElseThrow()).isEqualTo(0.75, within(1e-9));
        assertThat(delays.come(Duration.ofHours(25)).orElseThrow()).isBetween(0.3, 0.51);
        assertThat(other.feedback.delays()).isEqualTo(delays);
        Nodes.Node again = nodes.node();
        again.counts();
        assertThat(again.feedback.delays()).isEqualTo(delays);
    }
}
