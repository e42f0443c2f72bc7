package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.feedback.quality.QualityStatus;
import io.github.camelaiflow.store.MemoryStore;
import io.github.camelaiflow.store.Store;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Verdicts are told once, whichever node finds them, and whatever a node that reads all labels again finds on its way. */
class VerdictsTest {

    private final Store store = new MemoryStore(() -> Instant.EPOCH);

    private Verdicts node() {
        return new Verdicts(store, "claims", "rule");
    }

    private static boolean told(Verdicts node, String version, QualityStatus status) {
        return node.news(version, status) && node.tell(version, status);
    }

    @Test
    void tooLittleDataAndNoVersionAreNoVerdicts() {
        assertThat(told(node(), "v1", QualityStatus.INSUFFICIENT_DATA)).isFalse();
        assertThat(told(node(), null, QualityStatus.NONE)).isFalse();
    }

    @Test
    void oneNodeTellsAndOthersDoNot() {
        Verdicts one = node();
        Verdicts other = node();
        assertThat(told(one, "v1", QualityStatus.NONE)).isTrue();
        assertThat(told(one, "v1", QualityStatus.NONE)).isFalse();
        assertThat(told(other, "v1", QualityStatus.NONE)).isFalse();
        assertThat(told(other, "v1", QualityStatus.HARM)).isTrue();
        assertThat(told(one, "v1", QualityStatus.HARM)).isFalse();
    }

    @Test
    void theQuickerOfTwoTells() {
        Verdicts one = node();
        Verdicts other = node();
        assertThat(one.news("v1", QualityStatus.HARM)).isTrue();
        assertThat(other.news("v1", QualityStatus.HARM)).isTrue();
        assertThat(other.tell("v1", QualityStatus.HARM)).isTrue();
        assertThat(one.tell("v1", QualityStatus.HARM)).isFalse();
    }

    @Test
    void whileTheFeedIsReadAgainNothingIsToldAgain() {
        assertThat(told(node(), "v1", QualityStatus.HARM)).isTrue();
        Verdicts restarted = node();
        assertThat(told(restarted, "v1", QualityStatus.NONE)).isFalse();
        assertThat(told(restarted, "v1", QualityStatus.HARM)).isFalse();
    }

    @Test
    void aNodeThatIsSlowToFindHarmDoesNotTellItAgain() {
        Verdicts quick = node();
        Verdicts slow = node();
        assertThat(told(quick, "v2", QualityStatus.HARM)).isTrue();
        assertThat(told(quick, "v1", QualityStatus.NONE)).isTrue();
        assertThat(told(slow, "v2", QualityStatus.HARM)).isFalse();
    }

    @Test
    void goingBackToAVersionIsTold() {
        Verdicts node = node();
        assertThat(told(node, "v1", QualityStatus.NONE)).isTrue();
        assertThat(told(node, "v2", QualityStatus.HARM)).isTrue();
        assertThat(told(node, "v1", QualityStatus.NONE)).isTrue();
        assertThat(told(node(), "v1", QualityStatus.NONE)).isFalse();
        assertThat(told(node(), "v2", QualityStatus.HARM)).isFalse();
    }

    @Test
    void byAnotherRuleItIsAnotherVerdict() {
        assertThat(told(node(), "v1", QualityStatus.HARM)).isTrue();
        assertThat(told(new Verdicts(store, "claims", "another"), "v1", QualityStatus.NONE))
                .isTrue();
    }
}
