package io.github.camelaiflow.openinference;

/**
 * Type of a tensor's elements, and the flat Java array that holds them. Unsigned types keep their bits in the Java type of
 * the same width; FP16 and BF16 are floats in memory and have no form in JSON.
 */
public enum Datatype {
    /** {@code boolean[]}. */
    BOOL(1, boolean.class),
    /** {@code byte[]}, 0 to 255. */
    UINT8(1, byte.class),
    /** {@code short[]}, 0 to 65,535. */
    UINT16(2, short.class),
    /** {@code int[]}, as {@link Integer#toUnsignedLong} reads it. */
    UINT32(4, int.class),
    /** {@code long[]}, as {@link Long#toUnsignedString(long)} reads it. */
    UINT64(8, long.class),
    /** {@code byte[]}. */
    INT8(1, byte.class),
    /** {@code short[]}. */
    INT16(2, short.class),
    /** {@code int[]}. */
    INT32(4, int.class),
    /** {@code long[]}. */
    INT64(8, long.class),
    /** {@code float[]}; IEEE 754 binary16 on the wire. */
    FP16(2, float.class),
    /** {@code float[]}. */
    FP32(4, float.class),
    /** {@code double[]}. */
    FP64(8, double.class),
    /** {@code float[]}; the upper half of an FP32 on the wire. */
    BF16(2, float.class),
    /** {@code byte[][]}: texts in UTF-8, or any bytes. */
    BYTES(-1, byte[].class);

    private final int size;
    private final Class<?> element;

    Datatype(int size, Class<?> element) {
        this.size = size;
        this.element = element;
    }

    /** Bytes of an element in binary; -1 for BYTES, whose elements each have a length of their own. */
    public int size() {
        return size;
    }

    /** Component type of the flat array. */
    public Class<?> element() {
        return element;
    }

    /** Whether elements are floating point, so that they can be NaN. */
    public boolean floating() {
        return this == FP16 || this == FP32 || this == FP64 || this == BF16;
    }

    /** Whether elements are whole numbers, signed or not. */
    public boolean whole() {
        return !floating() && this != BOOL && this != BYTES;
    }

    /** Whether elements are whole numbers without a sign. */
    public boolean unsigned() {
        return this == UINT8 || this == UINT16 || this == UINT32 || this == UINT64;
    }

    /** Whether elements can be written in JSON; not FP16 and BF16. */
    public boolean hasJson() {
        return this != FP16 && this != BF16;
    }

    /** The largest finite magnitude of a floating-point type. */
    public double largest() {
        return switch (this) {
            case FP16 -> HalfFloats.LARGEST_FP16;
            case BF16 -> HalfFloats.LARGEST_BF16;
            case FP32 -> Float.MAX_VALUE;
            default -> Double.MAX_VALUE;
        };
    }

    /**
     * The type of that name, as the protocol writes it.
     *
     * @throws ProtocolException if there is none
     */
    public static Datatype of(String name) {
        for (Datatype type : values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        throw new ProtocolException("a datatype must be one of BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32,"
                + " INT64, FP16, FP32, FP64, BF16 and BYTES, was another");
    }
}
