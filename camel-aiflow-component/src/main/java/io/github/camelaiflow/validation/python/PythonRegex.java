package io.github.camelaiflow.validation.python;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compiles a regular expression written for Python's {@code re} so that Java reads it the same way: named groups,
 * {@code \Z}, {@code \v}, octal escapes, comments, {@code {,n}}, braces that are no quantifier, and the characters only Java treats as special inside
 * a class. Classes such as {@code \d} are Unicode-aware, and only {@code \n} ends a line, as in Python.
 */
public final class PythonRegex {

    private static final Pattern QUANTIFIER = Pattern.compile("\\{(\\d*)(,?)(\\d*)\\}");
    private static final Pattern OCTAL = Pattern.compile("0[0-7]{0,2}|[1-3][0-7]{2}");
    private static final Pattern OCTAL_IN_CLASS = Pattern.compile("[0-3]?[0-7]{1,2}");
    private static final Pattern NAME = Pattern.compile("\\(\\?P(<|=)(\\w+)[>)]");

    private final String source;
    private final StringBuilder java = new StringBuilder();
    private final Map<String, String> groups = new HashMap<>();
    private int at;

    private PythonRegex(String source) {
        this.source = source;
    }

    /** @throws java.util.regex.PatternSyntaxException if the expression is none, or has what Java does not know */
    public static Pattern compile(String regex) {
        PythonRegex translation = new PythonRegex(regex);
        while (translation.at < regex.length()) {
            translation.next();
        }
        return Pattern.compile(translation.java.toString(), Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES);
    }

    private void next() {
        switch (source.charAt(at)) {
            case '\\' -> escape(false);
            case '[' -> characterClass();
            case '{' -> brace();
            case '(' -> group();
            default -> java.append(source.charAt(at++));
        }
    }

    private void escape(boolean inClass) {
        if (at + 1 == source.length()) {
            java.append(source.charAt(at++));
            return;
        }
        char kind = source.charAt(at + 1);
        at += 2;
        Matcher octal = (inClass ? OCTAL_IN_CLASS : OCTAL).matcher(source).region(at - 1, source.length());
        if (octal.lookingAt()) {
            java.append("\\x{")
                    .append(Integer.toHexString(Integer.parseInt(octal.group(), 8)))
                    .append('}');
            at = octal.end();
        } else if (kind == 'Z') {
            java.append("\\z");
        } else if (kind == 'v') {
            java.append("\\x0b");
        } else if (kind == 'b' && inClass) {
            java.append("\\x08");
        } else {
            java.append('\\').append(kind);
            copyBraces(kind);
        }
    }

    /** The braces of {@code \p{L}}, which GX passes to engines other than Python's, belong to the escape. */
    private void copyBraces(char kind) {
        int end = "pPx".indexOf(kind) >= 0 && source.startsWith("{", at) ? source.indexOf('}', at) : -1;
        if (end > 0) {
            java.append(source, at, end + 1);
            at = end + 1;
        }
    }

    private void characterClass() {
        java.append(source.charAt(at++));
        if (source.startsWith("^", at)) {
            java.append(source.charAt(at++));
        }
        int first = at;
        while (at < source.length() && (source.charAt(at) != ']' || at == first)) {
            char c = source.charAt(at);
            if (c == '\\') {
                escape(true);
            } else {
                java.append("[]&".indexOf(c) >= 0 ? "\\" : "").append(c);
                at++;
            }
        }
        if (at < source.length()) {
            java.append(source.charAt(at++));
        }
    }

    private void brace() {
        Matcher quantifier = QUANTIFIER.matcher(source).region(at, source.length());
        boolean counts = quantifier.lookingAt() && !(quantifier.group(1) + quantifier.group(3)).isEmpty();
        if (!counts) {
            java.append('\\').append(source.charAt(at++));
            return;
        }
        String low = quantifier.group(1).isEmpty() ? "0" : quantifier.group(1);
        java.append('{')
                .append(low)
                .append(quantifier.group(2))
                .append(quantifier.group(3))
                .append('}');
        at = quantifier.end();
    }

    private void group() {
        int end = source.startsWith("(?#", at) ? source.indexOf(')', at) : -1;
        if (end > 0) {
            at = end + 1;
            return;
        }
        Matcher name = NAME.matcher(source).region(at, source.length());
        if (!name.lookingAt()) {
            java.append(source.charAt(at++));
            return;
        }
        boolean defines = name.group(1).equals("<");
        String group = groups.computeIfAbsent(name.group(2), any -> "group" + groups.size());
        java.append(defines ? "(?<" + group + ">" : "\\k<" + group + ">");
        at = name.end();
    }
}
