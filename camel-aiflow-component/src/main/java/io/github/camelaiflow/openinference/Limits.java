package io.github.camelaiflow.openinference;

/**
 * What a message may ask of memory; checked before anything is allocated for it.
 *
 * @param maxBytes the longest body taken
 * @param maxElements elements of all tensors of one message
 */
public record Limits(int maxBytes, int maxElements) {

    /** 64 MiB, and as many elements as that holds in FP32: 2^24. */
    public static final Limits DEFAULT = new Limits(64 << 20, 1 << 24);

    /** Dimensions of a tensor. */
    static final int MAX_RANK = 16;
    /** Tensors of a message, each of its inputs and outputs. */
    static final int MAX_TENSORS = 1024;
    /** Characters of an id or a name. */
    static final int MAX_NAME = 1024;
    /** Depth of JSON: a tensor's data lie four deep. */
    static final int MAX_DEPTH = MAX_RANK + 8;
    /** What the sizes of an empty tensor, without its zeros, may multiply to. */
    static final int MAX_EMPTY = 1 << 20;

    /** @throws IllegalArgumentException if a limit is below 1 */
    public Limits {
        if (maxBytes < 1 || maxElements < 1) {
            throw new IllegalArgumentException(
                    "maxBytes and maxElements must be 1 or more, were " + maxBytes + " and " + maxElements);
        }
    }
}
