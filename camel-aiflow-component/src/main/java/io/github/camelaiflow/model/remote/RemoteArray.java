package io.github.camelaiflow.model.remote;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.model.features.FieldReader;
import io.github.camelaiflow.model.features.RowErrors;
import io.github.camelaiflow.openinference.Datatype;
import io.github.camelaiflow.openinference.Tensor;
import io.github.camelaiflow.openinference.TensorMetadata;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A Java array as one input, its type and shape checked. Taken are arrays of the input's own type (unsigned types: of the Java
 * type of their width), numbers for floating types, and whole numbers for wider ones. Elements that are no number the type
 * holds are sent as 0, and their row is an error whatever the answer.
 */
final class RemoteArray {

    private final Tensor tensor;
    private final boolean batch;
    private final BitSet missing = new BitSet();
    private final BitSet wrong = new BitSet();

    private RemoteArray(Tensor given, TensorMetadata input, boolean batch) {
        this.batch = batch;
        this.tensor = converted(given, input == null ? given.datatype() : input.datatype());
    }

    /**
     * @param input what it must be; {@code null} if that isn't known
     * @throws DataException if its type or shape is not the input's
     */
    static RemoteArray of(String model, String name, TensorMetadata input, Object array) {
        Tensor given = tensor(name, input, array);
        boolean fits = given != null && (input == null || fits(input, given));
        if (!fits) {
            throw new DataException(
                    Reason.WRONG_FEATURE,
                    List.of(name),
                    "model " + model + " needs for its input " + name + " an array "
                            + (input == null
                                    ? "of numbers, true and false, or texts, that isn't ragged"
                                    : "of " + input.datatype() + " of shape " + input.shape()
                                            + " (-1: any), or without the first dimension for one row"));
        }
        return new RemoteArray(given, input, input == null || RemoteInputs.isBatch(input));
    }

    private static Tensor tensor(String name, TensorMetadata input, Object array) {
        try {
            Tensor tensor = Tensor.ofArray(name, array);
            boolean oneRow =
                    input != null && tensor.shape().size() == input.shape().size() - 1
                            || input == null && tensor.shape().size() == 1;
            if (oneRow) {
                List<Long> shape = new ArrayList<>(List.of(1L));
                shape.addAll(tensor.shape());
                return Tensor.of(name, tensor.datatype(), shape, tensor.data());
            }
            return tensor;
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static boolean fits(TensorMetadata input, Tensor given) {
        if (given.shape().size() != input.shape().size()) {
            return false;
        }
        for (int i = 0; i < given.shape().size(); i++) {
            long wanted = input.shape().get(i);
            boolean rows = i == 0 && RemoteInputs.isBatch(input) && wanted < 0;
            if (!rows && wanted >= 0 && wanted != given.shape().get(i)) {
                return false;
            }
        }
        return converts(given.datatype(), input.datatype());
    }

    private static boolean converts(Datatype from, Datatype to) {
        if (from == to) {
            return true;
        }
        boolean sameWidth = from.whole() && to.unsigned() && from.size() == to.size();
        boolean wider = from.whole() && to.whole() && !to.unsigned() && from.size() < to.size();
        return sameWidth || wider || to.floating() && (from.floating() || from.whole());
    }

    private Tensor converted(Tensor given, Datatype to) {
        if (!to.floating() && to.element() == given.datatype().element()) {
            return Tensor.of(given.name(), to, given.shape(), given.data());
        }
        int elements = given.elements();
        int perRow = rowsOf(given) == 0 ? 1 : Math.max(1, elements / rowsOf(given));
        TensorBuilder builder = new TensorBuilder(to, elements);
        for (int i = 0; i < elements; i++) {
            Object value = Array.get(given.data(), i);
            int state = builder.putValue(value, false);
            if (state != FieldReader.OK) {
                (state == FieldReader.MISSING ? missing : wrong).set(i / perRow);
                builder.putValue(0, false);
            }
        }
        return builder.tensor(given.name(), given.shape());
    }

    private int rowsOf(Tensor given) {
        return batch ? given.shape().get(0).intValue() : 1;
    }

    Tensor tensor() {
        return tensor;
    }

    /** How many rows the array holds. */
    int rows() {
        return rowsOf(tensor);
    }

    /** Adds what is wrong with the row, if anything is. */
    void report(int row, RowErrors errors) {
        if (missing.get(row)) {
            errors.missing(tensor.name());
        } else if (wrong.get(row)) {
            errors.wrong(tensor.name(), TensorBuilder.expected(tensor.datatype()));
        }
    }
}
