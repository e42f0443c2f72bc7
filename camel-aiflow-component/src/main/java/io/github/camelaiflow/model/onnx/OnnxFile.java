package io.github.camelaiflow.model.onnx;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnsafeByteOperations;
import io.github.camelaiflow.model.ModelException;
import java.util.ArrayList;
import java.util.List;

/** An ONNX file, looked through before the runtime sees it: a model whose tensors lie in other files is refused. */
public final class OnnxFile {

    private static final int EXTERNAL_DATA = OnnxMl.TensorProto.EXTERNAL_DATA_FIELD_NUMBER;
    private static final int DATA_LOCATION = OnnxMl.TensorProto.DATA_LOCATION_FIELD_NUMBER;
    private static final int MAX_DEPTH = 100;

    private final byte[] bytes;
    private final OnnxMl.ModelProto model;

    private OnnxFile(byte[] bytes, OnnxMl.ModelProto model) {
        this.bytes = bytes;
        this.model = model;
    }

    /**
     * Reads and checks a file.
     *
     * @param bytes its content, which must not be changed any more
     * @throws ModelException if the file is damaged or any tensor in it refers to another file
     */
    public static OnnxFile read(String place, byte[] bytes) {
        OnnxMl.ModelProto model = parse(place, bytes);
        check(place, model);
        return new OnnxFile(bytes, model);
    }

    private static void check(String place, OnnxMl.ModelProto model) {
        List<String> problems = new ArrayList<>();
        if (model.getOpsetImportCount() == 0) {
            problems.add("it names no operator set");
        }
        if (isExternal(model)) {
            problems.add("it keeps tensors in another file (external data), which is never read: the path could be any"
                    + " file of this machine; save the model as one file");
        }
        OnnxMlChecks.check(model.getGraph(), problems);
        if (!problems.isEmpty()) {
            throw ModelException.unfit(place, problems);
        }
    }

    /** The file's content. */
    byte[] bytes() {
        return bytes;
    }

    /** The file's content, parsed. */
    OnnxMl.ModelProto model() {
        return model;
    }

    private static OnnxMl.ModelProto parse(String place, byte[] bytes) {
        try {
            return OnnxMl.ModelProto.parseFrom(UnsafeByteOperations.unsafeWrap(bytes));
        } catch (InvalidProtocolBufferException e) {
            throw new ModelException(
                    false, "a model must be a whole ONNX file, " + place + " is truncated or damaged", e);
        }
    }

    /** Whether any tensor does, wherever one can stand: initialisers, attributes, sub-graphs, functions. */
    private static boolean isExternal(Message message) {
        if (message instanceof OnnxMl.TensorProto tensor
                && (tensor.getExternalDataCount() > 0
                        || tensor.getDataLocation() == OnnxMl.TensorProto.DataLocation.EXTERNAL)) {
            return true;
        }
        for (var entry : message.getAllFields().entrySet()) {
            if (entry.getKey().getJavaType() == FieldDescriptor.JavaType.MESSAGE && isExternalValue(entry.getValue())) {
                return true;
            }
        }
        return isExternal(message.getUnknownFields(), 0);
    }

    private static boolean isExternalValue(Object value) {
        if (value instanceof List<?> list) {
            for (Object element : list) {
                if (isExternal((Message) element)) {
                    return true;
                }
            }
            return false;
        }
        return isExternal((Message) value);
    }

    /** Fields of a newer ONNX than this parser's may hold tensors too: anything that looks like an external one is one. */
    private static boolean isExternal(UnknownFieldSet fields, int depth) {
        for (UnknownFieldSet.Field field : fields.asMap().values()) {
            for (ByteString bytes : field.getLengthDelimitedList()) {
                if (isExternal(bytes, depth)) {
                    return true;
                }
            }
            for (UnknownFieldSet group : field.getGroupList()) {
                if (isExternal(group, depth + 1)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isExternal(ByteString bytes, int depth) {
        if (depth > MAX_DEPTH) {
            return true;
        }
        try {
            UnknownFieldSet fields = UnknownFieldSet.parseFrom(bytes);
            boolean located = fields.getField(DATA_LOCATION).getVarintList().contains(1L);
            boolean listed = fields.getField(EXTERNAL_DATA).getLengthDelimitedList().stream()
                    .anyMatch(entry -> entry.toStringUtf8().contains("location"));
            return located || listed || isExternal(fields, depth + 1);
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }
}
