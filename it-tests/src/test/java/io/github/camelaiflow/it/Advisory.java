package io.github.camelaiflow.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of {@code .ci/advisories.txt}.
 *
 * @param library group:artifact
 * @param affected versions: {@code [from,to)} with any brackets, or {@code *}
 * @param known whether an affected version is shipped, with a guard
 * @param guard what guards us, or the mend
 */
record Advisory(String id, String library, String affected, boolean known, String guard) {

    private static final Pattern RANGE = Pattern.compile("([\\[(])([^,]+),([^\\])]+)([\\])])");

    static List<Advisory> read(Path file) throws IOException {
        return Files.readAllLines(file, UTF_8).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Advisory::of)
                .toList();
    }

    static Advisory of(String line) {
        String[] parts = line.split(" \\| ", -1);
        if (parts.length != 5 || !List.of("known", "refused").contains(parts[3]) || parts[4].isBlank()) {
            throw new IllegalArgumentException("must be id | library | affected | known or refused | guard: " + line);
        }
        return new Advisory(parts[0], parts[1], parts[2], parts[3].equals("known"), parts[4]);
    }

    boolean affects(String name, String version) {
        if (!library.equals(name) || affected.equals("*")) {
            return library.equals(name);
        }
        Matcher range = RANGE.matcher(affected);
        if (!range.matches()) {
            throw new IllegalArgumentException(id + ": must be a range: " + affected);
        }
        int from = compare(version, range.group(2));
        int to = compare(version, range.group(3));
        return (range.group(1).equals("[") ? from >= 0 : from > 0)
                && (range.group(4).equals("]") ? to <= 0 : to < 0);
    }

    /** By their numbers; what follows them (Final, a qualifier) makes no difference. */
    static int compare(String one, String other) {
        String[] left = one.split("[.-]");
        String[] right = other.split("[.-]");
        for (int i = 0; i < Math.max(left.length, right.length); i++) {
            int order = Long.compare(number(left, i), number(right, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static long number(String[] parts, int index) {
        return index < parts.length && parts[index].matches("\\d{1,18}") ? Long.parseLong(parts[index]) : 0;
    }
}
