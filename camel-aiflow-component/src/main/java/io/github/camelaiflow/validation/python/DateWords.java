package io.github.camelaiflow.validation.python;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The English words dateutil knows in dates. Each look-up gives {@code null} for other words. */
final class DateWords {

    private static final Set<String> JUMPS =
            Set.of(" ", ".", ",", ";", "-", "/", "'", "at", "on", "and", "ad", "m", "t", "of", "st", "nd", "rd", "th");
    private static final Map<String, Integer> WEEKDAYS = numbered(
            "mon monday", "tue tuesday", "wed wednesday", "thu thursday", "fri friday", "sat saturday", "sun sunday");
    private static final Map<String, Integer> MONTHS = numbered(
            "",
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december");
    private static final Map<String, Integer> UNITS = numbered("h hour hours", "m minute minutes", "s second seconds");
    private static final Map<String, Integer> HALVES = numbered("am a", "pm p");

    private DateWords() {}

    private static Map<String, Integer> numbered(String... words) {
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < words.length; i++) {
            for (String word : List.of(words[i].split(" "))) {
                numbers.put(word, i);
            }
        }
        numbers.remove("");
        return Map.copyOf(numbers);
    }

    static boolean jump(String token) {
        return JUMPS.contains(lower(token));
    }

    /** Monday is 0. */
    static Integer weekday(String token) {
        return WEEKDAYS.get(lower(token));
    }

    /** January is 1. */
    static Integer month(String token) {
        return MONTHS.get(lower(token));
    }

    /** Hours are 0, minutes 1, seconds 2. */
    static Integer unit(String token) {
        return UNITS.get(lower(token));
    }

    /** Before noon is 0, after it 1. */
    static Integer half(String token) {
        return HALVES.get(lower(token));
    }

    static boolean pertains(String token) {
        return lower(token).equals("of");
    }

    static boolean utc(String token) {
        return Set.of("utc", "gmt", "z").contains(lower(token));
    }

    /** Whether the token may be a time zone's name where one is expected. NAN and INF are numbers to Python. */
    static boolean zone(String token) {
        return token.length() <= 5
                && !Set.of("NAN", "INF").contains(token)
                && (token.chars().allMatch(c -> c >= 'A' && c <= 'Z') || token.equals("z"));
    }

    private static String lower(String token) {
        return token.toLowerCase(Locale.ROOT);
    }
}
