package io.github.camelaiflow.validation.expectations;

import static io.github.camelaiflow.validation.expectations.Checks.panes;
import static io.github.camelaiflow.validation.expectations.Checks.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.validation.expectations.BatchState.Counted;
import io.github.camelaiflow.validation.expectations.ExpectationTypes.Compiled;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UniquenessSketchTest {

    private static final String UNIQUE = "expect_column_values_to_be_unique";
    private static final Memory WINDOW = new Memory(100_000, 8);

    private static List<Object> distinct(int size) {
        return IntStream.range(0, size).mapToObj(i -> (Object) ("id-" + i)).collect(Collectors.toList());
    }

    @Test
    void aFewThousandValuesAreExact() {
        List<Object> values = distinct(3_000);
        values.set(2_500, "id-7");
        values.set(2_900, "id-7");
        Compiled unique = read(UNIQUE, "column", "id");

        Finding finding = panes(unique, WINDOW, values, 375);

        assertThat(finding.approximation()).isNull();
        assertThat(finding.success()).isFalse();
        assertThat(finding.unexpected().count()).isEqualTo(3);
    }

    @Test
    void valuesMetAgainWithinAPaneAreKept() {
        List<Object> values = distinct(1_000);
        values.set(70, "id-7");
        values.set(620, "id-600");

        Finding finding = panes(read(UNIQUE, "column", "id"), WINDOW, values, 500);

        assertThat(finding.unexpected().values()).containsExactly("id-7", "id-600");
        assertThat(finding.unexpected().indexes()).containsExactly(70, 620);
        assertThat(finding.unexpected().count()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, 12_500})
    void distinctValuesAreNeverDenied(int pane) {
        Finding finding = panes(read(UNIQUE, "column", "id"), WINDOW, distinct(100_000), pane);

        assertThat(finding.success()).isTrue();
        assertThat(finding.unexpected().count()).isZero();
        assertThat(finding.unexpected().values()).isEmpty();
        assertThat(finding.approximation().lower()).isZero();
        assertThat(finding.approximation().decided()).isFalse();
        assertThat(finding.approximation().confidence()).isEqualTo(0.999);
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, 12_500})
    void manyRepeatsAreEstablished(int pane) {
        List<Object> values = distinct(100_000);
        Random random = new Random(4);
        for (int i = 0; i < 50_000; i++) {
            values.set(random.nextInt(100_000), "id-" + random.nextInt(100_000));
        }
        Compiled unique = read(UNIQUE, "column", "id");
        int exact = panes(unique, Memory.EXACT, values, 100_000).unexpected().count();

        Finding finding = panes(unique, WINDOW, values, pane);

        assertThat(finding.success()).isFalse();
        assertThat(finding.approximation().decided()).isTrue();
        assertThat((double) exact)
                .isBetween(
                        finding.approximation().lower(), finding.approximation().upper());
    }

    @ParameterizedTest
    @CsvSource({"0.99, true, false", "0.2, true, true"})
    void mostlyDecidesWithinTheBounds(double mostly, boolean success, boolean decided) {
        Finding finding = panes(
                read(UNIQUE, "column", "id", "mostly", mostly), new Memory(100_000, 100), distinct(100_000), 100_000);

        assertThat(finding.success()).isEqualTo(success);
        assertThat(finding.approximation().decided()).isEqualTo(decided);
    }

    /** While the sketch is exact it must tell values apart as a batch does. */
    @Test
    void valuesAreTheSameAsInABatch() {
        List<Object> values = new ArrayList<>(List.of(
                1, 1.0, true, "1", 0.5, new byte[] {1}, new byte[] {1}, LocalDate.EPOCH, LocalDate.EPOCH, 2, "x"));
        Compiled unique = read(UNIQUE, "column", "id");

        assertThat(panes(unique, WINDOW, values, 20).unexpected().count())
                .isEqualTo(panes(unique, Memory.EXACT, values, 20).unexpected().count())
                .isEqualTo(7);
        values.add(Map.of("a", 1));
        assertThat(panes(unique, WINDOW, values, 20).error()).contains("unhashable");
    }

    @Test
    void compoundColumnsToo() {
        Compiled compound = read("expect_compound_columns_to_be_unique", "column_list", List.of("a", "b"));
        List<Object> gap = new ArrayList<>(List.of(1));
        gap.add(null);

        Finding finding =
                panes(compound, WINDOW, List.of(List.of(1, "x"), gap, List.of("x", 1), List.of(1, "x"), gap), 9);

        assertThat(finding.unexpected().count()).isEqualTo(4);
        assertThat(finding.unexpected().values()).first().isEqualTo(Map.of("a", 1, "b", "x"));
    }

    @Test
    void mergingLeavesTheLaterStateAsItIs() {
        BatchCheck check = (BatchCheck) read(UNIQUE, "column", "id").check();
        BatchState later = check.newState(WINDOW);
        later.add("a", 0);
        BatchState earlier = check.newState(WINDOW);
        earlier.add("a", 0);
        Finding before = later.finding(new Counted(1, 0));

        earlier.merge(later, 1);

        assertThat(earlier.finding(new Counted(2, 0)).success()).isFalse();
        assertThat(later.finding(new Counted(1, 0))).isEqualTo(before);
        assertThat(before.success()).isTrue();
    }
}
