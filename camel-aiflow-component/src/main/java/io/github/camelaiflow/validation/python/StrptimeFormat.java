package io.github.camelaiflow.validation.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A format of Python's {@code datetime.strptime}, English names. Follows CPython's {@code _strptime} (3.11): every
 * directive is a group of one regular expression, white space in the format stands for any white space, case is no matter,
 * the whole text must match and hold a date that exists. Immutable, thread-safe.
 */
public final class StrptimeFormat {

    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");
    private static final List<String> DAYS =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

    private static final Map<Character, String> DIRECTIVES = Map.ofEntries(
            Map.entry('d', "3[0-1]|[1-2]\\d|0[1-9]|[1-9]| [1-9]"),
            Map.entry('f', "[0-9]{1,6}"),
            Map.entry('H', "2[0-3]|[0-1]\\d|\\d"),
            Map.entry('I', "1[0-2]|0[1-9]|[1-9]"),
            Map.entry('G', "\\d\\d\\d\\d"),
            Map.entry('j', "36[0-6]|3[0-5]\\d|[1-2]\\d\\d|0[1-9]\\d|00[1-9]|[1-9]\\d|0[1-9]|[1-9]"),
            Map.entry('m', "1[0-2]|0[1-9]|[1-9]"),
            Map.entry('M', "[0-5]\\d|\\d"),
            Map.entry('S', "6[0-1]|[0-5]\\d|\\d"),
            Map.entry('U', "5[0-3]|[0-4]\\d|\\d"),
            Map.entry('W', "5[0-3]|[0-4]\\d|\\d"),
            Map.entry('w', "[0-6]"),
            Map.entry('u', "[1-7]"),
            Map.entry('V', "5[0-3]|0[1-9]|[1-4]\\d|\\d"),
            Map.entry('y', "\\d\\d"),
            Map.entry('Y', "\\d\\d\\d\\d"),
            Map.entry('z', "[+-]\\d\\d:?[0-5]\\d(?::?[0-5]\\d(?:\\.\\d{1,6})?)?|(?-i:Z)"),
            Map.entry('A', names(DAYS, 9)),
            Map.entry('a', names(DAYS, 3)),
            Map.entry('B', names(MONTHS, 9)),
            Map.entry('b', names(MONTHS, 3)),
            Map.entry('p', "am|pm"),
            Map.entry('Z', "utc|gmt"));

    private static final Map<Character, String> COMPOSED =
            Map.of('c', "%a %b %d %H:%M:%S %Y", 'x', "%m/%d/%y", 'X', "%H:%M:%S");

    private final StringBuilder regex = new StringBuilder();
    private final List<Character> directives = new ArrayList<>();
    private final Pattern pattern;

    private StrptimeFormat(String format) throws InvalidExpression {
        read(format);
        try {
            pattern = Pattern.compile(
                    regex.toString(),
                    Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
        } catch (PatternSyntaxException e) {
            throw new InvalidExpression("must have every directive once; %c, %x and %X stand for several");
        }
        checkWeeks();
    }

    /** @throws InvalidExpression if Python takes no text by this format */
    public static StrptimeFormat of(String format) throws InvalidExpression {
        return new StrptimeFormat(format);
    }

    private static String names(List<String> words, int length) {
        return String.join(
                "|",
                words.stream()
                        .map(word -> word.substring(0, Math.min(length, word.length())))
                        .sorted((a, b) -> b.length() - a.length())
                        .toList());
    }

    private void read(String format) throws InvalidExpression {
        int at = 0;
        while (at < format.length()) {
            int c = format.codePointAt(at);
            if (Character.isWhitespace(c)) {
                while (at < format.length() && Character.isWhitespace(format.charAt(at))) {
                    at++;
                }
                regex.append("[\\s\\x1c-\\x1f]+");
            } else if (c != '%') {
                regex.append(Pattern.quote(Character.toString(c)));
                at += Character.charCount(c);
            } else {
                directive(format, at + 1);
                at += 2;
            }
        }
    }

    private void directive(String format, int at) throws InvalidExpression {
        char kind = at < format.length() ? format.charAt(at) : 0;
        if (kind == '%') {
            regex.append('%');
        } else if (COMPOSED.containsKey(kind)) {
            read(COMPOSED.get(kind));
        } else if (DIRECTIVES.containsKey(kind)) {
            directives.add(kind);
            regex.append("(?<")
                    .append(kind)
                    .append('>')
                    .append(DIRECTIVES.get(kind))
                    .append(')');
        } else {
            throw new InvalidExpression(
                    "must have Python's directives after %, as %Y-%m-%d; a percent sign is written %%");
        }
    }

    private void checkWeeks() throws InvalidExpression {
        boolean year = has("yY");
        boolean weekday = has("aAwu");
        boolean isoYear = !year && has("G");
        if (isoYear && (!has("V") || !weekday || has("j"))) {
            throw new InvalidExpression("must have %V and a weekday (%A, %a, %w or %u) with %G, and no %j");
        }
        if (!isoYear && !has("UW") && has("V")) {
            throw new InvalidExpression("must have %G and a weekday (%A, %a, %w or %u) with %V, and no %Y");
        }
    }

    private boolean has(String any) {
        return directives.stream().anyMatch(directive -> any.indexOf(directive) >= 0);
    }

    /** Whether {@code strptime} takes the text. */
    public boolean accepts(String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.lookingAt() || matcher.end() != text.length()) {
            return false;
        }
        StrptimeFields fields = new StrptimeFields();
        for (char directive : directives) {
            if (!read(directive, matcher.group(String.valueOf(directive)), fields)) {
                return false;
            }
        }
        return fields.exist();
    }

    /** False for a name that is none. */
    private static boolean read(char directive, String text, StrptimeFields fields) {
        switch (directive) {
            case 'y' -> fields.year = Integer.parseInt(text) + (Integer.parseInt(text) <= 68 ? 2000 : 1900);
            case 'Y' -> fields.year = Integer.valueOf(text);
            case 'G' -> fields.isoYear = Integer.valueOf(text);
            case 'm' -> fields.month = Integer.parseInt(text);
            case 'B', 'b' -> {
                fields.month = index(MONTHS, text) + 1;
                return fields.month > 0;
            }
            case 'd' -> fields.day = Integer.parseInt(text.strip());
            case 'S' -> fields.second = Integer.parseInt(text);
            case 'A', 'a' -> {
                fields.weekday = index(DAYS, text);
                return fields.weekday >= 0;
            }
            case 'w' -> fields.weekday = (Integer.parseInt(text) + 6) % 7;
            case 'u' -> fields.weekday = Integer.parseInt(text) - 1;
            case 'j' -> fields.dayOfYear = Integer.valueOf(text);
            case 'U', 'W' -> {
                fields.week = Integer.valueOf(text);
                fields.weekFromMonday = directive == 'W';
            }
            case 'V' -> fields.isoWeek = Integer.valueOf(text);
            case 'z' -> fields.offset = text;
            default -> {
                // hours, minutes, fractions and names of zones exist if they match
            }
        }
        return true;
    }

    /** -1 for a text that matched only as Unicode folds case, such as one with a long s, of which Python makes no date either. */
    private static int index(List<String> names, String text) {
        String start = text.toLowerCase(Locale.ROOT);
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).startsWith(start)) {
                return i;
            }
        }
        return -1;
    }
}
