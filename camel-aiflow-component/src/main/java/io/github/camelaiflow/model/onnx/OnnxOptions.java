package io.github.camelaiflow.model.onnx;

/**
 * How ONNX Runtime runs a model.
 *
 * @param intraOpThreads threads one operator may use; 1 runs it on the caller's thread, 0 leaves it to ONNX Runtime
 * @param interOpThreads operators that may run at once; 1 runs them one after the other, 0 leaves it to ONNX Runtime
 */
public record OnnxOptions(int intraOpThreads, int interOpThreads) {

    /** Everything on the caller's thread: exchanges are the unit of parallelism. */
    public static final OnnxOptions DEFAULT = new OnnxOptions(1, 1);

    /** @throws IllegalArgumentException if a number of threads is negative */
    public OnnxOptions {
        if (intraOpThreads < 0 || interOpThreads < 0) {
            throw new IllegalArgumentException("numbers of threads must not be negative, were " + intraOpThreads
                    + " (intra-op) and " + interOpThreads + " (inter-op)");
        }
    }
}
