package io.github.camelaiflow.validation.suggest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The shape of texts such as ids: runs of capital letters, small letters and digits with what stands between them, as one
 * regular expression. At most three shapes; texts that take more, or that are no ids, have none.
 */
final class Shapes {

    private static final Pattern WHOLE = Pattern.compile("-?\\d+");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final int SHAPES = 3;
    private static final int RUNS = 12;
    private static final int SURE = 20;
    private static final double COMMON = 0.02;
    private static final double COVERED = 0.95;

    /** Runs of the texts of one shape, each with the texts seen there. */
    private static final class Shape {
        private final String classes;
        private final List<int[]> lengths = new ArrayList<>();
        private final List<String> literals = new ArrayList<>();
        private int count;
        private int shortest = Integer.MAX_VALUE;
        private int longest;

        Shape(String classes) {
            this.classes = classes;
        }

        void add(List<String> runs) {
            int length = 0;
            for (int i = 0; i < runs.size(); i++) {
                String run = runs.get(i);
                if (count == 0) {
                    lengths.add(new int[] {run.length(), run.length()});
                    literals.add(run);
                }
                int[] range = lengths.get(i);
                range[0] = Math.min(range[0], run.length());
                range[1] = Math.max(range[1], run.length());
                if (!run.equals(literals.get(i))) {
                    literals.set(i, null);
                }
                length += run.length();
            }
            shortest = Math.min(shortest, length);
            longest = Math.max(longest, length);
            count++;
        }

        boolean isId() {
            return classes.indexOf('d') >= 0 || shortest == longest;
        }

        String regex() {
            StringBuilder regex = new StringBuilder();
            for (int i = 0; i < classes.length(); i++) {
                char kind = classes.charAt(i);
                boolean letters = kind == 'A' || kind == 'a';
                if (letters && count >= SURE && literals.get(i) != null) {
                    regex.append(literals.get(i));
                    continue;
                }
                regex.append(kind == 'A' ? "[A-Z]" : kind == 'a' ? "[a-z]" : kind == 'd' ? "\\d" : quoted(kind));
                int[] range = lengths.get(i);
                if (range[1] > 1) {
                    regex.append('{')
                            .append(range[0])
                            .append(range[0] == range[1] ? "" : "," + range[1])
                            .append('}');
                }
            }
            return regex.toString();
        }

        private static String quoted(char c) {
            return "\\.^$*+?()[]{}|".indexOf(c) >= 0 ? "\\" + c : String.valueOf(c);
        }
    }

    private Shapes() {}

    /** The regular expression of numbers where all texts are some: of one length, whole or decimal; {@code null} if not. */
    static String numbers(List<String> texts) {
        if (texts.stream().allMatch(text -> WHOLE.matcher(text).matches())) {
            int length = texts.get(0).length();
            boolean code =
                    length > 1 && texts.stream().allMatch(text -> text.length() == length && text.charAt(0) != '-');
            return code ? "^\\d{" + length + "}$" : "^" + WHOLE.pattern() + "$";
        }
        return texts.stream().allMatch(text -> DECIMAL.matcher(text).matches()) ? "^" + DECIMAL.pattern() + "$" : null;
    }

    /** The regular expression nearly all texts match as a whole; {@code null} if they have no common shape. */
    static String regex(List<String> texts) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (String text : texts) {
            StringBuilder classes = new StringBuilder();
            List<String> runs = runs(text, classes);
            if (runs != null) {
                shapes.computeIfAbsent(classes.toString(), Shape::new).add(runs);
            }
        }
        List<Shape> common = shapes.values().stream()
                .filter(shape -> shape.isId() && shape.count >= Math.max(2, COMMON * texts.size()))
                .sorted(Comparator.comparingInt((Shape shape) -> -shape.count))
                .limit(SHAPES)
                .toList();
        int covered = common.stream().mapToInt(shape -> shape.count).sum();
        if (covered == 0 || covered < COVERED * texts.size()) {
            return null;
        }
        List<String> alternatives = common.stream().map(Shape::regex).toList();
        return alternatives.size() == 1
                ? "^" + alternatives.get(0) + "$"
                : "^(" + String.join("|", alternatives) + ")$";
    }

    /** The text cut into runs of one class; {@code null} if it is empty or no id. A letter beyond ASCII makes it no id. */
    private static List<String> runs(String text, StringBuilder classes) {
        List<String> runs = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || (i > start && kind(text.charAt(i)) != kind(text.charAt(start)))) {
                if (i == start || runs.size() == RUNS) {
                    return null;
                }
                classes.append(kind(text.charAt(start)));
                runs.add(text.substring(start, i));
                start = i;
            }
        }
        return classes.chars().allMatch(c -> c > ' ' && c < 0x7F) ? runs : null;
    }

    /** Letters and digits stand for their class, anything else for itself. */
    private static char kind(char c) {
        return c >= 'A' && c <= 'Z' ? 'A' : c >= 'a' && c <= 'z' ? 'a' : c >= '0' && c <= '9' ? 'd' : c;
    }
}
