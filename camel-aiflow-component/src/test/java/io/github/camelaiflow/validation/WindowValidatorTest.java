package io.github.camelaiflow.validation;

import static io.github.camelaiflow.validation.Fixtures.column;
import static io.github.camelaiflow.validation.Fixtures.expect;
import static io.github.camelaiflow.validation.Fixtures.suite;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.data.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WindowValidatorTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<ValidationResult> verdicts = new ArrayList<>();
    private final RecordValidator validator =
            new RecordValidator(Schema.NONE, suite(expect("values_to_be_between", "min_value: 1, mostly: 0.9")));
    private Instant now = START;

    @AfterEach
    void close() {
        validator.close();
    }

    @Test
    void aTumblingWindowIsJudgedWhenItIsFull() {
        WindowValidator windows = windows(new WindowSettings(10, null, 1));

        windows.add(column(numbers(1, 9)));
        assertThat(verdicts).isEmpty();
        assertThat(windows.last().reason()).isEqualTo(ValidationResult.NO_DATA);

        windows.add(column(0, 1, 0, 0, 2));

        assertThat(verdicts).singleElement().satisfies(verdict -> {
            assertThat(verdict.valid()).isTrue();
            assertThat(verdict.records()).isEqualTo(10);
            assertThat(verdict.results().get(0).unexpectedCount()).isEqualTo(1);
            assertThat(verdict.results().get(0).unexpectedIndexes()).containsExactly(9);
        });
        windows.add(column(numbers(1, 6)));
        assertThat(verdicts).extracting(ValidationResult::valid).containsExactly(true, false);
        assertThat(windows.last()).isSameAs(verdicts.get(1));
        assertThat(verdicts.get(1).window().number()).isEqualTo(2);
    }

    @Test
    void aSlidingWindowIsJudgedWithEachPane() {
        WindowValidator windows = windows(new WindowSettings(8, null, 4));

        windows.add(column(1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0));

        assertThat(verdicts).extracting(ValidationResult::records).containsOnly(8);
        assertThat(verdicts)
                .extracting(verdict -> verdict.results().get(0).unexpectedCount())
                .containsExactly(1, 1, 0, 0, 2);
        assertThat(verdicts.get(0).results().get(0).unexpectedIndexes()).containsExactly(2);
        assertThat(verdicts.get(4).results().get(0).unexpectedIndexes()).containsExactly(6, 7);
        assertThat(verdicts.get(0).window().panes()).isEqualTo(4);
    }

    @Test
    void aWindowOfTimeEndsWithTheClock() {
        WindowValidator windows = windows(new WindowSettings(0, Duration.ofMinutes(1), 1));

        windows.add(column(1, 2));
        now = START.plusSeconds(59);
        windows.add(column(0));
        windows.tick();
        assertThat(verdicts).isEmpty();
        now = START.plusSeconds(60);
        windows.tick();

        assertThat(verdicts).singleElement().satisfies(verdict -> {
            assertThat(verdict.records()).isEqualTo(3);
            assertThat(verdict.valid()).isFalse();
            assertThat(verdict.window().from()).isEqualTo(START);
            assertThat(verdict.window().to()).isEqualTo(START.plusSeconds(60));
        });
        now = START.plusSeconds(400);
        windows.tick();
        windows.add(column(5));
        assertThat(verdicts).hasSize(1);
        now = START.plusSeconds(461);
        windows.add(column(6));
        assertThat(verdicts).hasSize(2);
        assertThat(verdicts.get(1).window().from()).isEqualTo(START.plusSeconds(400));
        assertThat(verdicts.get(1).records()).isEqualTo(1);
    }

    @Test
    void panesOfTimeSlideThroughQuietTimes() {
        WindowValidator windows = windows(new WindowSettings(0, Duration.ofSeconds(40), 4));

        for (int second = 0; second < 60; second += 5) {
            now = START.plusSeconds(second);
            windows.add(column(second < 5 ? 0 : 1));
        }
        now = START.plusSeconds(80);
        windows.tick();
        windows.tick();

        assertThat(verdicts)
                .extracting(verdict -> verdict.window().from().getEpochSecond() - START.getEpochSecond())
                .startsWith(0L, 10L, 20L);
        assertThat(verdicts.get(0).results().get(0).unexpectedCount()).isEqualTo(1);
        assertThat(verdicts.get(1).results().get(0).unexpectedCount()).isZero();
        assertThat(verdicts.get(0).records()).isEqualTo(8);
    }

    @Test
    void aClockThatGoesBackMakesAWindowLongerByItsLengthAtMost() {
        WindowValidator windows = windows(new WindowSettings(0, Duration.ofMinutes(1), 1));
        now = START.plus(Duration.ofDays(365));
        windows.add(column(1));

        now = START;
        windows.add(column(2));
        now = START.plusSeconds(61);
        windows.tick();

        assertThat(verdicts).singleElement().satisfies(verdict -> assertThat(verdict.records())
                .isEqualTo(2));
    }

    @Test
    void aColumnNoRecordHasFailsTheWindow() {
        WindowValidator windows = windows(new WindowSettings(2, null, 1));

        windows.add(Records.batch(List.of(Map.of("other", 1), Map.of())));

        assertThat(verdicts).singleElement().satisfies(verdict -> {
            assertThat(verdict.valid()).isFalse();
            assertThat(verdict.results().get(0).error()).contains("[c] does not exist");
        });
    }

    @Test
    void ofLongValuesOnlyTheBeginningIsKept() {
        try (RecordValidator texts = new RecordValidator(
                Schema.NONE,
                suite(expect("values_to_match_regex", "regex: ^a$"), expect("values_to_be_increasing", "")))) {
            new WindowValidator(texts, new WindowSettings(2, null, 1), ResultFormat.SUMMARY, () -> now, verdicts::add)
                    .add(column("b".repeat(1_000_000), "c".repeat(1_000_000)));
        }

        assertThat(verdicts.get(0).results().get(0).unexpectedValues())
                .allSatisfy(value -> assertThat(value.toString()).hasSize(201).endsWith("…"));
    }

    @Test
    void settingsSayWhatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WindowSettings(10, null, 17))
                .withMessageContaining("1 to 16");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WindowSettings(10, null, 3))
                .withMessageContaining("multiple of panes");
        assertThatIllegalArgumentException().isThrownBy(() -> new WindowSettings(0, null, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new WindowSettings(0, Duration.ZERO, 1));
    }

    private WindowValidator windows(WindowSettings settings) {
        return new WindowValidator(validator, settings, ResultFormat.SUMMARY, () -> now, verdicts::add);
    }

    private static Object[] numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().toArray();
    }
}
