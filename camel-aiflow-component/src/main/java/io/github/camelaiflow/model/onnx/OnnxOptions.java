package io.github.camelaiflow.model.onnx;

/**
 * How ONNX Runtime runs a model.
 *
 * @param provider the execution provider, such as {@code cpu}, {@code cuda}, {@code tensorrt}, {@code coreml}; case, {@code _}
 *     and the suffix {@code ExecutionProvider} don't matter. What it doesn't take runs on the CPU.
 * @param intraOpThreads threads one operator may use; 1 runs it on the caller's thread, 0 leaves it to ONNX Runtime
 * @param interOpThreads operators that may run at once; 1 runs them one after the other, 0 leaves it to ONNX Runtime
 */
public record OnnxOptions(String provider, int intraOpThreads, int interOpThreads) {

    private static final String CPU = "cpu";

    /** Everything on the CPU and the caller's thread: exchanges are the unit of parallelism. */
    public static final OnnxOptions DEFAULT = new OnnxOptions(CPU, 1, 1);

    /** @throws IllegalArgumentException if a number of threads is negative */
    public OnnxOptions {
        if (intraOpThreads < 0 || interOpThreads < 0) {
            throw new IllegalArgumentException("numbers of threads must not be negative, were " + intraOpThreads
                    + " (intra-op) and " + interOpThreads + " (inter-op)");
        }
        provider = provider == null ? CPU : provider;
    }

    /** On the CPU. */
    public OnnxOptions(int intraOpThreads, int interOpThreads) {
        this(CPU, intraOpThreads, interOpThreads);
    }

    /** These options with what a definition says of the model file; {@code null} where it says nothing. */
    public OnnxOptions with(String otherProvider, Integer intraOp, Integer interOp) {
        return new OnnxOptions(
                otherProvider == null ? provider : otherProvider,
                intraOp == null ? intraOpThreads : intraOp,
                interOp == null ? interOpThreads : interOp);
    }
}
