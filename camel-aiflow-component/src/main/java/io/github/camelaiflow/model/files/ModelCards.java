package io.github.camelaiflow.model.files;

import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.data.Sha256;
import io.github.camelaiflow.model.LoadedModel;
import io.github.camelaiflow.model.ModelCard;
import io.github.camelaiflow.model.ModelCard.Golden;
import io.github.camelaiflow.model.ModelCard.GoldenRecord;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Cards of models: read, written, and made from a model file. Stateless, thread-safe. */
public final class ModelCards {

    /** The name of a version's card in its folder. */
    public static final String FILE = "card.json";

    /** What is added to the name of a model file for the name of its card. */
    public static final String SUFFIX = ".card.json";

    /** A card is small; more than 1 MiB is refused unread. */
    public static final int MAX_CARD_BYTES = 1 << 20;

    /** A file of golden records: 16 MiB. */
    public static final int MAX_GOLDEN_BYTES = 16 << 20;

    private ModelCards() {}

    /**
     * Reads a card.
     *
     * @param place where it comes from, for messages
     * @param bytes JSON in UTF-8
     * @throws ModelException naming everything that is wrong
     */
    public static ModelCard read(String place, byte[] bytes) {
        return CardReader.card(place, bytes);
    }

    /** The card as JSON in UTF-8, in an order that is always the same; {@link #read} gives an equal one. */
    public static byte[] write(ModelCard card) {
        return CardWriter.write(card);
    }

    /** Golden records as the JSON of a file that a card may name. */
    public static byte[] write(List<GoldenRecord> records) {
        return CardWriter.write(records);
    }

    /**
     * The card of a model file as it is: loads the model to learn its format and signature.
     *
     * @param file the file's name, as it stands beside the card
     * @param spec features and labels the model needs; its name becomes the card's version
     * @param rows golden records to ask; the model's answers become the expected ones. May be empty
     * @throws ModelException if the file is refused, or the model cannot answer a row
     */
    public static ModelCard describe(String file, ModelSpec spec, byte[] bytes, List<Map<String, Object>> rows) {
        LoadedModel loaded = new ModelLoader().load(spec, bytes);
        try {
            return new ModelCard(
                    null,
                    spec.name(),
                    loaded.format().toString(),
                    file,
                    bytes.length,
                    Sha256.of(bytes),
                    spec.features(),
                    spec.labels(),
                    loaded.model().signature(),
                    Map.of(),
                    null,
                    null,
                    rows.isEmpty() ? null : Golden.of(answered(loaded, rows)),
                    null,
                    Map.of());
        } finally {
            loaded.model().close();
        }
    }

    private static List<GoldenRecord> answered(LoadedModel loaded, List<Map<String, Object>> rows) {
        List<Outcome> outcomes = loaded.model().predict(new ModelInput.Rows(rows));
        List<GoldenRecord> records = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (outcomes.get(i).error() != null) {
                throw new ModelException(
                        false,
                        "record " + i + " must be one the model can score ("
                                + outcomes.get(i).error().reason() + ")");
            }
            Output output = outcomes.get(i).output();
            // a label or a number says all that is in the value
            boolean simple = output.value() == null
                    || output.value().equals(output.label())
                    || output.value().equals(output.score());
            records.add(new GoldenRecord(
                    rows.get(i),
                    null,
                    output.label(),
                    output.score(),
                    output.scores().isEmpty() ? null : output.scores(),
                    simple ? null : GoldenGate.plain(output.value())));
        }
        return records;
    }
}
