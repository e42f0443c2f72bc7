package io.github.camelaiflow.it.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.it.campaign.Feed.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the campaign looks for, it finds. */
final class AccountTest {

    private final List<Entry> sent = IntStream.range(0, 10)
            .mapToObj(i -> new Entry("k" + i, new byte[0], i % 2))
            .toList();
    private final List<Outcome> all = new ArrayList<>(
            IntStream.range(0, 10).mapToObj(AccountTest::outcome).toList());
    private final Map<String, Set<String>> twin = Account.answers(List.copyOf(all));

    private static Outcome outcome(int i) {
        return new Outcome("k" + i, i != 9, "says " + i, "v1 primary", "id" + i, 0, i, i);
    }

    @Test
    void allIsWell() {
        assertThat(Account.isComplete(sent, all)).isTrue();
        assertThat(Account.of(sent, all, twin)).isEqualTo(new Account(10, 9, 1, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void anOutcomeThatIsMissingIsMissed() {
        all.remove(4);

        assertThat(Account.isComplete(sent, all)).isFalse();
        assertThat(Account.of(sent, all, twin)).isEqualTo(new Account(10, 8, 1, 1, 0, 0, 0, 0, 0));
    }

    @Test
    void aCopyIsDoubledAndIsNoLongerAfterASinkThatKnowsItsId() {
        all.add(outcome(3));

        assertThat(Account.of(sent, all, twin)).isEqualTo(new Account(10, 10, 1, 0, 1, 0, 0, 0, 0));
    }

    @Test
    void aCopyWithAnIdOfItsOwnIsDoubledAfterTheSinkToo() {
        all.add(new Outcome("k3", true, "says 3", "v1 primary", "another", 0, 10, 10));

        assertThat(Account.of(sent, all, twin)).isEqualTo(new Account(10, 10, 1, 0, 1, 1, 0, 0, 0));
    }

    @Test
    void whatWasSentTwiceHasTwoOutcomes() {
        List<Entry> doubled = new ArrayList<>(sent);
        doubled.add(sent.get(3));

        assertThat(Account.of(doubled, all, twin).missing()).isEqualTo(1);
        all.add(new Outcome("k3", true, "says 3", "v1 primary", "another", 0, 10, 10));
        assertThat(Account.of(doubled, all, twin)).isEqualTo(new Account(11, 10, 1, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void anOutcomeOfNothingIsAPhantom() {
        all.add(outcome(77));

        assertThat(Account.of(sent, all, twin).phantom()).isEqualTo(1);
    }

    @Test
    void anAnswerThatIsNotTheTwinsIsDifferent() {
        all.set(5, new Outcome("k5", true, "says something else", "v1 primary", "id5", 0, 5, 5));

        assertThat(Account.of(sent, all, twin).different()).isEqualTo(1);
    }

    @Test
    void anOutcomeBeforeThatOfAnEarlierRecordOfItsPartitionIsOutOfOrder() {
        all.set(2, outcome(4));
        all.set(4, outcome(2));
        assertThat(Account.of(sent, all, twin).disordered()).isEqualTo(1);

        all.set(2, outcome(3));
        all.set(3, outcome(2));
        all.set(4, outcome(4));
        assertThat(Account.of(sent, all, twin).disordered())
                .as("another partition")
                .isZero();
    }
}
