package io.github.camelaiflow.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class Hash64Test {

    private final Hash64 hash = new Hash64(42);

    @Test
    void isTheSameOnEveryMachine() {
        assertThat(hash.of("claim")).isEqualTo(CLAIM);
        assertThat(hash.of(7)).isEqualTo(SEVEN);
        assertThat(hash.of(List.of("a", 1, true))).isEqualTo(LISTED);
    }

    @Test
    void numbersHashByWhatTheyAreWorth() {
        assertSame(1, 1L, (short) 1, (byte) 1, 1.0, 1f, BigInteger.ONE, BigDecimal.ONE, new BigDecimal("1.00"));
        assertSame(0, 0.0, -0.0, BigDecimal.ZERO, new BigDecimal("0E+50"));
        assertSame(0.5, 0.5f, new BigDecimal("0.50"));
        assertSame(1e300, new BigDecimal(1e300), new BigDecimal(1e300).toBigInteger());
        assertSame(0x1p63, new BigDecimal(0x1p63), BigInteger.ONE.shiftLeft(63));
        assertSame(Long.MIN_VALUE, -0x1p63, BigInteger.valueOf(Long.MIN_VALUE));
        assertSame(Long.MAX_VALUE, new BigDecimal(Long.MAX_VALUE), BigInteger.valueOf(Long.MAX_VALUE));
        assertSame(Double.NaN, Float.NaN);
        assertSame(Double.MIN_VALUE, new BigDecimal(Double.MIN_VALUE));
        assertThat(hash.of((Object) 0.1)).isNotEqualTo(hash.of(new BigDecimal("0.1")));
    }

    private void assertSame(Object... values) {
        assertThat(Arrays.stream(values).map(value -> hash.of(value)).distinct())
                .hasSize(1);
    }

    @Test
    void differentValuesHashDifferently() {
        Object[] values = {
            null,
            "",
            "1",
            1,
            true,
            false,
            0,
            0.1,
            new BigDecimal("0.1"),
            new BigDecimal("1E+1000000000"),
            new BigDecimal("1E-1000000000"),
            new BigDecimal("2E+1000000000"),
            BigInteger.TEN.pow(400),
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NaN,
            new byte[0],
            new byte[] {1},
            List.of(),
            List.of(1),
            List.of(1, 2),
            List.of(2, 1),
            List.of(List.of(1), 2),
            List.of("12"),
            List.of("1", "2"),
            "\uD800",
            "?",
            "\u00e9",
            "e\u0301"
        };
        assertThat(Arrays.stream(values).map(value -> hash.of(value)).distinct())
                .hasSameSizeAs(values);
        Set<Long> many = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            many.add(hash.of(i));
            many.add(hash.of("v" + i));
            many.add(new Hash64(43).of(i));
        }
        assertThat(many).hasSize(300_000);
    }

    @Test
    void textsOfAnyKindAreTexts() {
        assertThat(hash.of((Object) new StringBuilder("ab"))).isEqualTo(hash.of("ab"));
        assertThat(hash.of((Object) false)).isEqualTo(hash.of(false));
        assertThat(hash.of((Object) 1.5)).isEqualTo(hash.of(1.5));
    }

    @Test
    void whatHasNoHashIsRefusedWithoutItsValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hash.of(Map.of("secret", 1)))
                .withMessageContaining("lists of these")
                .withMessageNotContaining("secret");
        assertThatIllegalArgumentException().isThrownBy(() -> hash.of(new AtomicInteger(3)));
        List<Object> nested = List.of();
        for (int i = 0; i < 99; i++) {
            nested = List.of(nested);
        }
        List<Object> deep = nested;
        assertThat(hash.of(deep)).isNotEqualTo(hash.of(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> hash.of(List.of(deep)));
    }

    private static final long CLAIM = 6088508245658597542L;
    private static final long SEVEN = -2326220604334764948L;
    private static final long LISTED = 1846400828206176754L;
}
