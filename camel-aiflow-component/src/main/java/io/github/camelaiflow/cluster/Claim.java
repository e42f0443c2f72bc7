package io.github.camelaiflow.cluster;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a lease's document says.
 *
 * @param owner who holds it; empty if nobody does
 * @param term how many holders there have been
 * @param length how long it holds without being renewed
 */
record Claim(String owner, long term, Duration length) {

    static final Claim NONE = new Claim("", 0, Duration.ZERO);
    private static final Pattern TEXT = Pattern.compile("term=(\\d{1,18}) ms=(\\d{1,9}) owner=(.*)");

    /** What cannot be read is held by nobody. */
    static Claim of(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? new Claim(
                        parts.group(3),
                        Long.parseLong(parts.group(1)),
                        Duration.ofMillis(Long.parseLong(parts.group(2))))
                : NONE;
    }

    String text() {
        return "term=" + term + " ms=" + length.toMillis() + " owner=" + owner;
    }
}
