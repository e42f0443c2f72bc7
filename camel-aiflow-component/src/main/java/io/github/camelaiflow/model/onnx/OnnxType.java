package io.github.camelaiflow.model.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;

/** The elements of tensors that can be given to ONNX Runtime's Java API, or taken from it. */
enum OnnxType {
    FLOAT("FP32", DataType.FLOAT, OnnxJavaType.FLOAT, Float.MAX_VALUE),
    DOUBLE("FP64", DataType.DOUBLE, OnnxJavaType.DOUBLE, Double.MAX_VALUE),
    FLOAT16("FP16", DataType.FLOAT16, OnnxJavaType.FLOAT16, 65504),
    BFLOAT16("BF16", DataType.BFLOAT16, OnnxJavaType.BFLOAT16, 0x1.FEp127),
    INT8("INT8", DataType.INT8, OnnxJavaType.INT8, Byte.MAX_VALUE),
    INT16("INT16", DataType.INT16, OnnxJavaType.INT16, Short.MAX_VALUE),
    INT32("INT32", DataType.INT32, OnnxJavaType.INT32, Integer.MAX_VALUE),
    INT64("INT64", DataType.INT64, OnnxJavaType.INT64, Long.MAX_VALUE),
    UINT8("UINT8", DataType.UINT8, OnnxJavaType.UINT8, 0xFF),
    // the Java API makes no tensors of these three: see OnnxGraph
    UINT16("UINT16", DataType.UINT16, OnnxJavaType.INT16, 0xFFFF),
    UINT32("UINT32", DataType.UINT32, OnnxJavaType.INT32, 0xFFFFFFFFL),
    UINT64("UINT64", DataType.UINT64, OnnxJavaType.INT64, 0x1p64),
    BOOL("BOOL", DataType.BOOL, OnnxJavaType.BOOL, 1),
    STRING("BYTES", DataType.STRING, OnnxJavaType.STRING, 0);

    private static final String PREFIX = "ONNX_TENSOR_ELEMENT_DATA_TYPE_";

    private final String datatype;
    private final DataType proto;
    private final OnnxJavaType fedAs;
    private final double largest;

    OnnxType(String datatype, DataType proto, OnnxJavaType fedAs, double largest) {
        this.datatype = datatype;
        this.proto = proto;
        this.fedAs = fedAs;
        this.largest = largest;
    }

    /** The type of that number in ONNX's {@code TensorProto.DataType}; {@code null} if it can't be handed over. */
    static OnnxType of(int number) {
        for (OnnxType type : values()) {
            if (type.number() == number) {
                return type;
            }
        }
        return null;
    }

    /** The type of a tensor's elements; {@code null} if they can't be handed over. */
    static OnnxType of(TensorInfo info) {
        for (OnnxType type : values()) {
            if (info.onnxType.name().equals(PREFIX + type.name())) {
                return type;
            }
        }
        return null;
    }

    /** The Open Inference Protocol's name. */
    String datatype() {
        return datatype;
    }

    /** The number in ONNX's {@code TensorProto.DataType}. */
    int number() {
        return proto.getNumber();
    }

    /** What the Java API is given: for some unsigned types the signed one of the same width. */
    OnnxJavaType fedAs() {
        return fedAs;
    }

    /** Whether the runtime takes the bits only by way of the signed type. */
    boolean isFedSigned() {
        return this == UINT16 || this == UINT32 || this == UINT64;
    }

    /** The signed type of the same width for those that {@linkplain #isFedSigned() need it}, else the type itself. */
    OnnxType fedType() {
        return switch (this) {
            case UINT16 -> INT16;
            case UINT32 -> INT32;
            case UINT64 -> INT64;
            default -> this;
        };
    }

    boolean isUnsigned() {
        return isFedSigned() || this == UINT8;
    }

    /** Whether it is written in floating point, so that it has NaN. */
    boolean isFloating() {
        return this == FLOAT || this == DOUBLE || isHalf();
    }

    /** Whether it is a floating-point type of 16 bits. */
    boolean isHalf() {
        return this == FLOAT16 || this == BFLOAT16;
    }

    boolean isInteger() {
        return !isFloating() && this != BOOL && this != STRING;
    }

    /** Bytes of one element. */
    int size() {
        return fedAs.size;
    }

    /** The largest magnitude of a number that becomes a feature; of an integer type: its largest number. */
    double largest() {
        return largest;
    }

    /** Whether a whole number is in range; of UINT64: not negative. */
    boolean holds(long number) {
        if (this == INT64) {
            return true;
        }
        if (this == UINT64) {
            return number >= 0;
        }
        return number <= (long) largest && number >= (isUnsigned() ? 0 : -(long) largest - 1);
    }

    /** What is taken, for messages. */
    String expected() {
        return switch (this) {
            case FLOAT -> "a number a 32-bit float holds";
            case DOUBLE -> "a finite number";
            case FLOAT16, BFLOAT16 -> "a number a 16-bit float (" + datatype + ") holds";
            case BOOL -> "true or false";
            case STRING -> "text";
            default -> "a whole number in the range of " + datatype;
        };
    }
}
