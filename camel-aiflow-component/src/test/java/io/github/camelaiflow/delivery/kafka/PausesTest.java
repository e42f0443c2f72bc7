package io.github.camelaiflow.delivery.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PausesTest {

    /** A consumer refuses to poll for less than no time. */
    @Test
    void ofAPauseThatHasEndedNothingIsLeft() {
        FakeKafka time = new FakeKafka();
        Pauses pauses = new Pauses(time, Duration.ofSeconds(1), new SplittableRandom(7));
        pauses.begin(Duration.ofMillis(100));

        assertThat(pauses.left()).isEqualTo(Duration.ofMillis(100));
        time.sleep(Duration.ofMillis(101));
        assertThat(pauses.isOver()).isTrue();
        assertThat(pauses.left()).isZero();
    }
}
