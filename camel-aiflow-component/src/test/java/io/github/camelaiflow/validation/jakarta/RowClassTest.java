package io.github.camelaiflow.validation.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowClassTest {

    private record Hidden() {}

    @Test
    void fieldsHaveTheirTypesAndTakeValuesFromAPlaceOn() throws ReflectiveOperationException {
        RowClass type = new RowClass(List.of(String.class, int[].class, Object.class));
        Row row = type.newRow();

        row.fill(new Object[] {"skipped", "a", new int[] {1}, 2L}, 1);

        assertThat(type.type().getField(RowClass.field(0)).getType()).isEqualTo(String.class);
        assertThat(type.type().getField(RowClass.field(1)).getType()).isEqualTo(int[].class);
        assertThat(type.type().getField(RowClass.field(0)).get(row)).isEqualTo("a");
        assertThat(type.type().getField(RowClass.field(2)).get(row)).isEqualTo(2L);
        assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> row.fill(new Object[] {1, null, null}, 0));
    }

    @Test
    void onlyPublicTypesCanBeHeld() {
        assertThat(RowClass.mayHold(String.class)).isTrue();
        assertThat(RowClass.mayHold(long[][].class)).isTrue();
        assertThat(RowClass.mayHold(Hidden.class)).isFalse();
        assertThat(RowClass.mayHold(Hidden[].class)).isFalse();
    }

    @Test
    void itHasItsLimit() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new RowClass(Collections.nCopies(RowClass.MAX_FIELDS + 1, Object.class)))
                .withMessageContaining("at most 256");
    }
}
