package io.github.camelaiflow.validation.python;

import io.github.camelaiflow.validation.python.Token.Kind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits an expression into tokens. */
final class ExpressionLexer {

    static final int MAX_LENGTH = 100_000;

    private static final Pattern NUMBER =
            Pattern.compile("(?:\\d+(?:_\\d+)*+)?+(?:(?<=\\d)\\.\\d*|\\.\\d+)?(?:(?<=[\\d.])[eE][+-]?\\d+)?");
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*");
    private static final Pattern OPERATOR = Pattern.compile("<=>|\\*\\*|//|==|!=|<=|>=|<>|[-+*/%()\\[\\],.<>&|~^=]");
    private static final int MAX_DIGITS = 1000;

    private final String source;
    private final Syntax syntax;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private ExpressionLexer(String source, Syntax syntax) {
        this.source = source;
        this.syntax = syntax;
    }

    /** The tokens, the last of kind END. */
    static List<Token> tokens(String source, Syntax syntax) throws InvalidExpression {
        if (source.length() > MAX_LENGTH) {
            throw new InvalidExpression("must not be longer than " + MAX_LENGTH + " characters");
        }
        ExpressionLexer lexer = new ExpressionLexer(source, syntax);
        while (lexer.skipSpace()) {
            lexer.next();
        }
        lexer.tokens.add(new Token(Kind.END, "", null, source.length()));
        return lexer.tokens;
    }

    private boolean skipSpace() {
        while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
            at++;
        }
        return at < source.length();
    }

    private void next() throws InvalidExpression {
        char c = source.charAt(at);
        if (c == '\'' || c == '"') {
            text(at, false);
        } else if ((c == 'r' || c == 'R') && at + 1 < source.length() && "'\"".indexOf(source.charAt(at + 1)) >= 0) {
            text(at + 1, true);
        } else if (c == '`') {
            quotedName();
        } else if (isDigit(c) || (c == '.' && at + 1 < source.length() && isDigit(source.charAt(at + 1)))) {
            number();
        } else if (!add(Kind.NAME, syntax == Syntax.PARAMETERS ? PARAMETER : NAME) && !add(Kind.OPERATOR, OPERATOR)) {
            throw new InvalidExpression(unexpected(c), at);
        }
    }

    private static String unexpected(char c) {
        return switch (c) {
            case '@' -> "variables as @name are not supported; write the value itself";
            case '{', ';', ':' -> c + " is not supported; a condition is one comparison of columns and values";
            default -> "unexpected character " + c;
        };
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private boolean add(Kind kind, Pattern pattern) {
        Matcher matcher = pattern.matcher(source).region(at, source.length());
        if (!matcher.lookingAt()) {
            return false;
        }
        tokens.add(new Token(kind, matcher.group(), null, at));
        at = matcher.end();
        return true;
    }

    private void number() throws InvalidExpression {
        Matcher matcher = NUMBER.matcher(source).region(at, source.length());
        matcher.lookingAt();
        int end = matcher.end();
        if (end < source.length() && (Character.isLetterOrDigit(source.charAt(end)) || source.charAt(end) == '_')) {
            throw new InvalidExpression("a number must not be followed by letters; quote a text", end);
        }
        String digits = matcher.group().replace("_", "");
        if (digits.length() > MAX_DIGITS) {
            throw new InvalidExpression("a number must not have more than " + MAX_DIGITS + " digits", at);
        }
        tokens.add(new Token(Kind.NUMBER, digits, value(digits), at));
        at = end;
    }

    private static Number value(String digits) {
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Double.valueOf(digits);
        }
        BigInteger whole = new BigInteger(digits);
        return whole.bitLength() < Long.SIZE ? (Number) whole.longValue() : whole;
    }

    private void quotedName() throws InvalidExpression {
        int end = source.indexOf('`', at + 1);
        if (end < 0) {
            throw new InvalidExpression("the name's closing ` is missing", at);
        }
        tokens.add(new Token(Kind.QUOTED_NAME, source.substring(at + 1, end), null, at));
        at = end + 1;
    }

    private void text(int quoteAt, boolean raw) throws InvalidExpression {
        int start = at;
        char quote = source.charAt(quoteAt);
        StringBuilder text = new StringBuilder();
        at = quoteAt + 1;
        while (at < source.length()) {
            char c = source.charAt(at);
            if (c == '\\' && at + 1 < source.length()) {
                escape(text, raw);
            } else if (c != quote) {
                text.append(c);
                at++;
            } else if (syntax == Syntax.SQL && source.startsWith("" + quote + quote, at)) {
                text.append(quote);
                at += 2;
            } else {
                at++;
                tokens.add(new Token(Kind.TEXT, text.toString(), null, start));
                return;
            }
        }
        throw new InvalidExpression("the text's closing " + quote + " is missing", start);
    }

    private void escape(StringBuilder text, boolean raw) throws InvalidExpression {
        char kind = source.charAt(at + 1);
        int plain = "\\'\"nrtbfav".indexOf(kind);
        int digits = "xuU".indexOf(kind) < 0 ? 0 : kind == 'x' ? 2 : kind == 'u' ? 4 : 8;
        if (raw || (plain < 0 && digits == 0)) {
            text.append('\\').append(kind);
        } else if (plain >= 0) {
            text.append("\\'\"\n\r\t\b\f\u0007\u000b".charAt(plain));
        } else {
            text.appendCodePoint(codePoint(digits));
        }
        at += 2 + (raw ? 0 : digits);
    }

    private int codePoint(int digits) throws InvalidExpression {
        int from = at + 2;
        try {
            int point = Integer.parseInt(source, from, Math.min(from + digits, source.length()), 16);
            if (from + digits <= source.length() && Character.isValidCodePoint(point)) {
                return point;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new InvalidExpression("an escape must have " + digits + " hexadecimal digits of a character", at);
    }
}
