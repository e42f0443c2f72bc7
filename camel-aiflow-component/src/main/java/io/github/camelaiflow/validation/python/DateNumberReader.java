package io.github.camelaiflow.validation.python;

import java.math.BigDecimal;
import java.util.List;

/** What a number in a date's text stands for, by its length and its neighbours: part of a date, or of a time. */
final class DateNumberReader {

    private static final int SIXTY = 60;

    private final List<String> tokens;
    private final DateFields fields;

    DateNumberReader(List<String> tokens, DateFields fields) {
        this.tokens = tokens;
        this.fields = fields;
    }

    /** Reads the number at the index, and what belongs to it; returns the index of the last token read. */
    int read(int index) throws NoDate {
        String token = tokens.get(index);
        BigDecimal value = decimal(token);
        int length = token.length();
        int unitAt = unitAt(index);
        if (fields.numbers.size() == 3
                && (length == 2 || length == 4)
                && fields.hour == null
                && (!has(index + 1) || (!is(index + 1, ":") && DateWords.unit(tokens.get(index + 1)) == null))) {
            hourAndMinute(token);
            return index;
        }
        if (length == 6 || (length > 6 && token.indexOf('.') == 6)) {
            six(token);
            return index;
        }
        if (length == 8 || length == 12 || length == 14) {
            dateAndTime(token);
            return index;
        }
        if (unitAt >= 0) {
            int unit = DateWords.unit(tokens.get(unitAt));
            withUnit(token, unitAt > index ? unit : unit + 1);
            return Math.max(unitAt, index);
        }
        if (has(index + 2) && is(index + 1, ":")) {
            return time(index, value);
        }
        if (is(index + 1, "-") || is(index + 1, "/") || is(index + 1, ".")) {
            return date(index);
        }
        return lone(index, value);
    }

    private int lone(int index, BigDecimal value) throws NoDate {
        if (!has(index + 1) || DateWords.jump(tokens.get(index + 1))) {
            if (has(index + 2) && DateWords.half(tokens.get(index + 2)) != null) {
                fields.hour = hourOf(whole(value), DateWords.half(tokens.get(index + 2)));
                return index + 2;
            }
            fields.numbers.number(whole(value));
            return index + 1;
        }
        if (DateWords.half(tokens.get(index + 1)) != null && value.compareTo(BigDecimal.valueOf(24)) < 0) {
            fields.hour = hourOf(whole(value), DateWords.half(tokens.get(index + 1)));
            return index + 1;
        }
        if (fields.numbers.couldBeDay(value.doubleValue())) {
            fields.numbers.number(whole(value));
            return index;
        }
        throw new NoDate();
    }

    static int hourOf(int hour, int half) {
        return hour < 12 && half == 1 ? hour + 12 : hour == 12 && half == 0 ? 0 : hour;
    }

    private void hourAndMinute(String token) throws NoDate {
        fields.hour = NoDate.whole(token.substring(0, 2));
        if (token.length() == 4) {
            fields.minute = NoDate.whole(token.substring(2));
        }
    }

    private void six(String token) throws NoDate {
        if (fields.numbers.size() == 0 && token.indexOf('.') < 0) {
            fields.numbers.digits(token.substring(0, 2));
            fields.numbers.digits(token.substring(2, 4));
            fields.numbers.digits(token.substring(4));
        } else {
            fields.hour = NoDate.whole(token.substring(0, 2));
            fields.minute = NoDate.whole(token.substring(2, 4));
            seconds(token.substring(4));
        }
    }

    private void dateAndTime(String token) throws NoDate {
        fields.numbers.year(token.substring(0, 4));
        fields.numbers.digits(token.substring(4, 6));
        fields.numbers.digits(token.substring(6, 8));
        if (token.length() > 8) {
            fields.hour = NoDate.whole(token.substring(8, 10));
            fields.minute = NoDate.whole(token.substring(10, 12));
            if (token.length() > 12) {
                fields.second = NoDate.whole(token.substring(12));
            }
        }
    }

    private int unitAt(int index) {
        int last = tokens.size() - 1;
        if (unit(index + 1)) {
            return index + 1;
        }
        if (is(index + 1, " ") && unit(index + 2)) {
            return index + 2;
        }
        if (index > 0 && unit(index - 1)) {
            return index - 1;
        }
        return index > 1 && index == last && is(index - 1, " ") && unit(index - 2) ? index - 2 : -1;
    }

    private void withUnit(String token, int unit) throws NoDate {
        BigDecimal value = decimal(token);
        if (unit == 0) {
            fields.hour = whole(value);
            if (fraction(value).signum() != 0) {
                fields.minute = sixtieths(value);
            }
        } else if (unit == 1) {
            minutes(value);
        } else if (unit == 2) {
            seconds(token);
        }
    }

    private int time(int index, BigDecimal value) throws NoDate {
        fields.hour = whole(value);
        minutes(decimal(tokens.get(index + 2)));
        if (has(index + 4) && is(index + 3, ":")) {
            seconds(tokens.get(index + 4));
            return index + 4;
        }
        return index + 2;
    }

    private int date(int index) throws NoDate {
        String separator = tokens.get(index + 1);
        fields.numbers.digits(tokens.get(index));
        if (!has(index + 2) || DateWords.jump(tokens.get(index + 2))) {
            return index + 1;
        }
        monthOrDigits(tokens.get(index + 2));
        if (!has(index + 3) || !is(index + 3, separator)) {
            return index + 2;
        }
        if (!has(index + 4)) {
            throw new NoDate();
        }
        monthOrDigits(tokens.get(index + 4));
        return index + 4;
    }

    private void monthOrDigits(String token) throws NoDate {
        Integer month = DateWords.month(token);
        if (month == null) {
            fields.numbers.digits(token);
        } else {
            fields.numbers.month(month);
        }
    }

    private void minutes(BigDecimal value) throws NoDate {
        fields.minute = whole(value);
        fields.second = fraction(value).signum() == 0 ? null : (Integer) sixtieths(value);
    }

    private void seconds(String token) throws NoDate {
        int dot = token.indexOf('.');
        fields.second = NoDate.whole(dot < 0 ? token : token.substring(0, dot));
        fields.microsecond = dot < 0 ? 0 : NoDate.whole((token.substring(dot + 1) + "000000").substring(0, 6));
    }

    private boolean has(int index) {
        return index < tokens.size();
    }

    private boolean is(int index, String token) {
        return has(index) && tokens.get(index).equals(token);
    }

    private boolean unit(int index) {
        return has(index) && DateWords.unit(tokens.get(index)) != null;
    }

    private static BigDecimal decimal(String token) throws NoDate {
        try {
            return new BigDecimal(token);
        } catch (NumberFormatException e) {
            throw new NoDate();
        }
    }

    private static int whole(BigDecimal value) throws NoDate {
        try {
            return value.toBigInteger().intValueExact();
        } catch (ArithmeticException e) {
            throw new NoDate();
        }
    }

    private static BigDecimal fraction(BigDecimal value) {
        return value.remainder(BigDecimal.ONE);
    }

    private static int sixtieths(BigDecimal value) {
        return fraction(value).multiply(BigDecimal.valueOf(SIXTY)).intValue();
    }
}
