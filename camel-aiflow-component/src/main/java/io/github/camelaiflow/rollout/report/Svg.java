package io.github.camelaiflow.rollout.report;

import java.util.Locale;

/** Writes SVG. Texts are escaped; names of tags and attributes come from this package alone. Not thread-safe. */
final class Svg {

    /** Light or dark as the reader's system has it, also where the picture stands in a page as an image. */
    private static final String STYLE = """
            text{font:12px Helvetica,Arial,sans-serif;fill:#475569}
            .bg{fill:#ffffff}.panel{fill:#f8fafc;stroke:#cbd5e1}.grid{stroke:#e2e8f0}.step{stroke:#94a3b8;stroke-dasharray:2 3}
            .title{font-size:15px;font-weight:bold;fill:#0f172a}.end{font-weight:bold;fill:#0f172a}
            .share{fill:#bfdbfe;stroke:#2563eb;stroke-width:1.5}
            .needed{stroke:#64748b;stroke-dasharray:6 4}
            .worse,.not{fill:none;stroke-width:2}.worse{stroke:#dc2626}.not{stroke:#15803d}
            .worse-text{fill:#b91c1c}.not-text{fill:#15803d}
            @media(prefers-color-scheme:dark){text{fill:#a0abba}.bg{fill:#11151b}.panel{fill:#1a2029;stroke:#2f3947}
            .grid{stroke:#2f3947}.step{stroke:#566273}.title,.end{fill:#e5e9ef}.share{fill:#1e3a66;stroke:#6d9ae2}
            .needed{stroke:#a0abba}.worse{stroke:#ff958b}.not{stroke:#62d79c}.worse-text{fill:#ff958b}.not-text{fill:#62d79c}}
            """;

    private final StringBuilder out = new StringBuilder(1 << 14);

    Svg(int width, int height, String told) {
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").append(width);
        out.append(' ').append(height).append("\" role=\"img\" aria-label=\"");
        escape(told);
        out.append("\">\n<style>\n").append(STYLE).append("</style>\n");
        rect("bg", 0, 0, width, height);
    }

    void rect(String look, double x, double y, double width, double height) {
        out.append("<rect class=\"").append(look);
        out.append("\" x=\"").append(n(x)).append("\" y=\"").append(n(y));
        out.append("\" width=\"").append(n(width)).append("\" height=\"").append(n(height));
        out.append("\"/>\n");
    }

    void line(String look, double x1, double y1, double x2, double y2) {
        path(look, "M" + n(x1) + ' ' + n(y1) + 'L' + n(x2) + ' ' + n(y2));
    }

    /** @param path what {@link #n} made of its coordinates */
    void path(String look, CharSequence path) {
        out.append("<path class=\"").append(look).append("\" d=\"").append(path).append("\"/>\n");
    }

    void text(String look, double x, double y, String anchor, String text) {
        out.append("<text class=\"")
                .append(look)
                .append("\" x=\"")
                .append(n(x))
                .append("\" y=\"")
                .append(n(y));
        out.append("\" text-anchor=\"").append(anchor).append("\">");
        escape(text);
        out.append("</text>\n");
    }

    private void escape(String text) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default ->
                    out.appendCodePoint(
                            Character.isISOControl(c) || c >= 0xD800 && c <= 0xDFFF || c == 0xFFFE || c == 0xFFFF
                                    ? 0xFFFD
                                    : c);
            }
        });
    }

    /** To a tenth of a pixel, so that the last digit of a logarithm does not show. */
    static String n(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.format(Locale.ROOT, "%.1f", number);
    }

    String end() {
        return out + "</svg>\n";
    }
}
