package io.github.camelaiflow.validation.python;

import java.time.LocalDate;
import java.time.temporal.Temporal;
import java.util.List;

/**
 * Reads dates and times of any usual writing as dateutil's {@code parser.parse} does with its defaults: English names,
 * month before day where both are possible, what is missing taken from a given day. Follows the algorithm of dateutil 2.9
 * (dateutil/parser/_parser.py, Apache-2.0 and BSD-3).
 *
 * <p>Where dateutil takes missing parts from today, a text here means the same on any day: they come from 1 January 2024,
 * so that 29 February and the 31st of no month are dates. Zone names other than UTC, GMT and Z are passed over, as there.
 */
public final class DateParser {

    private static final LocalDate USUAL_DAY = LocalDate.of(2024, 1, 1);
    private static final int MAX_LENGTH = 10_000;
    private static final int HOUR = 3600;
    private static final int MINUTE = 60;

    private final List<String> tokens;
    private final DateFields fields = new DateFields();
    private final DateNumberReader numberReader;
    private int at;

    private DateParser(String text) {
        this.tokens = DateTokens.split(text);
        this.numberReader = new DateNumberReader(tokens, fields);
    }

    /**
     * The date and time in the text: a LocalDateTime, or with an offset an OffsetDateTime in UTC.
     *
     * @return {@code null} if the text holds no date
     */
    public static Temporal parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        try {
            DateParser parser = new DateParser(text);
            while (parser.at < parser.tokens.size()) {
                parser.next();
            }
            return parser.fields.on(USUAL_DAY);
        } catch (NoDate e) {
            return null;
        }
    }

    private void next() throws NoDate {
        String token = tokens.get(at);
        if (Character.isDigit(token.codePointAt(0))) {
            at = numberReader.read(at);
        } else if (DateWords.weekday(token) != null) {
            fields.weekday = DateWords.weekday(token);
        } else if (DateWords.month(token) != null) {
            month(DateWords.month(token));
        } else if (DateWords.half(token) != null) {
            half(DateWords.half(token));
        } else if (fields.hour != null && fields.zone == null && fields.offset == null && DateWords.zone(token)) {
            zone(token);
        } else if (fields.hour != null && (token.equals("+") || token.equals("-"))) {
            offset(token.equals("+") ? 1 : -1);
        } else if (!DateWords.jump(token)) {
            throw new NoDate();
        }
        at++;
    }

    private boolean has(int index) {
        return index < tokens.size();
    }

    private String token(int index) throws NoDate {
        if (!has(index)) {
            throw new NoDate();
        }
        return tokens.get(index);
    }

    private boolean is(int index, String token) {
        return has(index) && tokens.get(index).equals(token);
    }

    private void month(int month) throws NoDate {
        fields.numbers.month(month);
        if (is(at + 1, "-") || is(at + 1, "/")) {
            String separator = tokens.get(at + 1);
            fields.numbers.digits(token(at + 2));
            if (is(at + 3, separator)) {
                fields.numbers.digits(token(at + 4));
                at += 2;
            }
            at += 2;
        } else if (has(at + 4) && is(at + 1, " ") && is(at + 3, " ") && DateWords.pertains(tokens.get(at + 2))) {
            String year = tokens.get(at + 4);
            if (year.codePoints().allMatch(Character::isDigit)) {
                // of two digits: the century is added later, by the same rule
                fields.numbers.year(String.valueOf(NoDate.whole(year)));
            }
            at += 4;
        }
    }

    private void half(int half) throws NoDate {
        if (fields.hour == null || fields.hour > 12) {
            throw new NoDate();
        }
        fields.hour = DateNumberReader.hourOf(fields.hour, half);
        fields.half = half;
    }

    private void zone(String token) {
        fields.zone = token;
        fields.offset = token.equals("z") ? 0 : null;
        if (is(at + 1, "+") || is(at + 1, "-")) {
            // GMT+3 is read as "my time plus 3 is GMT"
            tokens.set(at + 1, is(at + 1, "+") ? "-" : "+");
            fields.offset = null;
            if (DateWords.utc(token)) {
                fields.zone = null;
            }
        }
    }

    private void offset(int sign) throws NoDate {
        String digits = token(at + 1);
        int hours;
        int minutes = 0;
        if (digits.length() == 4) {
            hours = NoDate.whole(digits.substring(0, 2));
            minutes = NoDate.whole(digits.substring(2));
        } else if (is(at + 2, ":")) {
            hours = NoDate.whole(digits);
            minutes = NoDate.whole(token(at + 3));
            at += 2;
        } else if (digits.length() <= 2) {
            hours = NoDate.whole(digits);
        } else {
            throw new NoDate();
        }
        long seconds = sign * ((long) hours * HOUR + (long) minutes * MINUTE);
        if (Math.abs(seconds) > Integer.MAX_VALUE) {
            throw new NoDate();
        }
        fields.offset = (int) seconds;
        if (has(at + 5) && DateWords.jump(tokens.get(at + 2)) && is(at + 3, "(") && is(at + 5, ")")) {
            String name = tokens.get(at + 4);
            if (name.length() >= 3 && fields.zone == null && DateWords.zone(name)) {
                fields.zone = name;
                at += 4;
            }
        }
        at++;
    }
}
