package io.github.camelaiflow;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.definition.DefinitionException;
import io.github.camelaiflow.definition.FeedbackSettings;
import io.github.camelaiflow.feedback.estimate.BaselineRow;
import io.github.camelaiflow.feedback.outcome.Loss;
import io.github.camelaiflow.feedback.outcome.Outcome;
import io.github.camelaiflow.feedback.outcome.Predicted;
import io.github.camelaiflow.feedback.outcome.Truth;
import io.github.camelaiflow.records.ColumnTypes;
import io.github.camelaiflow.records.SampleReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Reads records with score and truth: how good the model was when all was well. */
final class BaselineReader {

    private static final int MOST_ROWS = 50_000;
    private static final double HALF = 0.5;

    private final String place;
    private final FeedbackSettings settings;
    private final List<String> fields;
    private final DeclaredValues values;

    /** @param place of the settings, for messages */
    BaselineReader(String place, FeedbackSettings settings, Schema schema) {
        this.place = place;
        this.settings = settings;
        this.values = new DeclaredValues(schema);
        this.fields = schema.fields().stream()
                .map(Field::name)
                .filter(name -> !name.equals(schema.key()))
                .toList();
    }

    /**
     * The first 50,000 rows.
     *
     * @throws DefinitionException if the file is wrong, a column is missing, or there is no positive label
     */
    List<BaselineRow> read(String resource, byte[] bytes) {
        if (settings.positive() == null) {
            throw wrong("positive must say which label the score is the probability of");
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        try {
            SampleReader reader = new SampleReader(resource, () -> new ByteArrayInputStream(bytes));
            ColumnTypes types = reader.types();
            reader.read(types, row -> {
                if (rows.size() < MOST_ROWS) {
                    rows.add(row);
                }
            });
        } catch (DataException e) {
            throw wrong("baseline.reference: " + e.getMessage());
        } catch (IOException e) {
            throw wrong("baseline.reference: cannot be read");
        }
        return rows(rows);
    }

    private List<BaselineRow> rows(List<Map<String, Object>> rows) {
        FeedbackSettings.Baseline columns = settings.baseline();
        if (rows.isEmpty()) {
            throw wrong("baseline.reference: must have records, has none");
        }
        TreeSet<String> truths = new TreeSet<>();
        for (int i = 0; i < rows.size(); i++) {
            truths.add(text(rows.get(i), columns.truth(), i));
        }
        if (!truths.remove(settings.positive())) {
            throw wrong("positive must be one of the truths in column " + columns.truth() + " of baseline.reference");
        }
        String other = truths.isEmpty() ? "other" : truths.first();
        List<BaselineRow> read = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            Map<String, Object> row = rows.get(i);
            double p = row.get(columns.score()) instanceof Number score ? score.doubleValue() : Double.NaN;
            if (!(p >= 0 && p <= 1)) {
                throw wrong("baseline.reference: record " + (i + 1) + " must have a probability from 0 to 1 in column "
                        + columns.score());
            }
            String label =
                    columns.label() == null ? p >= HALF ? settings.positive() : other : text(row, columns.label(), i);
            read.add(new BaselineRow(
                    Map.of(settings.positive(), p), label, text(row, columns.truth(), i), values.of(row, fields)));
        }
        return read;
    }

    private String text(Map<String, Object> row, String column, int index) {
        Object value = row.get(column);
        String text = value instanceof Boolean ? value.toString() : LabelReader.plain(value);
        if (text == null) {
            throw wrong("baseline.reference: record " + (index + 1) + " must have a label in column " + column);
        }
        return text;
    }

    private DefinitionException wrong(String what) {
        return new DefinitionException(List.of(place + ": feedback." + what));
    }

    /** The loss of each row that has one. */
    static double[] losses(List<BaselineRow> rows, Loss loss) {
        return rows.stream()
                .mapToDouble(row -> loss(row, loss))
                .filter(Double::isFinite)
                .toArray();
    }

    static double loss(BaselineRow row, Loss loss) {
        Predicted predicted = new Predicted(
                "baseline", null, "baseline", null, row.label(), Double.NaN, row.scores(), null, Instant.EPOCH);
        Truth truth = new Truth(row.truth(), Double.NaN, 1, Instant.EPOCH);
        return loss.of(new Outcome(predicted, truth), Double.NaN);
    }
}
