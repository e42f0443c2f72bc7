package io.github.camelaiflow.openinference;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A named tensor. Its String shows no elements.
 *
 * @param name not empty
 * @param datatype type of its elements
 * @param shape size of each dimension, 0 or more; empty for a scalar
 * @param data the elements, row-major, in the flat array of the datatype (see {@link Datatype}); not copied, so it must not
 *     be changed any more
 * @param parameters Strings, numbers (Long, Double) and Booleans by name; without those of the binary extension
 */
public record Tensor(String name, Datatype datatype, List<Long> shape, Object data, Map<String, Object> parameters) {

    /** @throws IllegalArgumentException if the array is of another type or length than datatype and shape say */
    public Tensor {
        Objects.requireNonNull(name, "name");
        shape = List.copyOf(shape);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        if (!data.getClass().isArray() || data.getClass().getComponentType() != datatype.element()) {
            throw new IllegalArgumentException("the data of " + datatype + " must be a flat array of "
                    + datatype.element().getSimpleName());
        }
        if (Shapes.elements(name, shape, Integer.MAX_VALUE) != Array.getLength(data)) {
            throw new IllegalArgumentException("the tensor " + name + " must have as many elements as its shape says");
        }
    }

    /** A tensor without parameters. */
    public static Tensor of(String name, Datatype datatype, List<Long> shape, Object data) {
        return new Tensor(name, datatype, shape, data, Map.of());
    }

    /**
     * A tensor of the elements of a Java array, nested as deep as it has dimensions: {@code boolean} gives BOOL,
     * {@code byte} INT8, {@code short} INT16, {@code int} INT32, {@code long} INT64, {@code float} FP32, {@code double}
     * FP64, {@code String} BYTES.
     *
     * @throws IllegalArgumentException if its elements are of another type or {@code null}, or if it is ragged
     */
    public static Tensor ofArray(String name, Object array) {
        return NestedArrays.tensor(name, array);
    }

    /** How many elements it has. */
    public int elements() {
        return Array.getLength(data);
    }

    /**
     * The elements in arrays nested by shape, such as {@code float[][]} for two dimensions; for a scalar the element itself.
     * BYTES are Strings if all are UTF-8, else {@code byte[]}. Of one dimension it is the tensor's own array, where that
     * has the type.
     */
    public Object nested() {
        return NestedArrays.of(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor tensor
                && name.equals(tensor.name)
                && datatype == tensor.datatype
                && shape.equals(tensor.shape)
                && parameters.equals(tensor.parameters)
                && Arrays.deepEquals(new Object[] {data}, new Object[] {tensor.data});
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, datatype, shape, parameters, Arrays.deepHashCode(new Object[] {data}));
    }

    @Override
    public String toString() {
        return "Tensor[name=" + name + ", datatype=" + datatype + ", shape=" + shape + "]";
    }
}
