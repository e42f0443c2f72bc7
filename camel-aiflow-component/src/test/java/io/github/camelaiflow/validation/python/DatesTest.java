package io.github.camelaiflow.validation.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.localDates;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-01-31|2026-01-31T00:00",
                "20260131|2026-01-31T00:00",
                "20260131T1415|2026-01-31T14:15",
                "20260131141516|2026-01-31T14:15:16",
                "260131|2031-01-26T00:00",
                "01/02/2026|2026-01-02T00:00",
                "13/02/2026|2026-02-13T00:00",
                "2026/02/01|2026-02-01T00:00",
                "Jan 5, 2026 3:04:05.678 PM|2026-01-05T15:04:05.678",
                "5th of January 2026 at 10am|2026-01-05T10:00",
                "Thu Sep 25 10:36:28 2003|2003-09-25T10:36:28",
                "Thu Sep 25 10:36:28 BRST 2003|2003-09-25T10:36:28",
                "Sep.20.2009|2009-09-20T00:00",
                "10h36m28.5s|2024-01-01T10:36:28.500",
                "10 h 36|2024-01-01T10:36",
                "12 am|2024-01-01T00:00",
                "Sept 2026|2026-09-01T00:00",
                "Friday|2024-01-05T00:00",
                "2026-01-31T10:00Z|2026-01-31T10:00Z",
                "2026-01-31T10:00+02:00|2026-01-31T08:00Z",
                "2026-01-31 10:00 GMT+3|2026-01-31T13:00Z",
                "2026-01-31 10:00:00,123 -0330 (NST)|2026-01-31T13:30:00.123Z",
                "99-01-31|1999-01-31T00:00",
                "29 February|2024-02-29T00:00"
            })
    void datesAreReadAsDateutilDoes(String text, String expected) {
        assertThat(DateParser.parse(text)).as(text).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "abc",
                "cat",
                "hello world",
                "2026-13-45",
                "32 Jan 2026",
                "25:00",
                "10:60",
                "1 2 3 4",
                "am",
                "13 am am",
                "2026-02-30",
                "nan",
                "inf",
                "Jan Feb 2026",
                "99999999999999999999",
                "2026-01-01T10:00 NAN",
                "0000-01-01",
                "1.2.3.4.5",
                "10:",
                "Jan-",
                "+",
                "2026-01-01 10:00 +123"
            })
    void whatIsNoDate(String text) {
        assertThat(DateParser.parse(text)).as(text).isNull();
    }

    @Test
    void hostileTextsAreNoDates() {
        for (String part : List.of("1", "a", ".", "1.", "Jan ", "10:", "(", "2026-", "+", "am ", "1,")) {
            DateParser.parse(part.repeat(3_000));
            assertThat(DateParser.parse(part.repeat(20_000))).as(part).isNull();
        }
    }

    @Test
    void everyUsualWritingOfADateIsReadBack() {
        List<DateTimeFormatter> formats = List.of(
                DateTimeFormatter.ISO_LOCAL_DATE,
                DateTimeFormatter.BASIC_ISO_DATE,
                DateTimeFormatter.ofPattern("MM/dd/yyyy", Locale.ENGLISH),
                DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH),
                DateTimeFormatter.ofPattern("MMMM d, yyyy", Locale.ENGLISH),
                DateTimeFormatter.ofPattern("EEEE, dd-MMM-yyyy", Locale.ENGLISH));
        qt().forAll(localDates().withDaysBetween(-300_000, 300_000)).check(date -> formats.stream()
                .allMatch(format -> date.atStartOfDay().equals(DateParser.parse(format.format(date)))));
    }

    @Test
    void aDateFormattedByAFormatParsesByIt() throws Exception {
        StrptimeFormat iso = StrptimeFormat.of("%Y-%m-%d");
        StrptimeFormat names = StrptimeFormat.of("%A %d. %B %y");
        StrptimeFormat days = StrptimeFormat.of("%Y %j");
        StrptimeFormat weeks = StrptimeFormat.of("%G-W%V-%u");
        qt().forAll(localDates().withDaysBetween(-300_000, 300_000))
                .check(date -> iso.accepts(format(date, "uuuu-MM-dd"))
                        && names.accepts(format(date, "EEEE dd. MMMM yy"))
                        && days.accepts(format(date, "uuuu DDD"))
                        && weeks.accepts(DateTimeFormatter.ISO_WEEK_DATE.format(date)));
    }

    private static String format(LocalDate date, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(date);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "%Y-%m-%d|2026-01-31|2026-02-30",
                "%Y-%m-%d|2026-1-1|26-01-01",
                "%d/%m/%y|31/12/68|31-12-68",
                "%m-%d|02-28|02-29",
                "%Y%m%d|20260131|2026-01-31",
                "%H:%M:%S.%f|23:59:59.123456|23:59:60.1",
                "%I:%M %p|12:30 PM|13:30 pm",
                "%a %b %d|Mon jan  5|Montag jan 5",
                "%A, %B %d|SUNDAY, may 1|Son, may 1",
                "%Y  %m|2026 \t 1|202601",
                "%c|Thu Sep 25 10:36:28 2003|2003",
                "%x %X|01/31/26 10:11:12|31/01/26 10:11:12",
                "%j %Y|366 2023|367 2024",
                "%Y %U %w|2026 53 6|2026 54 0",
                "%Y %W %a|9999 10 Mon|9999 53 Sun",
                "%G %V %u|2026 53 7|2026 53 8",
                "%G %V %A|0001 01 Monday|0000 10 Monday",
                "%H%z|10+02:00|10+2",
                "%z|Z|z",
                "%z|+02:00:30.5|+02:0030",
                "%z|-235959|+24:00",
                "%Z|utc|CET",
                "100%%|100%|100",
                "(%Y)|(2026)|2026",
                "%y|٠٥|5",
                "%b %Y|Sep 2026|ſep 2026",
                "%A|Friday|Frıday"
            })
    void formatsOfStrptime(String format, String date, String other) throws Exception {
        assertThat(StrptimeFormat.of(format).accepts(date)).as(date).isTrue();
        assertThat(StrptimeFormat.of(format).accepts(other)).as(other).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%D", "%", "% d", "%Y %Y", "%c %Y", "%G", "%V", "%G %V", "%Y %V %u", "%G %V %u %j", "%-d"})
    void formatsThatPythonRefuses(String format) {
        assertThatExceptionOfType(InvalidExpression.class)
                .as(format)
                .isThrownBy(() -> StrptimeFormat.of(format))
                .withMessageStartingWith("must have");
    }

    @Test
    void timesCompareAcrossTypes() throws Unjudgeable {
        LocalDateTime noon = LocalDateTime.of(2026, 1, 31, 12, 0);

        assertThat(Times.compare(noon, LocalDate.of(2026, 1, 31))).isPositive();
        assertThat(Times.compare(noon, OffsetDateTime.parse("2026-01-31T13:00+01:00")))
                .isZero();
        assertThat(Times.compare(noon, "31 Jan 2026 13:00 +0100")).isZero();
        assertThatExceptionOfType(Unjudgeable.class).isThrownBy(() -> Times.compare(noon, "soon"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": [1, NaN, -Infinity, Infinity]}|true",
                "\"a\"|true",
                "1e5|true",
                "-INF|false",
                "{'a': 1}|false",
                "[1,]|false",
                "1 2|false",
                "01|false",
                "tru|false",
                "[1|false"
            })
    void jsonAsPythonReadsIt(String text, boolean parseable) {
        assertThat(JsonText.parseable(text)).isEqualTo(parseable);
    }

    @Test
    void jsonThatIsNestedTooDeeplyIsNone() {
        assertThat(JsonText.parseable("[".repeat(900) + "]".repeat(900))).isTrue();
        assertThat(JsonText.parseable("[".repeat(100_000) + "]".repeat(100_000)))
                .isFalse();
        assertThat(JsonText.parseable("")).isFalse();
    }
}
