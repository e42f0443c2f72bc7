package io.github.camelaiflow.definition;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a window is: a number of records or a time.
 *
 * @param records how many records; 0 if it is a time
 * @param duration how long; {@code null} if it is a number of records
 */
public record WindowSize(int records, Duration duration) {

    /** What a window may be written as. */
    public static final String REQUIREMENT =
            "must be a number of records (1000) or a time with its unit (30s, 5m, 1h, 1d)";

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)?");

    /** Reads {@code 1000}, {@code 30s}, {@code 5m}; empty if the text is neither or is zero. */
    public static Optional<WindowSize> parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(matcher.group(1));
        if (number == 0) {
            return Optional.empty();
        }
        String unit = matcher.group(2);
        return Optional.of(unit == null ? new WindowSize(number, null) : new WindowSize(0, duration(number, unit)));
    }

    private static Duration duration(int number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
