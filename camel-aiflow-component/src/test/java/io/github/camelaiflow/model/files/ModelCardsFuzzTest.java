package io.github.camelaiflow.model.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camelaiflow.model.ModelCard;
import io.github.camelaiflow.model.ModelException;

/** What lies beside model files: cards, golden records, aliases. */
class ModelCardsFuzzTest {

    @FuzzTest(maxDuration = "2m")
    void modelCards(byte[] bytes) {
        readable(() -> {
            ModelCard card = ModelCards.read("card.json", bytes);
            assertThat(ModelCards.read("card.json", ModelCards.write(card))).isEqualTo(card);
        });
        readable(() -> CardReader.records("golden.json", bytes));
        readable(() -> CardReader.aliases("aliases.json", bytes));
    }

    private static void readable(Runnable reading) {
        try {
            reading.run();
        } catch (ModelException e) {
            assertThat(e.retryable()).isFalse();
        }
    }
}
