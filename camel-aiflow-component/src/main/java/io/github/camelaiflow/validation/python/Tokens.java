package io.github.camelaiflow.validation.python;

import io.github.camelaiflow.validation.python.Token.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tokens of an expression while they are read: looks at the next one and takes it if it fits. */
final class Tokens {

    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Map<String, String> SQL_COMPARISONS = Map.of("=", "==", "<>", "!=");

    private final List<Token> all;
    private final boolean anyCase;
    private int at;

    Tokens(List<Token> all, boolean anyCase) {
        this.all = all;
        this.anyCase = anyCase;
    }

    Token peek() {
        return all.get(at);
    }

    Token next() {
        Token token = all.get(at);
        at += token.kind() == Kind.END ? 0 : 1;
        return token;
    }

    boolean atEnd() {
        return peek().kind() == Kind.END;
    }

    boolean take(String operator) {
        boolean there = peek().is(operator);
        at += there ? 1 : 0;
        return there;
    }

    String takeAny(String... operators) {
        for (String operator : operators) {
            if (take(operator)) {
                return operator;
            }
        }
        return null;
    }

    void expect(String operator) throws InvalidExpression {
        if (!take(operator)) {
            throw new InvalidExpression(operator + " is missing before " + peek().shown(), peek().position());
        }
    }

    boolean takeWord(String word) {
        return takeWords(word);
    }

    boolean takeWords(String... words) {
        for (int i = 0; i < words.length; i++) {
            Token token = all.get(Math.min(at + i, all.size() - 1));
            boolean same = anyCase
                    ? token.text().equalsIgnoreCase(words[i])
                    : token.text().equals(words[i]);
            if (token.kind() != Kind.NAME || !same) {
                return false;
            }
        }
        at += words.length;
        return true;
    }

    /** The comparison that comes next, as Python writes it; {@code null} if none. */
    String takeComparison(Syntax syntax) throws InvalidExpression {
        Token token = peek();
        if (token.kind() != Kind.OPERATOR) {
            return null;
        }
        String operator =
                syntax == Syntax.SQL ? SQL_COMPARISONS.getOrDefault(token.text(), token.text()) : token.text();
        if (COMPARISONS.contains(operator)) {
            at++;
            return operator;
        }
        if (token.is("=")) {
            throw new InvalidExpression("a comparison must be written ==, one = would assign", token.position());
        }
        return null;
    }

    /** The name of a named argument, when one and its {@code =} come next; else {@code null}. */
    String takeKeyword() {
        boolean there = peek().kind() == Kind.NAME && all.get(at + 1).is("=");
        String name = there ? peek().text() : null;
        at += there ? 2 : 0;
        return name;
    }

    InvalidExpression unexpected() {
        return new InvalidExpression("unexpected " + peek().shown(), peek().position());
    }
}
