package io.github.camelaiflow.validation.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversionsTest {

    private static Object convert(Object value, Class<?>... kinds) {
        return Conversions.convert(value, List.of(kinds));
    }

    @Test
    void numbersBecomeNumbersOfEqualValueOrNothing() {
        assertThat(convert(5, Long.class)).isEqualTo(5L);
        assertThat(convert(5.0, Integer.class)).isEqualTo(5);
        assertThat(convert(5.5, Integer.class)).isNull();
        assertThat(convert(300, Byte.class)).isNull();
        assertThat(convert(0.1f, BigDecimal.class)).isEqualTo(new BigDecimal("0.1"));
        assertThat(convert(new BigDecimal("0.1"), Double.class)).isEqualTo(0.1);
        assertThat(convert(new BigDecimal("0.10000000000000000001"), Double.class))
                .isNull();
        assertThat(convert(Long.MAX_VALUE, Double.class)).isNull();
        assertThat(convert(0.5, Float.class)).isEqualTo(0.5f);
        assertThat(convert(7L, BigInteger.class, Short.class)).isEqualTo(BigInteger.valueOf(7));
        assertThat(convert(Float.POSITIVE_INFINITY, Double.class)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(convert(Double.POSITIVE_INFINITY, BigDecimal.class, Long.class))
                .isNull();
        assertThat(convert(5, String.class)).isNull();
    }

    @Test
    void aHugeExponentCostsNothing() {
        assertThat(convert(new BigDecimal("1e1000000000"), BigInteger.class, Long.class, Double.class))
                .isNull();
        assertThat(convert(new BigDecimal("1e-1000000000"), Double.class)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-28, java.time.LocalDate",
        "2026-02-28T10:00:00Z, java.time.Instant",
        "2026-02-28T10:00:00+01:00, java.time.OffsetDateTime",
        "2026-02-28T10:00:00+01:00[Europe/Berlin], java.time.ZonedDateTime",
        "2026-02-28 10:00, java.time.LocalDateTime",
        "10:00:00.5, java.time.LocalTime",
        "10:00Z, java.time.OffsetTime",
        "2026-02, java.time.YearMonth",
        "2026, java.time.Year",
        "--02-28, java.time.MonthDay",
        "PT5M, java.time.Duration"
    })
    void isoTextBecomesTheTimeItIs(String text, String type) {
        assertThat(convert(
                        text,
                        LocalDate.class,
                        Instant.class,
                        OffsetDateTime.class,
                        ZonedDateTime.class,
                        LocalDateTime.class,
                        LocalTime.class,
                        java.time.OffsetTime.class,
                        YearMonth.class,
                        Year.class,
                        MonthDay.class,
                        Duration.class))
                .isNotNull()
                .extracting(time -> time.getClass().getName())
                .isEqualTo(type);
    }

    @Test
    void whatIsNoTimeBecomesNone() {
        assertThat(convert("2026-02-30", LocalDate.class)).isNull();
        assertThat(convert("25:00", LocalTime.class)).isNull();
        assertThat(convert("2026-02-28", Instant.class)).isNull();
        assertThat(convert("9".repeat(100_000), Year.class)).isNull();
        assertThat(convert("PT99999999999999999999S", Duration.class)).isNull();
    }

    @Test
    void textWinsOverTime() {
        assertThat(convert(new StringBuilder("2026"), String.class, Year.class)).isEqualTo("2026");
        assertThat(convert(DayOfWeek.MONDAY, String.class)).isEqualTo("MONDAY");
        assertThat(convert('x', CharSequence.class)).isEqualTo("x");
        assertThat(convert(List.of(), String.class)).isNull();
    }
}
