package io.github.camelaiflow.validation.python;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a text with a date into words, numbers and single other characters, as dateutil's lexer does. A dot may part
 * tokens or be a decimal point; which, shows only when the token has ended.
 */
final class DateTokens {

    private enum State {
        WORD,
        NUMBER,
        DOTTED_WORD,
        DOTTED_NUMBER
    }

    private final int[] text;
    private final List<String> tokens = new ArrayList<>();
    private int at;

    private DateTokens(String text) {
        this.text = text.codePoints().filter(c -> c != 0).toArray();
    }

    static List<String> split(String text) {
        DateTokens tokens = new DateTokens(text);
        while (tokens.at < tokens.text.length) {
            tokens.next();
        }
        return tokens.tokens;
    }

    static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }

    private void next() {
        int first = text[at++];
        if (!Character.isLetter(first) && !Character.isDigit(first)) {
            tokens.add(isSpace(first) ? " " : Character.toString(first));
            return;
        }
        StringBuilder token = new StringBuilder().appendCodePoint(first);
        State state = Character.isLetter(first) ? State.WORD : State.NUMBER;
        boolean letters = false;
        while (at < text.length) {
            letters |= state == State.WORD || state == State.DOTTED_WORD;
            State after = after(state, token, text[at]);
            if (after == null) {
                break;
            }
            state = after;
            token.appendCodePoint(text[at++]);
        }
        add(token.toString(), state, letters);
    }

    /** The state after the character, {@code null} if it is no part of the token. */
    private static State after(State state, StringBuilder token, int c) {
        boolean letter = Character.isLetter(c);
        boolean digit = Character.isDigit(c);
        boolean afterDot = token.charAt(token.length() - 1) == '.';
        return switch (state) {
            case WORD -> letter ? State.WORD : c == '.' ? State.DOTTED_WORD : null;
            case NUMBER ->
                digit ? State.NUMBER : c == '.' || (c == ',' && token.length() >= 2) ? State.DOTTED_NUMBER : null;
            case DOTTED_WORD -> c == '.' || letter ? State.DOTTED_WORD : digit && afterDot ? State.DOTTED_NUMBER : null;
            case DOTTED_NUMBER ->
                c == '.' || digit ? State.DOTTED_NUMBER : letter && afterDot ? State.DOTTED_WORD : null;
        };
    }

    private void add(String token, State state, boolean letters) {
        boolean dotted = state == State.DOTTED_WORD || state == State.DOTTED_NUMBER;
        long dots = token.chars().filter(c -> c == '.').count();
        boolean ends = token.endsWith(".") || token.endsWith(",");
        String first = token;
        int part = tokens.size();
        if (dotted && (letters || dots > 1 || ends)) {
            List<String> parts = parts(token);
            first = parts.get(0);
            parts.stream().skip(1).filter(rest -> !rest.isEmpty()).forEach(tokens::add);
        }
        if (state == State.DOTTED_NUMBER && first.indexOf('.') < 0) {
            first = first.replace(',', '.');
        }
        tokens.add(part, first);
    }

    private static List<String> parts(String token) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < token.length(); i++) {
            if (token.charAt(i) == '.' || token.charAt(i) == ',') {
                parts.add(token.substring(from, i));
                parts.add(token.substring(i, i + 1));
                from = i + 1;
            }
        }
        parts.add(token.substring(from));
        return parts;
    }
}
