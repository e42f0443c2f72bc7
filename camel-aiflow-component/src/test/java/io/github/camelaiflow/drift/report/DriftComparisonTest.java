package io.github.camelaiflow.drift.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.drift.DriftConfig;
import io.github.camelaiflow.drift.DriftStatus;
import io.github.camelaiflow.drift.Reference;
import io.github.camelaiflow.page.Pages;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DriftComparisonTest {

    private final Random random = new Random(11);
    private final Reference reference = Reference.of(Schema.NONE, rows(1000, 0));

    private List<Map<String, Object>> rows(int count, double shift) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(new TreeMap<>(Map.of("x", shift + random.nextGaussian(), "y", random.nextInt(4))));
        }
        return rows;
    }

    @Test
    void allRecordsAreOneWindow() throws IOException {
        List<Map<String, Object>> same = rows(2500, 0);
        List<Map<String, Object>> moved = rows(2500, 0.5);

        DriftComparison stable = DriftComparison.whole(reference, same::forEach, 0.05, DriftConfig.DEFAULT);
        DriftComparison drifted = DriftComparison.whole(reference, moved::forEach, 0.05, DriftConfig.DEFAULT);

        assertThat(stable.status()).isEqualTo(DriftStatus.STABLE);
        assertThat(drifted.status()).isEqualTo(DriftStatus.DRIFTED);
        assertThat(drifted.reports()).singleElement().satisfies(report -> {
            assertThat(report.records()).isEqualTo(2500);
            assertThat(report.alpha()).isEqualTo(0.05);
            assertThat(report.driftedFields()).containsExactly("x");
        });
        assertThat(drifted.left()).isZero();
        assertThat(Pages.text(drifted.html("today.csv", null)))
                .contains("Drift of today.csv", "with a chance of at most 5 %. It did.")
                .doesNotContain("1970");
    }

    @Test
    void windowAfterWindowTellsSinceWhen() throws IOException {
        List<Map<String, Object>> rows = rows(1200, 0);
        rows.addAll(rows(650, 1.5));

        DriftComparison comparison = DriftComparison.windows(
                reference, rows::forEach, DriftConfig.DEFAULT.withWindow(300).withFalseAlarms(30_000));

        assertThat(comparison.records()).isEqualTo(1850);
        assertThat(comparison.left()).isEqualTo(50);
        assertThat(comparison.history().segments().get(0).verdicts()).hasSize(6);
        long ago = comparison.reports().get(0).fields().get(0).change().sinceRecord();
        assertThat(ago).isBetween(570L, 630L);
        assertThat(Pages.text(comparison.html(null, null)))
                .contains("Changed " + ago + " records ago.")
                .contains("50 records at the end fill no window");
    }

    @Test
    void slidingWindowsLeaveOnlyWhatNoPaneHolds() throws IOException {
        List<Map<String, Object>> rows = rows(1030, 0);

        DriftComparison comparison = DriftComparison.windows(
                reference, rows::forEach, DriftConfig.DEFAULT.withWindow(400, 4).withFalseAlarms(10_000));

        assertThat(comparison.left()).isEqualTo(30);
        assertThat(comparison.history().segments().get(0).verdicts()).hasSize(7);
    }

    @Test
    void nothingToCompareIsNoData() throws IOException {
        DriftComparison comparison = DriftComparison.whole(reference, each -> {}, 0.05, DriftConfig.DEFAULT);

        assertThat(comparison.status()).isEqualTo(DriftStatus.INSUFFICIENT_DATA);
        assertThat(Pages.text(comparison.html("empty", null))).contains("No data yet");
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> DriftComparison.whole(reference, each -> {}, 0.5, DriftConfig.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("alpha must be above 0 and at most 0.1");
        assertThatThrownBy(() -> DriftComparison.windows(
                        reference, each -> {}, DriftConfig.DEFAULT.withWindow(Duration.ofDays(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("window must be a number of records");
    }
}
