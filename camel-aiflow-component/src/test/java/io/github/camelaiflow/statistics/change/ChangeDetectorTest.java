package io.github.camelaiflow.statistics.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelaiflow.statistics.SeededRandom;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every detector does, whatever its method. */
class ChangeDetectorTest {

    private static final int CHANGE = 3000;

    private static DetectorSettings settings(DetectorType type) {
        return DetectorSettings.of(type).withBaselineLabels(500);
    }

    private static double loss(UniformRandomProvider random, double rate) {
        return random.nextDouble() < rate ? 1 : 0;
    }

    @ParameterizedTest
    @EnumSource(DetectorType.class)
    void findsARiseAndSaysSinceWhen(DetectorType type) {
        ChangeDetector detector = settings(type).forLosses();
        assertThat(detector.status()).isEqualTo(ChangeStatus.LEARNING);
        UniformRandomProvider random = SeededRandom.stream(5, 1);
        for (int i = 0; i < CHANGE; i++) {
            assertThat(detector.add(loss(random, 0.1))).isNotEqualTo(ChangeStatus.CHANGED);
            assertThat(detector.evidence()).isBetween(0.0, detector.threshold());
        }
        assertThat(detector.status()).isIn(ChangeStatus.STABLE, ChangeStatus.WARNING);
        while (detector.add(loss(random, 0.5)) != ChangeStatus.CHANGED) {
            assertThat(detector.count()).isLessThan(CHANGE + 400);
        }
        assertThat(detector.evidence()).isGreaterThanOrEqualTo(detector.threshold());
        long delay = detector.count() - CHANGE;
        boolean fades = type == DetectorType.PAGE_HINKLEY;
        assertThat(detector.changedAgo()).isBetween(delay - 50, delay + (fades ? 300 : 60));
    }

    @ParameterizedTest
    @EnumSource(DetectorType.class)
    void anAlarmHoldsUntilAReset(DetectorType type) {
        ChangeDetector detector = settings(type).forLosses();
        UniformRandomProvider random = SeededRandom.stream(2);
        alarm(detector, random);
        DetectorState before = detector.state();
        assertThat(detector.add(0)).isEqualTo(ChangeStatus.CHANGED);
        assertThat(detector.state()).isEqualTo(before);
        detector.reset();
        assertThat(detector.status()).isEqualTo(ChangeStatus.LEARNING);
        assertThat(detector.count()).isZero();
        assertThat(detector.changedAgo()).isZero();
        alarm(detector, random);
    }

    private static void alarm(ChangeDetector detector, UniformRandomProvider random) {
        while (detector.status() != ChangeStatus.CHANGED) {
            detector.add(loss(random, detector.count() < 1000 ? 0.1 : 0.6));
            assertThat(detector.count()).isLessThan(2000);
        }
    }

    @ParameterizedTest
    @EnumSource(DetectorType.class)
    void aFallIsNoChange(DetectorType type) {
        ChangeDetector detector = settings(type).withFalseAlarms(1e6).forLosses();
        UniformRandomProvider random = SeededRandom.stream(3);
        for (int i = 0; i < 6000; i++) {
            assertThat(detector.add(loss(random, i < CHANGE ? 0.4 : 0.1))).isNotEqualTo(ChangeStatus.CHANGED);
        }
    }

    @ParameterizedTest
    @EnumSource(DetectorType.class)
    void goesOnFromAStateAsJson(DetectorType type) throws IOException {
        JsonMapper json = new JsonMapper();
        for (int kept : new int[] {0, 1, 40, 499, 500, 777, CHANGE}) {
            ChangeDetector one = settings(type).forLosses();
            UniformRandomProvider random = SeededRandom.stream(4, kept);
            for (int i = 0; i < kept; i++) {
                one.add(loss(random, 0.1));
            }
            ChangeDetector other = settings(type).forLosses();
            other.add(1);
            other.restore(json.readValue(json.writeValueAsString(one.state()), DetectorState.class));
            assertThat(other.count()).isEqualTo(one.count());
            assertThat(other.status()).isEqualTo(one.status());
            boolean evidenceKept = type != DetectorType.CONFORMAL || kept <= 500;
            for (int i = 0; evidenceKept && i < 1500; i++) {
                double loss = loss(random, i < 700 ? 0.1 : 0.3);
                assertThat(other.add(loss)).isEqualTo(one.add(loss));
                assertThat(other.evidence()).isEqualTo(one.evidence());
                assertThat(other.changedAgo()).isEqualTo(one.changedAgo());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DetectorType.class)
    void anAlarmIsKept(DetectorType type) {
        ChangeDetector one = settings(type).forLosses();
        alarm(one, SeededRandom.stream(2));
        ChangeDetector other = settings(type).forLosses();
        other.restore(one.state());
        assertThat(other.status()).isEqualTo(ChangeStatus.CHANGED);
        assertThat(other.evidence()).isEqualTo(one.evidence());
        assertThat(other.changedAgo()).isEqualTo(one.changedAgo());
    }

    @ParameterizedTest
    @EnumSource(DetectorType.class)
    void aStateThatIsNoneIsRefusedAndLeavesAFreshDetector(DetectorType type) {
        ChangeDetector detector = settings(type).forLosses();
        DetectorState fresh = detector.state();
        UniformRandomProvider random = SeededRandom.stream(6);
        for (int i = 0; i < 600; i++) {
            detector.add(loss(random, 0.1));
        }
        DetectorState good = detector.state();
        List<DetectorState> bad = new ArrayList<>();
        bad.add(new DetectorState(List.of(), List.of()));
        bad.add(new DetectorState(good.longs(), with(good.doubles(), 1.0)));
        bad.add(new DetectorState(with(good.longs(), 1L), good.doubles()));
        bad.add(new DetectorState(Collections.nCopies(good.longs().size(), -1L), good.doubles()));
        bad.add(new DetectorState(
                good.longs(), Collections.nCopies(good.doubles().size(), Double.NaN)));
        for (DetectorState state : bad) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> detector.restore(state))
                    .withMessage("a detector's state must be one that a detector of the same settings left");
            assertThat(detector.state()).isEqualTo(fresh);
        }
    }

    private static <T> List<T> with(List<T> list, T more) {
        List<T> longer = new ArrayList<>(list);
        longer.add(more);
        return longer;
    }

    @ParameterizedTest
    @EnumSource(DetectorType.class)
    void constantLossesAreNoChange(DetectorType type) {
        for (double loss : new double[] {0, 1, 0.3}) {
            ChangeDetector detector = settings(type).withFalseAlarms(1e6).forLosses();
            for (int i = 0; i < 5000; i++) {
                assertThat(detector.add(loss)).isIn(ChangeStatus.LEARNING, ChangeStatus.STABLE);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DetectorType.class)
    void aLossOutsideItsRangeIsRefusedAndNotCounted(DetectorType type) {
        ChangeDetector detector = settings(type).forLosses();
        for (double loss : new double[] {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> detector.add(loss))
                    .withMessage("a loss must be from 0 to 1");
        }
        assertThat(detector.count()).isZero();
    }

    @Test
    void wordsAreThoseOfADefinition() {
        assertThat(DetectorType.values())
                .extracting(DetectorType::word)
                .containsExactly("e-sr", "e-cusum", "conformal", "adwin", "ddm", "page-hinkley");
        assertThat(DetectorType.of("page-hinkley")).isEqualTo(DetectorType.PAGE_HINKLEY);
        assertThatThrownBy(() -> DetectorType.of("kswin"))
                .hasMessage("a detector must be one of e-sr, e-cusum, conformal, adwin, ddm, page-hinkley");
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        DetectorSettings good = DetectorSettings.of(DetectorType.E_SR);
        assertThatThrownBy(() -> good.withFalseAlarms(99)).hasMessageContaining("falseAlarms");
        assertThatThrownBy(() -> good.withFalseAlarms(Double.NaN)).hasMessageContaining("falseAlarms");
        assertThatThrownBy(() -> good.withRate(0)).hasMessageContaining("rate");
        assertThatThrownBy(() -> good.withRate(Double.NaN)).hasMessageContaining("rate");
        assertThatThrownBy(() -> good.withBaselineLabels(0)).hasMessageContaining("baselineLabels");
        assertThatThrownBy(() -> good.withEpoch(0)).hasMessageContaining("epoch");
        assertThatThrownBy(() -> good.forNumbers(new double[] {1})).isInstanceOf(IllegalStateException.class);
        DetectorSettings conformal = DetectorSettings.of(DetectorType.CONFORMAL);
        assertThatThrownBy(() -> conformal.forNumbers(new double[0])).hasMessageContaining("reference");
        assertThatThrownBy(() -> conformal.forNumbers(new double[] {Double.NaN}))
                .hasMessageContaining("number");
        assertThatThrownBy(() -> conformal.forLosses(ReferenceLosses.of(1, 2)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theChanceOfAFalseAlarmIsSaid() {
        DetectorSettings settings = DetectorSettings.of(DetectorType.E_SR);
        assertThat(settings.withRate(0.1).forLosses().falseAlarmWithin(100)).hasValue(0.01);
        assertThat(settings.withRate(0.1).forLosses().falseAlarmWithin(20_000)).hasValue(1);
        ReferenceLosses reference = ReferenceLosses.of(100, 1000);
        assertThat(settings.forLosses(reference).falseAlarmWithin(100).orElseThrow())
                .isBetween(0.05, 0.06);
        assertThat(settings.withFalseAlarms(1e6)
                        .forLosses(reference)
                        .falseAlarmWithin(100)
                        .orElseThrow())
                .isBetween(0.0005, 0.0007);
        assertThat(DetectorSettings.of(DetectorType.DDM).forLosses().falseAlarmWithin(100))
                .isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.forLosses(reference).falseAlarmWithin(-1));
    }
}
