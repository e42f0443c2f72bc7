package io.github.camelaiflow.validation.python;

import java.time.DateTimeException;
import java.time.LocalDate;

/** What a text says of a date, by a {@link StrptimeFormat}; {@code null} for what it does not. */
final class StrptimeFields {

    private static final int LAST_YEAR = 9999;

    Integer year;
    Integer isoYear;
    Integer isoWeek;
    Integer week;
    boolean weekFromMonday;
    Integer weekday;
    Integer dayOfYear;
    int month = 1;
    int day = 1;
    int second;
    String offset;

    /** Whether Python makes a datetime of it. */
    boolean exist() {
        try {
            LocalDate date = date();
            return second < 60
                    && date.getYear() >= 1
                    && date.getYear() <= LAST_YEAR
                    && (offset == null || offsetExists(offset));
        } catch (DateTimeException e) {
            return false;
        }
    }

    private LocalDate date() {
        int written = year == null ? 1900 : year;
        if (dayOfYear == null && weekday != null && week != null) {
            return from(written, dayOfWeek(written));
        }
        if (dayOfYear == null && weekday != null && isoYear != null && isoWeek != null) {
            int correction = first(isoYear, 4).getDayOfWeek().getValue() + 3;
            return from(isoYear, isoWeek * 7 + weekday + 1 - correction);
        }
        if (dayOfYear != null) {
            return from(written, dayOfYear);
        }
        return LocalDate.of(checked(written), month, day);
    }

    private static LocalDate from(int year, int dayOfYear) {
        LocalDate date = first(year, 1).plusDays(dayOfYear - 1L);
        checked(date.getYear());
        return date;
    }

    private static LocalDate first(int year, int day) {
        return LocalDate.of(checked(year), 1, day);
    }

    private static int checked(int year) {
        if (year < 1 || year > LAST_YEAR) {
            throw new DateTimeException("year must be from 1 to 9999");
        }
        return year;
    }

    private int dayOfWeek(int within) {
        int shift = weekFromMonday ? 0 : 1;
        int first = (first(within, 1).getDayOfWeek().getValue() - 1 + shift) % 7;
        int inWeek = (weekday + shift) % 7;
        int partial = (7 - first) % 7;
        return week == 0 ? 1 + inWeek - first : 1 + partial + 7 * (week - 1) + inWeek;
    }

    /** Colons must stand everywhere or nowhere; a zone is less than a day from UTC. */
    private static boolean offsetExists(String text) {
        if (text.equals("Z")) {
            return true;
        }
        if (text.charAt(3) == ':' && text.length() > 6 && text.charAt(6) != ':') {
            return false;
        }
        int hours = Integer.parseInt(text.substring(1, 3));
        return hours < 24;
    }
}
