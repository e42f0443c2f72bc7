package io.github.camelaiflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.store.StoreException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class ShownFailureTest {

    private static final Throwable FAILURE = CommitException.none(
            "was the topic made anew?", new IllegalStateException("4711", new OutcomesException("one a record")));

    private static String stack(Throwable failure) {
        StringWriter text = new StringWriter();
        ShownFailure.of(failure).printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    @Test
    void whatWeSaySaysWhatToMendAndWhatOthersSayMayQuoteARecord() {
        assertThat(ShownFailure.line(FAILURE))
                .contains("CommitException: was the topic made anew?")
                .contains("IllegalStateException at ")
                .contains("OutcomesException: one a record")
                .doesNotContain("4711");
    }

    @Test
    void soItIsWithItsStack() {
        assertThat(stack(FAILURE))
                .contains("CommitException: was the topic made anew?")
                .contains("Caused by: java.lang.IllegalStateException")
                .contains("Caused by: io.github.camelaiflow.delivery.OutcomesException: one a record")
                .contains("at io.github.camelaiflow.delivery.ShownFailureTest.<clinit>")
                .doesNotContain("4711");
    }

    @Test
    void whatIsSuppressedOrInACircleIsNoExcuse() {
        RuntimeException outer = new IllegalStateException("4711");
        RuntimeException inner = new IllegalArgumentException("4711", outer);
        outer.initCause(inner);
        outer.addSuppressed(new IllegalStateException("4711"));
        assertThat(stack(outer)).contains("IllegalArgumentException").doesNotContain("4711");
        assertThat(ShownFailure.line(outer)).doesNotContain("4711");
    }

    @Test
    void aStoreKeepsOnlyCausesThatNameNoContent() {
        assertThat(stack(new StoreException("away", new SQLException("connection refused"))))
                .contains("SQLException: connection refused");
    }
}
