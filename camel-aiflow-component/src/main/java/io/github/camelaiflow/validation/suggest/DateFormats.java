package io.github.camelaiflow.validation.suggest;

import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Recognises texts that are dates and times, all in one of the usual formats, which it names as Python's strftime does. */
final class DateFormats {

    private static final Map<String, DateTimeFormatter> FORMATS = new LinkedHashMap<>();

    static {
        format("%Y-%m-%d", "uuuu-MM-dd");
        format("%Y-%m-%d %H:%M:%S", "uuuu-MM-dd HH:mm:ss");
        format("%Y-%m-%dT%H:%M:%S", "uuuu-MM-dd'T'HH:mm:ss");
        format("%Y-%m-%dT%H:%M:%SZ", "uuuu-MM-dd'T'HH:mm:ss'Z'");
        format("%Y-%m-%dT%H:%M:%S%z", "uuuu-MM-dd'T'HH:mm:ssxxx");
        format("%Y-%m-%d %H:%M:%S.%f", "uuuu-MM-dd HH:mm:ss.SSSSSS");
        format("%Y-%m-%dT%H:%M:%S.%f", "uuuu-MM-dd'T'HH:mm:ss.SSSSSS");
        format("%Y-%m-%d %H:%M", "uuuu-MM-dd HH:mm");
        format("%Y/%m/%d", "uuuu/MM/dd");
        format("%d.%m.%Y", "dd.MM.uuuu");
        format("%d.%m.%Y %H:%M:%S", "dd.MM.uuuu HH:mm:ss");
        format("%d.%m.%Y %H:%M", "dd.MM.uuuu HH:mm");
        format("%d/%m/%Y", "dd/MM/uuuu");
        format("%m/%d/%Y", "MM/dd/uuuu");
        format("%d-%m-%Y", "dd-MM-uuuu");
        format("%m-%d-%Y", "MM-dd-uuuu");
        format("%d %b %Y", "dd MMM uuuu");
        format("%H:%M:%S", "HH:mm:ss");
        format("%H:%M", "HH:mm");
    }

    private DateFormats() {}

    private static void format(String strftime, String pattern) {
        FORMATS.put(
                strftime, DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT));
    }

    /** The formats all texts have; more than one if day and month cannot be told apart. */
    static List<String> of(List<String> texts) {
        List<String> formats = new ArrayList<>();
        FORMATS.forEach((strftime, format) -> {
            if (texts.stream().allMatch(text -> has(format, text))) {
                formats.add(strftime);
            }
        });
        return formats;
    }

    private static boolean has(DateTimeFormatter format, String text) {
        try {
            format.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
