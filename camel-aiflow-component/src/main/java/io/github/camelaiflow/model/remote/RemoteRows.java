package io.github.camelaiflow.model.remote;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.model.features.FeatureEncoder;
import io.github.camelaiflow.model.features.FieldReader;
import io.github.camelaiflow.model.features.RowErrors;
import io.github.camelaiflow.openinference.Tensor;
import io.github.camelaiflow.openinference.TensorMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How rows become a request's tensors. Thread-safe; a {@link Batch} is one request's. */
sealed interface RemoteRows {

    /** The fields that are read, in order. */
    List<String> fields();

    /** Whether one request takes just one row. */
    boolean single();

    /** An empty batch with room for so many rows. */
    Batch batch(int capacity);

    /** Rows being collected for one request. */
    interface Batch {

        /** Adds a row; returns {@code null}, or what is wrong with it, and then it was not added. */
        DataException add(Map<String, Object> row);

        /** The rows that were added, by input. */
        List<Tensor> tensors();
    }

    /** All features, in the spec's order, in the rows of one tensor. */
    record Features(String model, TensorMetadata input, FeatureEncoder encoder) implements RemoteRows {

        /** Above it a double may stand for several whole numbers. */
        private static final double LARGEST_WHOLE = 1L << 53;

        @Override
        public List<String> fields() {
            return encoder.fields();
        }

        @Override
        public boolean single() {
            return input.shape().size() == 1 || input.shape().get(0) >= 0;
        }

        private int width() {
            return encoder.columns().size();
        }

        @Override
        public Batch batch(int capacity) {
            TensorBuilder builder = new TensorBuilder(input.datatype(), Math.multiplyExact(capacity, width()));
            double[] values = new double[width()];
            return new Batch() {
                @Override
                public DataException add(Map<String, Object> row) {
                    DataException wrong = encoder.encode(row, values);
                    return wrong == null ? append(builder, values) : wrong;
                }

                @Override
                public List<Tensor> tensors() {
                    long width = width();
                    List<Long> shape =
                            input.shape().size() == 1 ? List.of(width) : List.of(builder.size() / width, width);
                    return List.of(builder.tensor(input.name(), shape));
                }
            };
        }

        private DataException append(TensorBuilder builder, double[] values) {
            int before = builder.size();
            RowErrors errors = new RowErrors(model);
            for (int i = 0; i < values.length; i++) {
                if (input.datatype().floating()) {
                    builder.put(values[i]);
                } else if (Math.abs(values[i]) > LARGEST_WHOLE
                        || builder.putValue(values[i], false) != FieldReader.OK) {
                    errors.wrong(
                            FeatureEncoder.field(encoder.columns().get(i)), TensorBuilder.expected(input.datatype()));
                }
            }
            if (errors.isEmpty()) {
                return null;
            }
            builder.truncate(before);
            return errors.toException();
        }
    }

    /** One input per field, named like it, with one element per row. */
    record Named(String model, List<TensorMetadata> inputs, Set<String> missingAllowed) implements RemoteRows {

        @Override
        public List<String> fields() {
            return inputs.stream().map(TensorMetadata::name).toList();
        }

        @Override
        public boolean single() {
            return inputs.stream().anyMatch(input -> input.shape().get(0) >= 0);
        }

        @Override
        public Batch batch(int capacity) {
            return new NamedBatch(this, capacity);
        }
    }

    /** A batch of {@link Named}. */
    final class NamedBatch implements Batch {

        private final Named named;
        private final Map<TensorMetadata, TensorBuilder> builders = new LinkedHashMap<>();
        private int rows;

        private NamedBatch(Named named, int capacity) {
            this.named = named;
            named.inputs().forEach(input -> builders.put(input, new TensorBuilder(input.datatype(), capacity)));
        }

        @Override
        public DataException add(Map<String, Object> row) {
            RowErrors errors = new RowErrors(named.model());
            builders.forEach((input, builder) -> {
                Object value = row == null ? null : row.get(input.name());
                int state = builder.putValue(value, named.missingAllowed().contains(input.name()));
                if (state == FieldReader.MISSING) {
                    errors.missing(input.name());
                } else if (state == FieldReader.WRONG) {
                    errors.wrong(input.name(), TensorBuilder.expected(input.datatype()));
                }
            });
            if (errors.isEmpty()) {
                rows++;
                return null;
            }
            builders.values().forEach(builder -> builder.truncate(rows));
            return errors.toException();
        }

        @Override
        public List<Tensor> tensors() {
            List<Tensor> tensors = new ArrayList<>();
            builders.forEach((input, builder) -> {
                List<Long> shape = new ArrayList<>(input.shape());
                shape.replaceAll(size -> 1L);
                shape.set(0, (long) rows);
                tensors.add(builder.tensor(input.name(), shape));
            });
            return tensors;
        }
    }
}
