package io.github.camelaiflow.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.data.DataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleReaderTest {

    @Test
    void aColumnHasTheTypeAllItsCellsHave() throws IOException {
        String csv = "a,b,c,d,e,f\n1,1.5,true,007,x1,\n-2,3,FALSE,12,5,\n,,,,,\n";
        SampleReader reader = reader("s.csv", csv);
        ColumnTypes types = reader.types();
        assertThat(types.types())
                .containsExactly(
                        Map.entry("a", CellType.INTEGER),
                        Map.entry("b", CellType.NUMBER),
                        Map.entry("c", CellType.BOOLEAN),
                        Map.entry("d", CellType.TEXT),
                        Map.entry("e", CellType.TEXT));
        List<Map<String, Object>> rows = rows(reader, types);
        assertThat(rows.get(0).values()).containsExactly(1L, 1.5, true, "007", "x1", null);
        assertThat(rows.get(1).values()).containsExactly(-2L, 3.0, false, "12", "5", null);
        assertThat(rows.get(2).values()).containsOnlyNulls().hasSize(6);
    }

    @Test
    void withoutTypesCellsStayTexts() throws IOException {
        assertThat(rows(reader("s.csv", "a,b\n1, x\n"), ColumnTypes.TEXTS))
                .containsExactly(Map.of("a", "1", "b", " x"));
    }

    @Test
    void laterFilesAreReadAsTheFirstWas() throws IOException {
        ColumnTypes types = reader("1.csv", "code,n\nC1,5\n").types();
        assertThat(rows(reader("2.csv", "code,n\n77,many\n78,1.5\n"), types))
                .containsExactly(Map.of("code", "77", "n", "many"), Map.of("code", "78", "n", 1.5));
    }

    @Test
    void typesOfSeveralFilesHoldTheCellsOfAll() throws IOException {
        ColumnTypes both = reader("1.csv", "a,b\n1,1\n")
                .types()
                .with(reader("2.csv", "a,b,c\n1.5,x,2\n").types());
        assertThat(both.types().values()).containsExactly(CellType.NUMBER, CellType.TEXT, CellType.INTEGER);
    }

    @Test
    void wholeNumbersBeyondALongAndInfinityDoNotBreakIt() throws IOException {
        ColumnTypes types =
                reader("s.csv", "a,b,c\n12345678901234567890,1e999,1d\n").types();
        assertThat(types.types().values()).containsExactly(CellType.NUMBER, CellType.TEXT, CellType.TEXT);
    }

    @Test
    void jsonLinesAndAnArrayOfObjectsGiveTheSameRows() throws IOException {
        List<Map<String, Object>> lines =
                rows(reader("s.jsonl", "{\"a\":1,\"b\":[1]}\n\n{\"a\":null}\n"), ColumnTypes.TEXTS);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).containsEntry("a", 1).containsEntry("b", List.of(1));
        assertThat(rows(reader("s.json", "[{\"a\":1,\"b\":[1]},{\"a\":null}]"), ColumnTypes.TEXTS))
                .isEqualTo(lines);
    }

    @Test
    void whatIsWrongIsToldWithItsLineAndWithoutTheValue() {
        assertWrong("s.csv", "a,b\n1,2\nsecret\n", "s.csv, line 3: must have 2 cells as the header has, had 1");
        assertWrong("s.csv", "a,a\n", "s.csv, line 1: column names must be unique, twice stands a");
        assertWrong("s.csv", "a,\n", "s.csv, line 1: every column must have a name");
        assertWrong("s.csv", "a\n\"secret", "s.csv, line 2: must be CSV in UTF-8 with all quotes closed");
        assertWrong("s.jsonl", "{\"a\":1}\n{secret}", "s.jsonl, line 2: must be JSON objects in UTF-8");
        assertWrong("s.jsonl", "{\"a\":1}\n7", "s.jsonl, line 2: must be JSON objects in UTF-8");
        assertWrong("s.jsonl", "{\"a\":1}\nnull", "s.jsonl, line 2: must be JSON objects in UTF-8");
        assertThatThrownBy(() -> reader("s.xlsx", "")).hasMessageContaining("must be CSV (.csv) or JSON lines");
    }

    @Test
    void bytesThatAreNoUtf8AreTold() {
        SampleReader reader = new SampleReader(
                "s.csv", () -> new ByteArrayInputStream("a\nsecr\u00e9t\n".getBytes(StandardCharsets.ISO_8859_1)));
        assertThatThrownBy(reader::types).isInstanceOf(DataException.class).hasMessageContaining("UTF-8");
    }

    private static void assertWrong(String name, String text, String message) {
        assertThatThrownBy(() -> rows(reader(name, text), ColumnTypes.TEXTS))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret");
    }

    private static SampleReader reader(String name, String text) {
        return new SampleReader(name, () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Map<String, Object>> rows(SampleReader reader, ColumnTypes types) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        reader.read(types, rows::add);
        return rows;
    }
}
