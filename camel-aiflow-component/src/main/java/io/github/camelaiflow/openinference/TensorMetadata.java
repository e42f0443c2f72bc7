package io.github.camelaiflow.openinference;

import java.util.List;

/**
 * An input or output as a model's metadata tell it.
 *
 * @param name its name
 * @param datatype type of its elements
 * @param shape size of each dimension, -1 where any is taken
 */
public record TensorMetadata(String name, Datatype datatype, List<Long> shape) {

    /** Copies the list. */
    public TensorMetadata {
        shape = List.copyOf(shape);
    }
}
