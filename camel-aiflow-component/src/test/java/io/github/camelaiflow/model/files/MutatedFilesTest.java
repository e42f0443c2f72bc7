package io.github.camelaiflow.model.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.tribuo.ModelZoo;
import io.github.camelaiflow.model.tribuo.TrainedModels;
import io.github.camelaiflow.model.xgboost.Boosters;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Files with a bit flipped, and cut files, without a digest that would tell: each loads and answers, or is refused by a
 * ModelException, in bounded time and memory. {@code -Daiflow.mutations=1000} for the full number of each.
 */
class MutatedFilesTest {

    private static final int MUTATIONS = Integer.getInteger("aiflow.mutations", 100);
    private static final ModelSpec SPEC = ModelSpec.of("models/claims");
    private static final List<Map<String, Object>> CLAIMS = TrainedModels.claims(3, 1);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** A bit of a model of some KiB may make it some MiB, never some GiB. */
    private static final long MOST_BYTES = 64L << 20;

    @TestFactory
    Stream<DynamicTest> doNoHarm() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        ModelZoo.all().forEach((name, model) -> files.put("Tribuo " + name, TrainedModels.bytes(model)));
        for (String booster : List.of("gbtree", "dart", "gblinear")) {
            files.put("XGBoost " + booster, Boosters.claims("binary:logistic", Map.of("booster", booster)));
        }
        return files.entrySet().stream()
                .map(file -> DynamicTest.dynamicTest(
                        file.getKey(),
                        () -> assertTimeoutPreemptively(
                                Duration.ofMinutes(10), () -> assertHarmless(file.getValue()))));
    }

    private static void assertHarmless(byte[] whole) {
        Random random = new Random(42);
        int refusedFlips = 0;
        int refusedCuts = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            int bit = random.nextInt(whole.length * 8);
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            refusedFlips += refused(flipped, "bit " + bit) ? 1 : 0;
            int length = random.nextInt(whole.length);
            refusedCuts += refused(Arrays.copyOf(whole, length), "cut at " + length) ? 1 : 0;
        }
        assertThat(refusedCuts).isEqualTo(MUTATIONS);
        assertThat(refusedFlips).isPositive();
    }

    private static boolean refused(byte[] bytes, String mutation) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try (Model model = new ModelLoader().load(SPEC, bytes).model()) {
            model.predict(new ModelInput.Rows(CLAIMS));
            return false;
        } catch (ModelException e) {
            assertThat(e.retryable()).isFalse();
            assertThat(e).hasMessageContaining("models/claims");
            return true;
        } catch (DataException e) {
            return false;
        } catch (Throwable e) {
            throw new AssertionError(mutation, e);
        } finally {
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertThat(allocated).as(mutation).isLessThan(MOST_BYTES + 100L * bytes.length);
        }
    }
}
