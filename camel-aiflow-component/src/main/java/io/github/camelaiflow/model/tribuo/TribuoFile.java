package io.github.camelaiflow.model.tribuo;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.github.camelaiflow.model.ModelException;
import java.util.List;
import org.tribuo.protos.core.ModelProto;

/** Reads a Tribuo model from its protobuf, after checking every class name in it. */
final class TribuoFile {

    private TribuoFile() {}

    /**
     * The model in the bytes.
     *
     * @throws ModelException if the file is damaged, names a class that isn't taken, or needs a Tribuo module that isn't
     *     there
     */
    static org.tribuo.Model<?> read(String place, byte[] bytes) {
        ModelProto proto = parse(place, bytes);
        List<String> refused = TribuoClasses.refused(proto);
        if (!refused.isEmpty()) {
            throw ModelException.unfit(place, refused);
        }
        try {
            return org.tribuo.Model.deserialize(proto);
        } catch (RuntimeException | LinkageError e) {
            throw new ModelException(false, "a Tribuo model must be consistent in itself, " + place + reason(e), e);
        } catch (StackOverflowError | OutOfMemoryError e) {
            // a damaged size or depth: what was being built is garbage now, and the JVM is as well as before
            throw new ModelException(false, "a Tribuo model must be consistent in itself, " + place + reason(e), e);
        }
    }

    private static ModelProto parse(String place, byte[] bytes) {
        try {
            return ModelProto.parseFrom(UnsafeByteOperations.unsafeWrap(bytes));
        } catch (InvalidProtocolBufferException e) {
            throw new ModelException(
                    false, "a model must be a whole Tribuo protobuf, " + place + " is truncated or damaged", e);
        }
    }

    private static String reason(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof ClassNotFoundException || root instanceof NoClassDefFoundError) {
            return " needs a class that isn't there, " + root.getMessage() + ": add the Tribuo module it is in";
        }
        return " is damaged (" + root.getClass().getSimpleName() + ")";
    }
}
