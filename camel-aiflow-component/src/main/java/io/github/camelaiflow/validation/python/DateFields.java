package io.github.camelaiflow.validation.python;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAdjusters;

/** What {@link DateParser} has found of a date and time so far; {@code null} for what it has not. */
final class DateFields {

    private static final int NANOS = 1000;

    final DateNumbers numbers = new DateNumbers();
    Integer weekday;
    Integer hour;
    Integer minute;
    Integer second;
    Integer microsecond;
    Integer half;
    String zone;
    Integer offset;

    /** The date and time, with what is missing taken from the given day; in UTC if the text had an offset. */
    Temporal on(LocalDate today) throws NoDate {
        numbers.resolve();
        if (empty()) {
            throw new NoDate();
        }
        if (zone != null && DateWords.utc(zone)) {
            offset = 0;
        }
        try {
            LocalDateTime local = local(today);
            return offset == null ? local : local.minusSeconds(offset).atOffset(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new NoDate();
        }
    }

    private boolean empty() {
        return numbers.size() == 0
                && weekday == null
                && hour == null
                && minute == null
                && second == null
                && half == null
                && zone == null
                && offset == null;
    }

    private LocalDateTime local(LocalDate today) throws NoDate {
        int year = numbers.year == null ? today.getYear() : century(numbers.year, today.getYear());
        int month = numbers.month == null ? today.getMonthValue() : numbers.month;
        if (year < 1 || year > 9999) {
            throw new NoDate();
        }
        int length = YearMonth.of(year, month).lengthOfMonth();
        int day = numbers.day == null ? Math.min(today.getDayOfMonth(), length) : numbers.day;
        LocalDateTime time =
                LocalDate.of(year, month, day).atTime(or0(hour), or0(minute), or0(second), or0(microsecond) * NANOS);
        boolean moved = weekday != null && (numbers.day == null || numbers.day == 0);
        LocalDateTime result = moved ? time.with(TemporalAdjusters.nextOrSame(DayOfWeek.of(weekday + 1))) : time;
        if (result.getYear() > 9999) {
            throw new NoDate();
        }
        return result;
    }

    private static int or0(Integer value) {
        return value == null ? 0 : value;
    }

    /** Years of two digits lie within fifty years of today. */
    private int century(int year, int now) {
        if (year >= 100 || numbers.century()) {
            return year;
        }
        int full = year + now / 100 * 100;
        return full >= now + 50 ? full - 100 : full < now - 50 ? full + 100 : full;
    }
}
