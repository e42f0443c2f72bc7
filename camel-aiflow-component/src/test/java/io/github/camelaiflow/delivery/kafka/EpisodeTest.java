package io.github.camelaiflow.delivery.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.delivery.CommitException;
import io.github.camelaiflow.delivery.OutcomesException;
import org.junit.jupiter.api.Test;

class EpisodeTest {

    @Test
    void whatWeSaySaysWhatToMendAndWhatOthersSayMayQuoteARecord() {
        String told = Episode.chain(CommitException.none(
                "was the topic made anew?", new IllegalStateException("4711", new OutcomesException("one a record"))));

        assertThat(told)
                .contains("CommitException: was the topic made anew?")
                .contains("IllegalStateException at ")
                .contains("OutcomesException: one a record")
                .doesNotContain("4711");
    }
}
