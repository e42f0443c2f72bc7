package io.github.camelaiflow.model.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.model.features.FeatureEncoder;
import io.github.camelaiflow.model.features.FieldReader;
import io.github.camelaiflow.model.features.RowErrors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How rows become a model's input tensors. Thread-safe; a {@link Batch} is one call's. */
sealed interface OnnxRows {

    /** The fields that are read, in order. */
    List<String> fields();

    /** Whether one call takes just one row. */
    boolean single();

    /** An empty batch with room for so many rows. */
    Batch batch(int capacity);

    /** Rows being collected for one call. */
    interface Batch {

        /** Adds a row; returns {@code null}, or what is wrong with it, and then it was not added. */
        DataException add(Map<String, Object> row);

        /** The rows that were added, by input; the caller closes the tensors, also those made before an exception. */
        void tensors(OrtEnvironment environment, Map<String, OnnxTensor> into) throws OrtException;
    }

    /** All features, in the spec's order, in the rows of one tensor. */
    record Features(OnnxInput input, FeatureEncoder encoder) implements OnnxRows {

        @Override
        public List<String> fields() {
            return encoder.fields();
        }

        @Override
        public boolean single() {
            return input.isSingle() || input.rank() == 1 && width() > 1;
        }

        private int width() {
            return encoder.columns().size();
        }

        @Override
        public Batch batch(int capacity) {
            OnnxBuffer buffer = new OnnxBuffer(input.type(), Math.multiplyExact(capacity, width()));
            double[] values = new double[width()];
            return new Batch() {
                @Override
                public DataException add(Map<String, Object> row) {
                    DataException wrong = encoder.encode(row, values);
                    if (wrong == null) {
                        for (double value : values) {
                            buffer.put(value);
                        }
                    }
                    return wrong;
                }

                @Override
                public void tensors(OrtEnvironment environment, Map<String, OnnxTensor> into) throws OrtException {
                    long rows = buffer.size() / width();
                    long[] shape = input.rank() == 1 ? new long[] {buffer.size()} : new long[] {rows, width()};
                    into.put(input.fedName(), buffer.tensor(environment, shape));
                }
            };
        }
    }

    /** One input per field, named like it, with one element per row. */
    record Named(String model, List<OnnxInput> inputs, Set<String> missingAllowed) implements OnnxRows {

        @Override
        public List<String> fields() {
            return inputs.stream().map(OnnxInput::name).toList();
        }

        @Override
        public boolean single() {
            return inputs.isEmpty() || inputs.stream().anyMatch(OnnxInput::isSingle);
        }

        @Override
        public Batch batch(int capacity) {
            return new NamedBatch(this, capacity);
        }
    }

    /** A batch of {@link Named}. */
    final class NamedBatch implements Batch {

        private final Named named;
        private final Map<OnnxInput, OnnxBuffer> buffers = new LinkedHashMap<>();
        private int rows;

        private NamedBatch(Named named, int capacity) {
            this.named = named;
            named.inputs().forEach(input -> buffers.put(input, new OnnxBuffer(input.type(), capacity)));
        }

        @Override
        public DataException add(Map<String, Object> row) {
            RowErrors errors = new RowErrors(named.model());
            for (Map.Entry<OnnxInput, OnnxBuffer> entry : buffers.entrySet()) {
                OnnxInput input = entry.getKey();
                Object value = row == null ? null : row.get(input.name());
                boolean optional = named.missingAllowed().contains(input.name());
                int state = entry.getValue().putValue(value, optional);
                if (state == FieldReader.MISSING) {
                    errors.missing(input.name());
                } else if (state == FieldReader.WRONG) {
                    errors.wrong(input.name(), input.type().expected());
                }
            }
            if (errors.isEmpty()) {
                rows++;
                return null;
            }
            buffers.values().forEach(buffer -> buffer.truncate(rows));
            return errors.toException();
        }

        @Override
        public void tensors(OrtEnvironment environment, Map<String, OnnxTensor> into) throws OrtException {
            for (Map.Entry<OnnxInput, OnnxBuffer> entry : buffers.entrySet()) {
                OnnxInput input = entry.getKey();
                long[] shape = new long[input.rank()];
                Arrays.fill(shape, 1);
                if (shape.length > 0) {
                    shape[0] = rows;
                }
                into.put(input.fedName(), entry.getValue().tensor(environment, shape));
                input.markGiven(environment, true, into);
            }
        }
    }
}
