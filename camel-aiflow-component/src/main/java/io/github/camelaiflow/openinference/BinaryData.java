package io.github.camelaiflow.openinference;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes after a message's JSON, from which its binary tensors are read in order; little-endian. Not thread-safe. */
final class BinaryData {

    private final ByteBuffer bytes;

    BinaryData(byte[] body, int from) {
        this.bytes = ByteBuffer.wrap(body, from, body.length - from).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether all has been read. */
    boolean isUsedUp() {
        return !bytes.hasRemaining();
    }

    /** Reads the next tensor's flat array from so many bytes. */
    Object read(String place, Datatype datatype, int elements, int size) {
        JsonInput.require(size <= bytes.remaining(), place, "within the body, whose binary part is shorter");
        long least = (long) elements * (datatype == Datatype.BYTES ? Integer.BYTES : datatype.size());
        boolean fits = datatype == Datatype.BYTES ? size >= least : size == least;
        JsonInput.require(fits, place, "of as many bytes as its shape and datatype say");
        ByteBuffer own = bytes.slice(bytes.position(), size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + size);
        return datatype == Datatype.BYTES ? texts(place, own, elements) : elements(own, datatype, elements);
    }

    private static byte[][] texts(String place, ByteBuffer own, int elements) {
        byte[][] texts = new byte[elements][];
        for (int i = 0; i < elements; i++) {
            int length = own.remaining() < Integer.BYTES ? -1 : own.getInt();
            JsonInput.require(
                    length >= 0 && length <= own.remaining(),
                    place,
                    "elements each after its length, within its bytes");
            texts[i] = new byte[length];
            own.get(texts[i]);
        }
        JsonInput.require(!own.hasRemaining(), place, "elements each after its length, and no more bytes");
        return texts;
    }

    private static Object elements(ByteBuffer own, Datatype datatype, int elements) {
        Object data = Array.newInstance(datatype.element(), elements);
        if (data instanceof byte[] array) {
            own.get(array);
        } else if (data instanceof short[] array) {
            own.asShortBuffer().get(array);
        } else if (data instanceof int[] array) {
            own.asIntBuffer().get(array);
        } else if (data instanceof long[] array) {
            own.asLongBuffer().get(array);
        } else if (data instanceof double[] array) {
            own.asDoubleBuffer().get(array);
        } else if (data instanceof boolean[] array) {
            for (int i = 0; i < elements; i++) {
                array[i] = own.get() != 0;
            }
        } else {
            floats(own, datatype, (float[]) data);
        }
        return data;
    }

    private static void floats(ByteBuffer own, Datatype datatype, float[] into) {
        if (datatype == Datatype.FP32) {
            own.asFloatBuffer().get(into);
            return;
        }
        for (int i = 0; i < into.length; i++) {
            short bits = own.getShort();
            into[i] = datatype == Datatype.FP16 ? HalfFloats.fromFp16(bits) : HalfFloats.fromBf16(bits);
        }
    }

    /** How many bytes the tensor takes. */
    static int size(Tensor tensor) {
        if (tensor.datatype() != Datatype.BYTES) {
            return Math.multiplyExact(tensor.elements(), tensor.datatype().size());
        }
        int size = 0;
        for (byte[] text : (byte[][]) tensor.data()) {
            size = Math.addExact(size, Integer.BYTES + text.length);
        }
        return size;
    }

    /** Appends the tensor's {@link #size} bytes. */
    static void write(Tensor tensor, ByteBuffer into) {
        Object data = tensor.data();
        if (data instanceof byte[] array) {
            into.put(array);
        } else if (data instanceof byte[][] texts) {
            for (byte[] text : texts) {
                into.putInt(text.length).put(text);
            }
        } else if (data instanceof float[] array) {
            write(array, tensor, into);
        } else if (data instanceof double[] array) {
            into.asDoubleBuffer().put(array);
            into.position(into.position() + size(tensor));
        } else {
            writeWhole(tensor, into);
        }
    }

    private static void writeWhole(Tensor tensor, ByteBuffer into) {
        Object data = tensor.data();
        if (data instanceof boolean[] array) {
            for (boolean flag : array) {
                into.put((byte) (flag ? 1 : 0));
            }
            return;
        }
        if (data instanceof short[] array) {
            into.asShortBuffer().put(array);
        } else if (data instanceof int[] array) {
            into.asIntBuffer().put(array);
        } else {
            into.asLongBuffer().put((long[]) data);
        }
        into.position(into.position() + size(tensor));
    }

    private static void write(float[] array, Tensor tensor, ByteBuffer into) {
        for (float value : array) {
            switch (tensor.datatype()) {
                case FP16 -> into.putShort(HalfFloats.toFp16(value));
                case BF16 -> into.putShort(HalfFloats.toBf16(value));
                default -> into.putFloat(value);
            }
        }
    }
}
