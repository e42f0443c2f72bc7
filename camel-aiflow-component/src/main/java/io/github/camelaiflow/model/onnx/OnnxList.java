package io.github.camelaiflow.model.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.model.features.RowErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A list of arrays given for a sequence, in the parts of which {@link OnnxGraph} builds it. Not thread-safe. */
final class OnnxList implements OnnxFeed {

    private final OnnxInput input;
    private final List<OnnxArray> arrays;

    private OnnxList(OnnxInput input, List<OnnxArray> arrays) {
        this.input = input;
        this.arrays = arrays;
    }

    /**
     * Reads a List of arrays (or of scalars).
     *
     * @throws DataException if it is no such list
     */
    static OnnxList of(String model, OnnxInput input, Object given) {
        if (!(given instanceof List<?> list)) {
            throw OnnxArray.wrong(model, input);
        }
        List<OnnxArray> arrays = new ArrayList<>(list.size());
        for (Object element : list) {
            List<Long> shape = OnnxShapes.depth(element) == 0 ? List.of() : null;
            OnnxInput tensor = OnnxInput.tensor(input.name(), input.type(), shape);
            arrays.add(OnnxArray.of(model, tensor, element, null));
        }
        OnnxList read = new OnnxList(input, arrays);
        if (input.form() == OnnxInput.Form.SPLIT_SEQUENCE && !read.canBeSplit()) {
            throw OnnxArray.wrong(model, input);
        }
        return read;
    }

    private boolean canBeSplit() {
        return arrays.stream()
                .allMatch(array -> array.shape().length > 0
                        && Arrays.equals(rest(array), rest(arrays.get(0)))
                        && array.shape().length == arrays.get(0).shape().length);
    }

    private static long[] rest(OnnxArray array) {
        long[] shape = array.shape();
        return Arrays.copyOfRange(shape, Math.min(1, shape.length), shape.length);
    }

    @Override
    public int rows() {
        return 1;
    }

    @Override
    public void tensors(OrtEnvironment environment, Map<String, OnnxTensor> into) throws OrtException {
        int total = arrays.stream().mapToInt(array -> array.buffer().size()).sum();
        OnnxBuffer data = new OnnxBuffer(input.type(), total);
        arrays.forEach(array -> data.put(array.buffer()));
        if (input.form() == OnnxInput.Form.SPLIT_SEQUENCE) {
            OnnxBuffer lengths = new OnnxBuffer(OnnxType.INT64, arrays.size());
            arrays.forEach(array -> lengths.put(array.shape()[0]));
            long[] shape = arrays.isEmpty() ? new long[] {0} : arrays.get(0).shape();
            shape[0] = arrays.stream().mapToLong(array -> array.shape()[0]).sum();
            into.put(input.part("data"), data.tensor(environment, shape));
            into.put(input.part("lengths"), lengths.tensor(environment, arrays.size()));
            return;
        }
        into.put(input.part("data"), data.tensor(environment, total));
        shapes(environment, into);
    }

    private void shapes(OrtEnvironment environment, Map<String, OnnxTensor> into) throws OrtException {
        int count = arrays.size();
        int width = arrays.stream().mapToInt(array -> array.shape().length).reduce(1, Math::max);
        OnnxBuffer ends = new OnnxBuffer(OnnxType.INT64, count);
        OnnxBuffer starts = new OnnxBuffer(OnnxType.INT64, count);
        OnnxBuffer ranks = new OnnxBuffer(OnnxType.INT64, count);
        OnnxBuffer shapes = new OnnxBuffer(OnnxType.INT64, count * width);
        long end = 0;
        for (OnnxArray array : arrays) {
            starts.put(end);
            end += array.buffer().size();
            ends.put(end);
            ranks.put((long) array.shape().length);
            for (long size : Arrays.copyOf(array.shape(), width)) {
                shapes.put(size);
            }
        }
        into.put(input.part("starts"), starts.tensor(environment, count));
        into.put(input.part("ends"), ends.tensor(environment, count));
        into.put(input.part("ranks"), ranks.tensor(environment, count));
        into.put(input.part("shapes"), shapes.tensor(environment, count, width));
    }

    @Override
    public void report(int row, RowErrors errors) {
        RowErrors own = new RowErrors(input.name());
        arrays.forEach(array -> array.report(WHOLE, own));
        if (!own.isEmpty()) {
            errors.wrong(input.name(), input.expected() + " in range");
        }
    }
}
