package io.github.camelaiflow.drift.compatible;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares rows as Evidently or NannyML would: their names, definitions, defaults and thresholds, equal to theirs within 1e-9 (but
 * for {@code TVD}, whose p-value is a simulation). No promise is made about false alarms, because none of these thresholds knows how
 * many rows there are. For that take the tests of {@code aiflow:drift}. Immutable, thread-safe.
 *
 * <p>A column is numeric if all its values on both sides are numbers, else it has categories. Missing values (null, NaN, empty text)
 * and infinite ones are left out, as Evidently does.
 */
public final class CompatibleDistances {

    private final Library library;
    private final List<String> methods;
    private final Set<String> categories;

    private CompatibleDistances(Library library, List<String> methods, Set<String> categories) {
        this.library = library;
        this.methods = List.copyOf(methods);
        this.categories = Set.copyOf(categories);
    }

    /**
     * As Evidently's stattests (2026-05): by default one a column, chosen by the reference's rows and how many different values there
     * are; {@code wasserstein, jensenshannon, psi, kl_div, hellinger, ks, ed, t_test, cramer_von_mises, anderson, mannw, chisquare, z,
     * TVD}. The data set has drifted if half of the columns have.
     */
    public static CompatibleDistances evidently() {
        return new CompatibleDistances(new Evidently(), List.of(), Set.of());
    }

    /**
     * As NannyML's univariate methods (0.13): by default {@code jensen_shannon}; {@code kolmogorov_smirnov, wasserstein, hellinger,
     * chi2, l_infinity}. Thresholds are the mean and three standard deviations over ten chunks of the reference, so its order matters.
     */
    public static CompatibleDistances nannyml() {
        return new CompatibleDistances(new Nannyml(), List.of(), Set.of());
    }

    /**
     * The library a definition names.
     *
     * @throws IllegalArgumentException if it is neither {@code evidently} nor {@code nannyml}
     */
    public static CompatibleDistances named(String library) {
        return switch (library) {
            case "evidently" -> evidently();
            case "nannyml" -> nannyml();
            default -> throw new IllegalArgumentException("compatible must be evidently or nannyml");
        };
    }

    /**
     * This, with these methods for each column whose values they take, instead of the default.
     *
     * @throws IllegalArgumentException if the library has none of that name here
     */
    public CompatibleDistances withMethods(String... names) {
        Set<String> known = new TreeSet<>(library.methods(true));
        known.addAll(library.methods(false));
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "a method of " + library.name() + " must be one of " + String.join(", ", known));
            }
        }
        return new CompatibleDistances(library, Arrays.asList(names), categories);
    }

    /** This, taking these columns as categories even where all values are numbers. */
    public CompatibleDistances withCategories(String... columns) {
        return new CompatibleDistances(library, methods, Set.of(columns));
    }

    /**
     * Compares all columns that occur in the reference, in order of first occurrence.
     *
     * @param reference rows by column, in their order
     * @param window rows by column
     * @return one entry a column; a score that cannot be computed is NaN and no drift
     */
    public CompatibleReport compare(List<Map<String, Object>> reference, List<Map<String, Object>> window) {
        Set<String> names = new LinkedHashSet<>();
        reference.forEach(row -> names.addAll(row.keySet()));
        List<CompatibleReport.Column> columns = new ArrayList<>();
        for (String name : names) {
            boolean numeric =
                    !categories.contains(name) && RawColumn.numeric(reference, name) && RawColumn.numeric(window, name);
            RawColumn expected = RawColumn.of(reference, name, numeric);
            RawColumn seen = RawColumn.of(window, name, numeric);
            columns.add(new CompatibleReport.Column(name, numeric, distances(expected, seen)));
        }
        return new CompatibleReport(library.name(), columns, library.drifted(Collections.unmodifiableList(columns)));
    }

    private List<CompatibleReport.Distance> distances(RawColumn reference, RawColumn window) {
        if (reference.present().rows() == 0 || window.present().rows() == 0) {
            return List.of();
        }
        List<String> chosen = methods.isEmpty()
                ? List.of(library.standard(reference.present(), window.present()))
                : methods.stream()
                        .filter(library.methods(reference.numeric())::contains)
                        .toList();
        return chosen.stream()
                .map(method -> library.distance(method, reference, window))
                .toList();
    }
}
