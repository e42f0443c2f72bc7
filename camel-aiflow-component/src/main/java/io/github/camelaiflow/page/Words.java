package io.github.camelaiflow.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Numbers, times and names as pages tell them, the same in every locale. */
public final class Words {

    /** No text from outside is shown at greater length. */
    private static final int LONGEST = 300;

    /** With a space that breaks no line. */
    private static final String PERCENT = "\u00A0%";

    private Words() {}

    /** A count with commas between thousands. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A count and what is counted, such as "1 value" or "2 values". */
    public static String count(long count, String one, String many) {
        return count(count) + " " + (count == 1 ? one : many);
    }

    /** A share as percent, never rounded to none or all. */
    public static String percent(double part, double whole) {
        if (whole <= 0) {
            return "–";
        }
        double percent = 100 * part / whole;
        if (part <= 0 || part >= whole) {
            return part <= 0 ? "0" + PERCENT : "100" + PERCENT;
        }
        if (percent < 0.1 || percent > 99.9) {
            return percent < 0.1 ? "< 0.1" + PERCENT : "> 99.9" + PERCENT;
        }
        return plain(BigDecimal.valueOf(percent).setScale(1, RoundingMode.HALF_UP)) + PERCENT;
    }

    /** A number by four significant digits. */
    public static String rounded(double number) {
        return Double.isFinite(number)
                ? exact(new BigDecimal(number).round(new MathContext(4, RoundingMode.HALF_UP)))
                : String.valueOf(number);
    }

    /** A number by all its digits. */
    public static String exact(double number) {
        return Double.isFinite(number) ? exact(BigDecimal.valueOf(number)) : String.valueOf(number);
    }

    private static String exact(BigDecimal number) {
        double size = Math.abs(number.doubleValue());
        return size == 0 || (size >= 1e-6 && size < 1e15)
                ? plain(number)
                : number.stripTrailingZeros().toString();
    }

    private static String plain(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(0, shortest.scale()) + "f", shortest);
    }

    /** A time to the second, in UTC. */
    public static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
    }

    /** A text, cut where it is too long. */
    public static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
