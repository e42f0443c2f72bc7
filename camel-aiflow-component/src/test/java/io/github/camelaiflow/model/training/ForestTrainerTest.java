package io.github.camelaiflow.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.FieldType;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.files.ModelLoader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Forests learn what was planted, are asked as flows ask, and refuse what nothing can be learned from. */
class ForestTrainerTest {

    private static final Schema SCHEMA = new Schema(
            "id",
            List.of(
                    Field.of("id", FieldType.TEXT),
                    Field.of("amount", FieldType.NUMBER),
                    Field.of("age", FieldType.INTEGER).optional(),
                    Field.of("type", FieldType.CATEGORY),
                    Field.of("police", FieldType.BOOLEAN),
                    Field.of("note", FieldType.TEXT)));
    private static final Instant TIME = Instant.parse("2026-11-03T12:00:00Z");

    private final TrainingSettings settings = TrainingSettings.of(SCHEMA, "label");

    /** Thefts of more than 0.6 are fraud unless the police knows. */
    private static List<Map<String, Object>> rows(int count, long seed) {
        Random random = new Random(seed);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> row = new HashMap<>();
            row.put("id", "secret-" + i);
            row.put("amount", random.nextDouble());
            row.put("age", random.nextInt(4) == 0 ? null : random.nextInt(80));
            row.put("type", random.nextBoolean() ? "theft" : "fire");
            row.put("police", random.nextInt(4) == 0);
            row.put("note", "secret " + random.nextInt());
            row.put("label", label(row));
            rows.add(row);
        }
        return rows;
    }

    private static String label(Map<String, Object> row) {
        boolean fraud =
                (double) row.get("amount") > 0.6 && "theft".equals(row.get("type")) && !(boolean) row.get("police");
        return fraud ? "fraud" : "genuine";
    }

    private LabelledRecords read(List<Map<String, Object>> rows) {
        LabelledRecords records = new LabelledRecords(settings);
        rows.forEach(records::add);
        return records;
    }

    private TrainedModel train(List<Map<String, Object>> rows) {
        return new ForestTrainer(settings).train(read(rows), "v1", TIME);
    }

    @Test
    void itLearnsWhatWasPlantedAndIsAskedAsFlowsAsk() {
        TrainedModel trained = train(rows(3000, 1));

        Model model = new ModelLoader()
                .load(ModelSpec.of("m").withMissingAllowed(Set.of("age")), trained.file())
                .model();
        List<Map<String, Object>> unseen = rows(1000, 2);
        long right = 0;
        for (Map<String, Object> row : unseen) {
            Object label = model.predict(new ModelInput.Rows(List.of(row)))
                    .get(0)
                    .output()
                    .label();
            right += row.get("label").equals(label) ? 1 : 0;
        }
        assertThat(right).isGreaterThan(980);
        assertThat(trained.card().metrics().get("accuracy")).isGreaterThan(0.98);
        assertThat(trained.card().metrics().get("auc")).isGreaterThan(0.98);
        assertThat(trained.card().metrics().get("majority")).isBetween(0.8, 0.9);
    }

    @Test
    void theCardTellsWhereItComesFromAndNothingOfKeysAndTexts() {
        TrainedModel trained = train(rows(1000, 1));

        assertThat(trained.card().lineage().parent()).isEqualTo("v1");
        assertThat(trained.card().created().toInstant()).isEqualTo(TIME);
        assertThat(trained.card().more()).containsEntry("trainedOn", 800).containsEntry("heldOut", 200);
        assertThat(trained.card().golden().records()).hasSize(20);
        trained.card().golden().records().forEach(record -> assertThat(record.record())
                .containsKeys("amount", "type", "police")
                .doesNotContainKeys("id", "note", "label"));
    }

    @Test
    void theSameRecordsGiveTheSameModel() {
        assertThat(train(rows(500, 3)).card().metrics())
                .isEqualTo(train(rows(500, 3)).card().metrics());
        assertThat(train(rows(500, 3)).card().golden())
                .isEqualTo(train(rows(500, 3)).card().golden());
    }

    @Test
    void categoriesAndTruthThatCsvReadsAsNumbersAreTheirText() {
        List<Map<String, Object>> rows = rows(500, 4);
        rows.forEach(row -> {
            row.put("label", row.get("label").equals("fraud") ? 1L : 0.0);
            row.put("type", row.get("type").equals("theft") ? 1L : 2L);
        });

        TrainedModel trained = train(rows);

        assertThat(trained.card().golden().records())
                .extracting(record -> record.label())
                .containsOnly("0", "1");
        assertThat(trained.card().golden().records())
                .extracting(record -> record.record().get("type"))
                .containsOnly("1", "2");
    }

    @Test
    void recordsWithoutTruthAreLeftOutAndCounted() {
        List<Map<String, Object>> rows = rows(1000, 1);
        change(rows, 500, row -> row.remove("label"));
        change(rows, 20, row -> row.put("amount", "secret"));

        LabelledRecords records = read(rows);

        assertThat(records.unlabelled()).isEqualTo(500);
        assertThat(records.wrong()).isZero();
        assertThat(records.count()).isEqualTo(500);
    }

    private static void change(List<Map<String, Object>> rows, int count, Consumer<Map<String, Object>> change) {
        rows.subList(0, count).forEach(change);
    }

    @Test
    void whatNothingCanBeLearnedFromIsRefusedWithoutAValue() {
        refused(rows(99, 1), "must be at least 100 with label, were 99");
        List<Map<String, Object>> one = rows(200, 1);
        one.forEach(row -> row.put("label", "secret"));
        refused(one, "must have two labels or more in label");
        List<Map<String, Object>> rare = rows(200, 1);
        change(rare, 9, row -> row.put("label", "secret"));
        refused(rare, "at least 10 records of each");
        List<Map<String, Object>> wrong = rows(200, 1);
        change(wrong, 21, row -> row.put("amount", "secret"));
        refused(wrong, "but for one in ten: 21 of 200 had not");
        List<Map<String, Object>> missing = rows(200, 1);
        change(missing, 21, row -> row.remove("police"));
        refused(missing, "but for one in ten: 21 of 200 had not");
    }

    private void refused(List<Map<String, Object>> rows, String requirement) {
        assertThatThrownBy(() -> train(rows))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(requirement)
                .hasMessageNotContaining("secret");
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> TrainingSettings.of(Schema.NONE, "label"))
                .hasMessageContaining("a record with fields");
        Schema at = new Schema(null, List.of(Field.of("a@b", FieldType.NUMBER)));
        assertThatThrownBy(() -> TrainingSettings.of(at, "label")).hasMessageContaining("must have no @");
        assertThatThrownBy(() -> new TrainingSettings(SCHEMA, "label", null, 0, 12, 0.2, 20, 1))
                .hasMessageContaining("trees must be from 1 to 1000, was 0");
        assertThatThrownBy(() -> new TrainingSettings(SCHEMA, "label", null, 1, 12, 1, 20, 1))
                .hasMessageContaining("holdOut must be above 0 and below 1");
    }
}
