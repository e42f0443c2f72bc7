package io.github.camelaiflow.model.xgboost;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.data.Scores;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.Signature;
import io.github.camelaiflow.model.features.FeatureArrays;
import io.github.camelaiflow.model.features.FeatureEncoder;
import io.github.camelaiflow.model.features.RowErrors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A model of XGBoost's JSON, answered in Java as {@code Booster.predict} does: all trees, 32-bit floats, a missing value
 * goes the way its split learned. Boosters gbtree, dart and gblinear; objectives of two classes and of several, regression,
 * ranking and counts; categorical splits by code.
 *
 * <p>Features are those the file names, else those of the spec; a field that is allowed to be missing, and is, is XGBoost's
 * missing value. Labels are those of the spec, else {@code "0"}, {@code "1"}, …; a classification's score is the
 * winner's probability, which {@code binary:hinge} has none of. Several targets are a map of them. Immutable and
 * thread-safe.
 */
public final class XgboostModel implements Model {

    private final String name;
    private final XgboostFile file;
    private final FeatureEncoder encoder;
    private final FeatureArrays arrays;
    private final List<String> outputs;
    private final Signature signature;

    private XgboostModel(
            String name, XgboostFile file, FeatureEncoder encoder, FeatureArrays arrays, List<String> outputs) {
        this.name = name;
        this.file = file;
        this.encoder = encoder;
        this.arrays = arrays;
        this.outputs = outputs;
        this.signature = new Signature(encoder.fields(), arrays.inputs(), outputs);
    }

    /** @throws ModelException if the file is damaged or refused, or doesn't fit the spec */
    public static Model load(ModelSpec spec, byte[] bytes) {
        XgboostFile file = XgboostReader.read(spec.place(), bytes);
        List<String> columns = file.names().isEmpty() ? spec.features() : file.names();
        if (columns.size() != file.features()) {
            throw ModelException.unfit(
                    spec.place(),
                    List.of("the file names no features: name its " + file.features()
                            + ", in the order of training, by `features`, which has " + columns.size()));
        }
        FeatureArrays.Type type = FeatureArrays.Type.FP32;
        FeatureEncoder encoder = FeatureEncoder.of(
                spec.place(), columns, new FeatureEncoder.Style(spec.missingAllowed(), 0, type.largest()));
        ModelSpec ordered = spec.features().isEmpty() ? spec.withFeatures(columns) : spec;
        FeatureArrays arrays = FeatureArrays.of(ordered, encoder, type);
        List<String> problems = new ArrayList<>(arrays.problems());
        for (String field : encoder.contradictions()) {
            problems.add("its features want a number and a category of the field " + field);
        }
        int expected = labelCount(file);
        if (!spec.labels().isEmpty() && spec.labels().size() != expected) {
            problems.add("labels must be " + expected + " for this model, were "
                    + spec.labels().size());
        }
        if (Set.copyOf(spec.labels()).size() < spec.labels().size()) {
            problems.add("the labels name one label twice");
        }
        if (!problems.isEmpty()) {
            throw ModelException.unfit(spec.place(), problems);
        }
        return new XgboostModel(spec.place(), file, encoder, arrays, names(spec, expected));
    }

    private static int labelCount(XgboostFile file) {
        return file.objective().labels() ? Math.max(2, file.groups()) : file.groups();
    }

    private static List<String> names(ModelSpec spec, int count) {
        return spec.labels().isEmpty()
                ? IntStream.range(0, count).mapToObj(Integer::toString).toList()
                : spec.labels();
    }

    /** Features are the fields that are read, outputs the labels or targets. */
    @Override
    public Signature signature() {
        return signature;
    }

    @Override
    public List<Outcome> predict(ModelInput input) {
        Asked asked = new Asked();
        if (input instanceof ModelInput.Tensors tensors) {
            for (double[] row : arrays.rows(tensors)) {
                asked.add(arrays.arrange(row, asked.values));
            }
        } else {
            for (Map<String, Object> row : ((ModelInput.Rows) input).rows()) {
                asked.add(encoder.encode(row, asked.values));
            }
        }
        return asked.outcomes;
    }

    /** One call: its answers so far, and what one row after the other is written to. */
    private final class Asked {

        private final List<Outcome> outcomes = new ArrayList<>();
        private final double[] values = new double[file.features()];
        private final float[] row = new float[file.features()];
        private final float[] margins = new float[file.groups()];

        void add(DataException wrong) {
            if (wrong != null) {
                outcomes.add(Outcome.failed(wrong));
                return;
            }
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) values[i];
            }
            System.arraycopy(file.base(), 0, margins, 0, margins.length);
            file.ensemble().add(row, margins);
            outcomes.add(outcome());
        }

        private Outcome outcome() {
            for (float margin : margins) {
                // so large that sums of 32-bit floats, or the exponential of one, overflow
                if (!Float.isFinite(margin) || !Double.isFinite(file.objective().answer(margin))) {
                    return Outcome.failed(RowErrors.noAnswer(name));
                }
            }
            return Outcome.of(
                    switch (file.objective()) {
                        case LOGISTIC, RAW_LOGISTIC -> label(file.objective().answer(margins[0]));
                        case HINGE -> Output.label(outputs.get(margins[0] > 0 ? 1 : 0), null, Map.of());
                        case SOFTMAX -> label(Objective.softmax(margins));
                        default -> value();
                    });
        }

        private Output label(double second) {
            return label(new double[] {1 - second, second});
        }

        private Output label(double[] probabilities) {
            int winner = 0;
            for (int i = 1; i < probabilities.length; i++) {
                winner = probabilities[i] > probabilities[winner] ? i : winner;
            }
            return Output.label(outputs.get(winner), probabilities[winner], Scores.of(outputs, probabilities));
        }

        private Output value() {
            Map<String, Double> targets = new LinkedHashMap<>();
            for (int i = 0; i < margins.length; i++) {
                targets.put(outputs.get(i), file.objective().answer(margins[i]));
            }
            return margins.length == 1
                    ? Output.value(targets.get(outputs.get(0)))
                    : new Output(Map.copyOf(targets), null, null, targets);
        }
    }

    /** Nothing: it is all on the heap. */
    @Override
    public void close() {}
}
