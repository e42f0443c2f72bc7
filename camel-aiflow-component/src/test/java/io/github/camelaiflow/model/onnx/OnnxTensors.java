package io.github.camelaiflow.model.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.platform.Fp16Conversions;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Tensors of ONNX files as Java arrays. */
final class OnnxTensors {

    private OnnxTensors() {}

    /** The tensor as a nested array, or boxed if it is a scalar; unsigned integers as bits, 16-bit floats as floats. */
    static Object array(TensorProto tensor) {
        OnnxType type = OnnxType.of(tensor.getDataType());
        int[] shape = tensor.getDimsList().stream().mapToInt(Long::intValue).toArray();
        int[] next = {0};
        if (shape.length == 0) {
            return element(tensor, type, 0);
        }
        return nested(tensor, type, shape, 0, next);
    }

    private static Object nested(TensorProto tensor, OnnxType type, int[] shape, int level, int[] next) {
        int[] rest = java.util.Arrays.copyOfRange(shape, level, shape.length);
        Object array = Array.newInstance(carrier(type), rest);
        for (int i = 0; i < shape[level]; i++) {
            boolean last = level == shape.length - 1;
            Array.set(array, i, last ? element(tensor, type, next[0]++) : nested(tensor, type, shape, level + 1, next));
        }
        return array;
    }

    private static Class<?> carrier(OnnxType type) {
        return switch (type) {
            case FLOAT, FLOAT16, BFLOAT16 -> float.class;
            case DOUBLE -> double.class;
            case INT8, UINT8 -> byte.class;
            case INT16, UINT16 -> short.class;
            case INT32, UINT32 -> int.class;
            case INT64, UINT64 -> long.class;
            case BOOL -> boolean.class;
            case STRING -> String.class;
        };
    }

    private static Object element(TensorProto tensor, OnnxType type, int index) {
        if (type == OnnxType.STRING) {
            return tensor.getStringData(index).toStringUtf8();
        }
        if (!tensor.hasRawData()) {
            return typed(tensor, type, index);
        }
        ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        int at = index * type.size();
        return switch (type) {
            case FLOAT -> raw.getFloat(at);
            case DOUBLE -> raw.getDouble(at);
            default ->
                integer(
                        type,
                        switch (type.size()) {
                            case 8 -> raw.getLong(at);
                            case 4 -> raw.getInt(at);
                            case 2 -> raw.getShort(at);
                            default -> raw.get(at);
                        });
        };
    }

    private static Object typed(TensorProto tensor, OnnxType type, int index) {
        return switch (type) {
            case FLOAT -> tensor.getFloatData(index);
            case DOUBLE -> tensor.getDoubleData(index);
            case INT64 -> tensor.getInt64Data(index);
            case UINT32, UINT64 -> integer(type, tensor.getUint64Data(index));
            default -> integer(type, tensor.getInt32Data(index));
        };
    }

    private static Object integer(OnnxType type, long bits) {
        return switch (type) {
            case FLOAT16 -> Fp16Conversions.fp16ToFloat((short) bits);
            case BFLOAT16 -> Fp16Conversions.bf16ToFloat((short) bits);
            case BOOL -> bits != 0;
            case INT8, UINT8 -> (byte) bits;
            case INT16, UINT16 -> (short) bits;
            case INT32, UINT32 -> (int) bits;
            default -> bits;
        };
    }
}
