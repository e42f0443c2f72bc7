package io.github.camelaiflow.model.tribuo;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuo.VariableInfo;

/**
 * A Tribuo model of any output type. Rows become its features as {@link FeatureEncoder} says; a field that is allowed
 * to be missing, and is, simply gives no feature. Arrays are taken if the spec names the features in their order.
 * Tribuo's models only read while they predict, so one serves all threads.
 */
public final class TribuoModel<T extends Output<T>> implements Model {

    private final String name;
    private final org.tribuo.Model<T> model;
    private final FeatureEncoder encoder;
    private final FeatureArrays arrays;
    private final TribuoOutputs<T> outputs;
    private final Signature signature;
    private final String[] names;

    private TribuoModel(
            String name,
            org.tribuo.Model<T> model,
            FeatureEncoder encoder,
            FeatureArrays arrays,
            TribuoOutputs<T> outputs) {
        this.name = name;
        this.model = model;
        this.encoder = encoder;
        this.arrays = arrays;
        this.outputs = outputs;
        this.signature = new Signature(encoder.fields(), arrays.inputs(), outputs.names());
        this.names = encoder.columns().toArray(String[]::new);
    }

    /** @throws ModelException if the file is refused or damaged, or doesn't fit the spec */
    public static Model load(ModelSpec spec, byte[] bytes) {
        org.tribuo.Model<?> model = TribuoFile.read(spec.place(), bytes);
        try {
            return of(spec, model);
        } catch (ModelException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new ModelException(
                    false, "a Tribuo model must be consistent in itself, " + spec.place() + " is damaged", e);
        }
    }

    /** @throws ModelException if the model doesn't fit the spec */
    static Model of(ModelSpec spec, org.tribuo.Model<?> model) {
        return ofKnown(spec, model);
    }

    private static <T extends Output<T>> Model ofKnown(ModelSpec spec, org.tribuo.Model<?> unchecked) {
        @SuppressWarnings("unchecked") // its own output domain, in which TribuoOutputs looks, is of the same type
        org.tribuo.Model<T> model = (org.tribuo.Model<T>) unchecked;
        TribuoOutputs<T> outputs = TribuoOutputs.of(spec.place(), model);
        // sorted, since Tribuo numbers its features in that order
        Set<String> columns = new TreeSet<>();
        for (VariableInfo feature : model.getFeatureIDMap()) {
            columns.add(feature.getName());
        }
        FeatureEncoder encoder = FeatureEncoder.of(
                spec.place(),
                List.copyOf(columns),
                new FeatureEncoder.Style(spec.missingAllowed(), Double.NaN, Double.MAX_VALUE));
        FeatureArrays arrays = FeatureArrays.of(spec, encoder, FeatureArrays.Type.FP64);
        List<String> problems = new ArrayList<>(arrays.problems());
        for (String field : encoder.contradictions()) {
            problems.add("its features want a number and a category of the field " + field);
        }
        if (!spec.labels().isEmpty()) {
            problems.add("labels are given, but a Tribuo model has its own: leave them out");
        }
        if (!problems.isEmpty()) {
            throw ModelException.unfit(spec.place(), problems);
        }
        return new TribuoModel<>(spec.place(), model, encoder, arrays, outputs);
    }

    @Override
    public Signature signature() {
        return signature;
    }

    @Override
    public List<Outcome> predict(ModelInput input) {
        if (input instanceof ModelInput.Tensors tensors) {
            return predict(arrays.rows(tensors));
        }
        List<Map<String, Object>> rows = ((ModelInput.Rows) input).rows();
        List<Outcome> outcomes = new ArrayList<>(rows.size());
        double[] values = new double[names.length];
        for (Map<String, Object> row : rows) {
            DataException wrong = encoder.encode(row, values);
            outcomes.add(wrong == null ? predict(values) : Outcome.failed(wrong));
        }
        return outcomes;
    }

    private List<Outcome> predict(double[][] rows) {
        List<Outcome> outcomes = new ArrayList<>(rows.length);
        double[] values = new double[names.length];
        for (double[] row : rows) {
            DataException wrong = arrays.arrange(row, values);
            outcomes.add(wrong == null ? predict(values) : Outcome.failed(wrong));
        }
        return outcomes;
    }

    private Outcome predict(double[] values) {
        int present = 0;
        for (double value : values) {
            present += Double.isNaN(value) ? 0 : 1;
        }
        if (present == 0) {
            return Outcome.failed(new DataException(
                    Reason.MISSING_FEATURE,
                    signature.features(),
                    "model " + name + " needs at least one of its features, the record has none"));
        }
        return ask(present == values.length ? example(values) : sparse(values, present));
    }

    private Outcome ask(EncodedExample<T> example) {
        try {
            Prediction<T> prediction = model.predict(example);
            Outcome outcome = prediction.getOutput() == null ? null : outputs.outcome(prediction);
            return outcome == null ? Outcome.failed(RowErrors.noAnswer(name)) : outcome;
        } catch (RuntimeException e) {
            // without the cause: Tribuo's messages print the example
            throw new ModelException(
                    false,
                    "model " + name + " could not answer (" + e.getClass().getSimpleName() + "), it may be damaged");
        }
    }

    private EncodedExample<T> example(double[] values) {
        return new EncodedExample<>(outputs.placeholder(), names, values.clone());
    }

    private EncodedExample<T> sparse(double[] values, int present) {
        String[] presentNames = new String[present];
        double[] presentValues = new double[present];
        int next = 0;
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                presentNames[next] = names[i];
                presentValues[next++] = values[i];
            }
        }
        return new EncodedExample<>(outputs.placeholder(), presentNames, presentValues);
    }

    /** Nothing: it is all on the heap. */
    @Override
    public void close() {}
}
