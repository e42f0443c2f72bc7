package io.github.camelaiflow.model.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecordDigestTest {

    private static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    @Test
    void orderOfKeysAndWidthOfNumbersMakeNoDifference() {
        RecordDigest one = RecordDigest.of(map("a", 1, "b", 0.5, "c", map("x", List.of(1, 2), "y", Double.NaN)));
        RecordDigest other = RecordDigest.of(
                map("c", map("y", Float.NaN, "x", Arrays.asList((short) 1, BigInteger.TWO)), "b", 0.5f, "a", (byte) 1));

        assertThat(one).isNotNull().isEqualTo(other);
        assertThat(RecordDigest.of(Double.longBitsToDouble(0x7ff8000000000001L)))
                .isEqualTo(RecordDigest.of(Double.NaN));
        assertThat(RecordDigest.of(new BigDecimal("1.50"))).isEqualTo(RecordDigest.of(new BigDecimal("1.5")));
    }

    @Test
    void whatAModelMayTellApartDiffers() {
        List<Object> different = new ArrayList<>(List.of(
                1, 1.0, 0.0, -0.0, 0, 0.1, 0.1f, true, "true", "1", "", 'x', List.of(), Map.of(), List.of(1, 2)));
        different.addAll(List.of(
                List.of(2, 1), List.of(List.of(1), 2), List.of(List.of(1, 2)), map("a", 1), map("a", map("a", 1))));
        different.addAll(List.of(
                map("a", null),
                map("ab", 1, "c", 2),
                map("a", 1, "bc", 2),
                new BigDecimal("0.1"),
                LocalDate.of(2026, 1, 1),
                "2026-01-01",
                new byte[] {1, 2},
                new int[] {1, 2},
                "\uD800",
                "\uD801",
                "?",
                Double.NaN,
                Double.POSITIVE_INFINITY,
                (1L << 53) + 1,
                1L << 53,
                Thread.State.NEW));
        different.add(null);
        Set<RecordDigest> digests = new HashSet<>();
        for (Object value : different) {
            RecordDigest digest = RecordDigest.of(value);
            assertThat(digest).as("%s", value).isNotNull();
            assertThat(digests.add(digest)).as("%s is like no other", value).isTrue();
        }
    }

    @Test
    void whatCannotBeComparedHasNoDigest() {
        List<Object> self = new ArrayList<>();
        self.add(self);
        for (Object value :
                List.of(new Object(), new AtomicInteger(1), Map.of(1, 2), List.of(Duration.ZERO, new Object()), self)) {
            assertThat(RecordDigest.of(value)).isNull();
        }
    }
}
