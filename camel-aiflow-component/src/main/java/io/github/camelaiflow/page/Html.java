package io.github.camelaiflow.page;

/**
 * Writes HTML that is XML as well. Whatever is not a tag's or attribute's name is escaped, so nothing that is told can become
 * markup; names come from the code of pages alone. Not thread-safe.
 */
public final class Html {

    private static final char REPLACEMENT = '\uFFFD';

    private final StringBuilder out = new StringBuilder(1 << 14);

    /** An element around what the content writes; attributes are names and values in turn. */
    public void tag(String name, Runnable content, String... attributes) {
        open(name, attributes);
        out.append('>');
        content.run();
        out.append("</").append(name).append('>');
    }

    /** An element around a text. */
    public void tag(String name, String text, String... attributes) {
        tag(name, () -> text(text), attributes);
    }

    /** The head of a table: what stands in its columns; those from a place on hold numbers. */
    public void heads(int numbersFrom, String... names) {
        tag(
                "thead",
                () -> tag("tr", () -> {
                    for (int i = 0; i < names.length; i++) {
                        tag("th", names[i], "scope", "col", "class", i < numbersFrom ? "text" : "number");
                    }
                }));
    }

    /** A card that can be scrolled sideways, by keyboard too. */
    public void scrolled(String name, Runnable content) {
        tag("div", content, "class", "card scroll", "tabindex", "0", "role", "region", "aria-label", name);
    }

    /** An element without content. */
    public void empty(String name, String... attributes) {
        open(name, attributes);
        out.append("/>");
    }

    private void open(String name, String... attributes) {
        out.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            text(attributes[i + 1]);
            out.append('"');
        }
    }

    /** The text itself. Characters that HTML or XML cannot hold become U+FFFD. */
    public void text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> {
                    if (pair(text, i)) {
                        out.append(c).append(text.charAt(++i));
                    } else {
                        out.append(allowed(c) ? c : REPLACEMENT);
                    }
                }
            }
        }
    }

    private static boolean pair(String text, int i) {
        return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
    }

    private static boolean allowed(char c) {
        boolean control = Character.isISOControl(c) && c != '\t' && c != '\n';
        return !control && !Character.isSurrogate(c) && c < '\uFFFE';
    }

    /** The style sheet of the page; holds no character that would have to be escaped. */
    void style() {
        out.append("<style>").append(Style.CSS).append("</style>");
    }

    /** The page: document type, then what was written. */
    String page() {
        return "<!DOCTYPE html>\n" + out + "\n";
    }
}
