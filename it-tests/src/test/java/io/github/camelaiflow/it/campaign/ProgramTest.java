package io.github.camelaiflow.it.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.it.campaign.Campaign.Act;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a campaign must hold, it holds. */
final class ProgramTest {

    private static int faults(List<Act> acts, boolean ours) {
        return acts.stream()
                .filter(act -> act.setup().mode().isOurs() == ours)
                .mapToInt(act -> act.faults().size())
                .sum();
    }

    @Test
    void timesAreTakenAfterSoManyFaults() {
        assertThat(Promise.ALL)
                .extracting(promise -> promise.expected(Program.times(1)))
                .containsExactly(30L, 10L, 10L);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 1_000})
    void aLongCampaignHasAllConfigurationsOfTheNegativeControlAndTimesOfEachPromise(int faults) {
        List<Act> acts = Program.thorough(91, faults);

        assertThat(acts).extracting(act -> act.setup().seed()).doesNotHaveDuplicates();
        assertThat(acts)
                .extracting(act -> act.setup().mode())
                .containsAll(Arrays.stream(Mode.values())
                        .filter(mode -> !mode.isOurs())
                        .toList());
        assertThat(faults(acts, true)).isBetween(faults, faults + 10);
        assertThat(faults(acts, false)).isLessThanOrEqualTo(faults / 10);
        assertThat(Promise.ALL)
                .allSatisfy(promise -> assertThat(promise.expected(acts)).isPositive());
        assertThat(acts.stream()
                        .limit(16)
                        .filter(act -> !act.setup().mode().isOurs())
                        .map(act -> act.setup().mode()))
                .as("early")
                .hasSize(4)
                .doesNotHaveDuplicates();
    }
}
