package io.github.camelaiflow.openinference;

import java.util.List;

/** Arithmetic of shapes that are not trusted. */
final class Shapes {

    private Shapes() {}

    /**
     * How many elements a shape has.
     *
     * @param most no more are taken
     * @throws ProtocolException if they are more, a size is negative, or there are too many dimensions
     */
    static int elements(String tensor, List<Long> shape, int most) {
        if (shape.size() > Limits.MAX_RANK) {
            throw new ProtocolException(
                    "the tensor " + tensor + " must have " + Limits.MAX_RANK + " dimensions or fewer");
        }
        boolean empty = false;
        long elements = 1;
        for (long size : shape) {
            if (size < 0) {
                throw new ProtocolException("the shape of tensor " + tensor + " must hold sizes of 0 or more");
            }
            empty |= size == 0;
            // both are ints by now, so that their product can't overflow
            elements = size == 0 ? elements : elements * Math.min(size, Integer.MAX_VALUE);
            int largest = empty ? Math.min(most, Limits.MAX_EMPTY) : most;
            if (elements > largest || size > Integer.MAX_VALUE) {
                throw new ProtocolException("the shape of tensor " + tensor + " must multiply to " + most
                        + " or fewer (all tensors of a message together; empty ones, without their zeros, to "
                        + Limits.MAX_EMPTY + ")");
            }
        }
        if (empty && elements > Limits.MAX_EMPTY) {
            throw new ProtocolException("the shape of the empty tensor " + tensor
                    + " must, without its zeros, multiply to " + Limits.MAX_EMPTY + " or fewer");
        }
        return empty ? 0 : (int) elements;
    }
}
