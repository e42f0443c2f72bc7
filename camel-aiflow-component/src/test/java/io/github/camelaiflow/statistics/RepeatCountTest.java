package io.github.camelaiflow.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class RepeatCountTest {

    private static final int BYTES = 1 << 13;

    /** What is true of the same stream. */
    private static final class Truth {
        final Map<Long, Integer> counts = new HashMap<>();

        void add(long hash) {
            counts.merge(hash, 1, Integer::sum);
        }

        long repeats() {
            return counts.values().stream().mapToLong(times -> times - 1).sum();
        }

        long members() {
            return counts.values().stream()
                    .mapToLong(times -> times > 1 ? times : 0)
                    .sum();
        }
    }

    @Test
    void isExactAsLongAsTheHashesFitThroughMergesToo() {
        UniformRandomProvider random = SeededRandom.stream(1);
        Truth truth = new Truth();
        RepeatCount window = new RepeatCount(BYTES, 10_000);
        for (int pane = 0; pane < 16; pane++) {
            RepeatCount part = new RepeatCount(BYTES, 10_000);
            for (int i = 0; i < 100; i++) {
                long hash = SeededHashes.at(1, (long) (Math.pow(random.nextDouble(), 3) * 1000));
                truth.add(hash);
                part.add(hash);
            }
            window.merge(part);
        }
        assertThat(window.exact()).isTrue();
        assertThat(window.count()).isEqualTo(1600);
        assertThat(window.repeats()).isEqualTo(truth.repeats());
        assertThat(window.members()).isEqualTo(truth.members());
        assertThat(window.repeatsLowerBound(0.99)).isEqualTo(truth.repeats());
        assertThat(window.repeatsUpperBound(0.99)).isEqualTo(truth.repeats());
        assertThat(window.membersLowerBound(0.99)).isEqualTo(truth.members());
        assertThat(window.membersUpperBound(0.99)).isEqualTo(truth.members());
        RepeatCount copy = window.copy();
        copy.merge(copy);
        assertThat(copy.members()).isEqualTo(3200);
        assertThat(copy.repeats()).isEqualTo(3200L - truth.counts.size());
        assertThat(window.count()).isEqualTo(1600);
    }

    @Test
    void theBoundsCoverAsOftenAsStated() {
        // share of records that repeat an earlier value; 0: all are new
        for (double share : new double[] {0, 0.01, 0.3}) {
            assertCovers(share, 1, 12_000, 12_000);
            assertCovers(share, 1, 12_000, 4_000);
            assertCovers(share, 16, 12_000, 12_000);
            assertCovers(share, 2, 1_400, 4_000);
        }
    }

    /** At 95 % a true coverage of 95 % falls below 90 % in 200 trials once in 1,000 times. */
    private static void assertCovers(double share, int panes, int records, int expected) {
        int trials = 200;
        int[] covered = new int[4];
        long width = 0;
        for (int trial = 0; trial < trials; trial++) {
            UniformRandomProvider random = SeededRandom.stream(5, trial);
            RepeatCount window = new RepeatCount(BYTES, expected);
            RepeatCount part = new RepeatCount(BYTES, expected);
            Truth truth = new Truth();
            for (int i = 0; i < records; i++) {
                boolean repeat = random.nextDouble() < share && i > 0;
                long hash = SeededHashes.at(trial, repeat ? random.nextInt(i) / 4 * 4 : i);
                truth.add(hash);
                part.add(hash);
                if (panes > 1 && (i + 1) % (records / panes) == 0) {
                    window.merge(part);
                    part = new RepeatCount(BYTES, expected);
                }
            }
            window.merge(part);
            assertThat(window.count()).isEqualTo(records);
            assertThat(window.bytes()).isLessThanOrEqualTo(BYTES + 300);
            assertThat(window.repeats()).isBetween(window.repeatsLowerBound(0.95), window.repeatsUpperBound(0.95));
            assertThat(window.members()).isBetween(window.membersLowerBound(0.95), window.membersUpperBound(0.95));
            covered[0] += window.repeatsLowerBound(0.95) <= truth.repeats() ? 1 : 0;
            covered[1] += window.repeatsUpperBound(0.95) >= truth.repeats() ? 1 : 0;
            covered[2] += window.membersLowerBound(0.95) <= truth.members() ? 1 : 0;
            covered[3] += window.membersUpperBound(0.95) >= truth.members() ? 1 : 0;
            width += window.repeatsUpperBound(0.95) - window.repeatsLowerBound(0.95);
            if (panes == 1) {
                assertThat(window.merged()).isFalse();
                assertThat(window.repeats()).isBetween(truth.repeats() - 400, truth.repeats() + 400);
            }
        }
        for (int times : covered) {
            assertThat(times).as("%s, %s panes, %s", share, panes, records).isGreaterThanOrEqualTo(180);
        }
        assertThat(width / trials).as("%s, %s panes, %s", share, panes, records).isLessThan(records / 10);
    }

    @Test
    void aFilterTakesAnExactCountInEitherOrder() {
        RepeatCount filter = new RepeatCount(1 << 16, 20_000);
        RepeatCount exact = new RepeatCount(1 << 16, 20_000);
        Truth truth = new Truth();
        for (int i = 0; i < 12_000; i++) {
            filter.add(SeededHashes.at(1, i));
            truth.add(i);
        }
        for (int i = 0; i < 5_000; i++) {
            exact.add(SeededHashes.at(1, i % 2_500 + 11_000));
            truth.add(i % 2_500 + 11_000);
        }
        assertThat(filter.exact()).isFalse();
        assertThat(exact.exact()).isTrue();
        RepeatCount one = filter.copy();
        one.merge(exact);
        RepeatCount other = exact.copy();
        other.merge(filter);
        for (RepeatCount both : new RepeatCount[] {one, other}) {
            assertThat(both.merged()).isFalse();
            assertThat(both.count()).isEqualTo(17_000);
            assertThat(both.repeatsLowerBound(0.999)).isBetween(truth.repeats() - 200, truth.repeats());
            assertThat(both.repeatsUpperBound(0.999)).isBetween(truth.repeats(), truth.repeats() + 200);
            assertThat(both.membersLowerBound(0.999)).isBetween(truth.members() - 400, truth.members());
            assertThat(both.membersUpperBound(0.999)).isBetween(truth.members(), truth.members() + 400);
        }
        assertThat(filter.count()).isEqualTo(12_000);
    }

    @Test
    void aFullFilterKnowsLittleAndSaysSo() {
        RepeatCount one = new RepeatCount(RepeatCount.MIN_BYTES, 1);
        RepeatCount other = new RepeatCount(RepeatCount.MIN_BYTES, 1);
        for (int i = 0; i < 200_000; i++) {
            one.add(SeededHashes.at(1, i));
            other.add(SeededHashes.at(2, i));
        }
        assertThat(one.repeatsLowerBound(0.95)).isZero();
        assertThat(one.repeatsUpperBound(0.95)).isBetween(0L, 199_999L);
        one.merge(other);
        assertThat(one.repeatsLowerBound(0.95)).isZero();
        assertThat(one.repeatsUpperBound(0.95)).isBetween(0L, 399_999L);
        assertThat(one.membersUpperBound(0.95)).isBetween(0L, 400_000L);
    }

    @Test
    void aMillionUniqueValuesFitAMegabyte() {
        RepeatCount count = new RepeatCount(1_000_000, 1_000_000);
        for (int i = 0; i < 1_000_000; i++) {
            count.add(SeededHashes.at(1, i));
        }
        count.add(SeededHashes.at(1, 999_999));
        assertThat(count.bytes()).isLessThanOrEqualTo(1_000_000 + 300);
        assertThat(count.repeatsLowerBound(0.95)).isLessThanOrEqualTo(1);
        assertThat(count.repeatsUpperBound(0.95)).isBetween(1L, 1_000L);
    }

    @Test
    void wrongArgumentsAreRefused() {
        RepeatCount count = new RepeatCount(BYTES, 10);
        assertThatIllegalArgumentException().isThrownBy(() -> new RepeatCount(10, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> new RepeatCount(BYTES, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> count.merge(new RepeatCount(BYTES, 11)));
        assertThatIllegalArgumentException().isThrownBy(() -> count.membersLowerBound(1));
    }
}
