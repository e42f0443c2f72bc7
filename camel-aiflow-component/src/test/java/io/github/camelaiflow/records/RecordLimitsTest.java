package io.github.camelaiflow.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.Records;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordLimitsTest {

    private static void assertUndecodable(String json) {
        for (Object body : new Object[] {json, json.getBytes(StandardCharsets.UTF_8)}) {
            assertThatThrownBy(() -> RecordReader.read(body))
                    .isInstanceOfSatisfying(DataException.class, e -> assertThat(e.reason())
                            .isEqualTo(DataException.Reason.UNDECODABLE))
                    .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
        }
    }

    @Test
    void aListHasAtMostAHundredThousandRecords() {
        Records most = RecordReader.read("[" + "{},".repeat(RecordReader.MOST_RECORDS - 1) + "{}]");

        assertThat(most.size()).isEqualTo(RecordReader.MOST_RECORDS);
        assertUndecodable("[" + "{},".repeat(RecordReader.MOST_RECORDS) + "{}]");
    }

    @Test
    void recordsNestTwoHundredDeep() {
        assertThat(RecordReader.read("{\"a\":".repeat(200) + "1" + "}".repeat(200))
                        .size())
                .isEqualTo(1);
        assertUndecodable("{\"a\":".repeat(201) + "1" + "}".repeat(201));
        assertUndecodable("{\"a\":".repeat(100_000));
        assertUndecodable("[".repeat(100_000) + "]".repeat(100_000));
    }

    @Test
    void numbersNamesAndTextsAreBounded() {
        assertUndecodable("{\"a\": " + "9".repeat(1_001) + "}");
        assertUndecodable("{\"" + "n".repeat(60_000) + "\": 1}");
        assertUndecodable("{\"a\": \"" + "t".repeat(2 << 20) + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{} {}", "[] []", "{} x", "[{}] 1", "", " ", "[", "[{}", "[{},]", "[{} {}]"})
    void oneWellFormedTextAndNothingAfterIt(String json) {
        assertUndecodable(json);
    }

    @Test
    void aListKeepsItsOrderAndSaysWhatIsNoRecord() {
        Records records = RecordReader.read("[{\"a\": 1}, 2, {\"a\": 3}, null, []]");

        assertThat(records.size()).isEqualTo(5);
        assertThat(records.rows().get(2)).containsEntry("a", 3);
        assertThat(records.unreadable()).containsOnlyKeys(1, 3, 4);
    }
}
