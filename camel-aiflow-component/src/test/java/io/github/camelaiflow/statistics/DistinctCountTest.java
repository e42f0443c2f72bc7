package io.github.camelaiflow.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class DistinctCountTest {

    private static final int BYTES = 1 << 14;

    @Test
    void isExactAsLongAsTheHashesFit() {
        DistinctCount count = new DistinctCount(BYTES);
        Hash64 hash = new Hash64(1);
        for (int i = 0; i < 1536; i++) {
            count.add(hash.of(i));
            count.add(hash.of(i / 2));
            assertThat(count.estimate()).isEqualTo(i + 1);
        }
        assertThat(count.exact()).isTrue();
        assertThat(count.lowerBound(0.95)).isEqualTo(1536);
        assertThat(count.upperBound(0.95)).isEqualTo(1536);
        count.add(hash.of(0));
        assertThat(count.exact()).isTrue();
        count.add(hash.of(-1));
        assertThat(count.exact()).isFalse();
        assertThat(count.lowerBound(0.9999)).isGreaterThanOrEqualTo(1536);
        assertThat(count.bytes()).isLessThanOrEqualTo(BYTES + 500);
    }

    @Test
    void theHashZeroIsAValueToo() {
        DistinctCount count = new DistinctCount(BYTES);
        count.add(0);
        count.add(0);
        count.add(2);
        assertThat(count.estimate()).isEqualTo(2);
    }

    @Test
    void theBoundsCoverAsOftenAsStated() {
        for (int distinct : new int[] {2_000, 20_000, 60_000}) {
            assertCovers(distinct, 1);
            assertCovers(distinct, 16);
        }
    }

    /** At 95 % a true coverage of 95 % falls below 91 % in 400 trials once in 10,000 times. */
    private static void assertCovers(int distinct, int panes) {
        int trials = 400;
        int above = 0;
        int below = 0;
        for (int trial = 0; trial < trials; trial++) {
            Hash64 hash = new Hash64(trial);
            DistinctCount[] counts = new DistinctCount[panes];
            for (int pane = 0; pane < panes; pane++) {
                counts[pane] = new DistinctCount(BYTES);
            }
            for (int i = 0; i < distinct; i++) {
                counts[i % panes].add(hash.of(i));
            }
            for (int pane = 1; pane < panes; pane++) {
                counts[0].merge(counts[pane]);
            }
            above += counts[0].lowerBound(0.95) <= distinct ? 1 : 0;
            below += counts[0].upperBound(0.95) >= distinct ? 1 : 0;
        }
        assertThat(above).as("lower bounds, %s in %s panes", distinct, panes).isGreaterThanOrEqualTo(364);
        assertThat(below).as("upper bounds, %s in %s panes", distinct, panes).isGreaterThanOrEqualTo(364);
    }

    @Test
    void mergingWhatFitsIsExact() {
        DistinctCount one = new DistinctCount(BYTES);
        DistinctCount other = new DistinctCount(BYTES);
        Hash64 hash = new Hash64(1);
        for (int i = 0; i < 1000; i++) {
            one.add(hash.of(i));
            other.add(hash.of(i + 500));
        }
        one.merge(other);
        assertThat(one.exact()).isTrue();
        assertThat(one.estimate()).isEqualTo(1500);
        one.merge(one);
        assertThat(one.estimate()).isEqualTo(1500);
    }

    @Test
    void mergingAnyWithAnyEstimatesTheUnion() {
        Hash64 hash = new Hash64(5);
        for (int[] sizes : new int[][] {{100, 50_000}, {50_000, 100}, {30_000, 30_000}}) {
            DistinctCount one = new DistinctCount(BYTES);
            DistinctCount other = new DistinctCount(2 * BYTES);
            for (int i = 0; i < sizes[0]; i++) {
                one.add(hash.of(i));
            }
            for (int i = 0; i < sizes[1]; i++) {
                other.add(hash.of(i + sizes[0] / 2));
            }
            int union = Math.max(sizes[0], sizes[0] / 2 + sizes[1]);
            DistinctCount copy = one.copy();
            copy.merge(other);
            assertThat(copy.lowerBound(0.9999)).isLessThanOrEqualTo(union);
            assertThat(copy.upperBound(0.9999)).isGreaterThanOrEqualTo(union);
            assertThat(copy.estimate()).isBetween((long) (union * 0.95), (long) (union * 1.05));
            assertThat(one.estimate()).isBetween((long) (sizes[0] * 0.95), (long) (sizes[0] * 1.05));
        }
    }

    @Test
    void aMillionValuesFitAMegabyte() {
        DistinctCount count = new DistinctCount(1_000_000);
        for (int i = 0; i < 1_000_000; i++) {
            count.add(SeededHashes.at(1, i));
            if (i == 40_000) {
                assertThat(count.exact()).isTrue();
            }
        }
        assertThat(count.bytes()).isLessThanOrEqualTo(1_000_000);
        assertThat(count.estimate()).isBetween(990_000L, 1_010_000L);
    }

    @Test
    void wrongArgumentsAreRefused() {
        DistinctCount count = new DistinctCount(BYTES);
        assertThatIllegalArgumentException().isThrownBy(() -> new DistinctCount(BYTES - 1));
        assertThatIllegalArgumentException().isThrownBy(() -> count.lowerBound(1));
        assertThatIllegalArgumentException().isThrownBy(() -> count.upperBound(0.4));
        assertThatIllegalArgumentException().isThrownBy(() -> count.upperBound(Double.NaN));
    }
}
