package io.github.camelaiflow.openinference;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Writes a tensor's elements to JSON. */
final class JsonElements {

    private JsonElements() {}

    /** Whether all elements can be written in JSON. */
    static boolean hasForm(Tensor tensor) {
        if (!tensor.datatype().hasJson()) {
            return false;
        }
        if (tensor.data() instanceof float[] numbers) {
            for (float number : numbers) {
                if (!Float.isFinite(number)) {
                    return false;
                }
            }
        } else if (tensor.data() instanceof double[] numbers) {
            for (double number : numbers) {
                if (!Double.isFinite(number)) {
                    return false;
                }
            }
        } else if (tensor.data() instanceof byte[][] texts) {
            for (byte[] bytes : texts) {
                if (text(bytes) == null) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The bytes as a text; {@code null} if they are not UTF-8. */
    static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** @throws ProtocolException if an element has no form in JSON */
    static void write(Tensor tensor, JsonGenerator json) throws IOException {
        if (!hasForm(tensor)) {
            throw new ProtocolException("the tensor " + tensor.name() + " of " + tensor.datatype()
                    + " must be asked for in binary: JSON has no form for its type, or for NaN, infinite numbers or bytes"
                    + " that are no UTF-8");
        }
        Object data = tensor.data();
        for (int i = 0; i < tensor.elements(); i++) {
            switch (tensor.datatype()) {
                case BOOL -> json.writeBoolean(((boolean[]) data)[i]);
                case UINT8 -> json.writeNumber(Byte.toUnsignedInt(((byte[]) data)[i]));
                case INT8 -> json.writeNumber(((byte[]) data)[i]);
                case UINT16 -> json.writeNumber(Short.toUnsignedInt(((short[]) data)[i]));
                case INT16 -> json.writeNumber(((short[]) data)[i]);
                case UINT32 -> json.writeNumber(Integer.toUnsignedLong(((int[]) data)[i]));
                case INT32 -> json.writeNumber(((int[]) data)[i]);
                case UINT64 -> json.writeNumber(Long.toUnsignedString(((long[]) data)[i]));
                case INT64 -> json.writeNumber(((long[]) data)[i]);
                case FP32 -> json.writeNumber(((float[]) data)[i]);
                case FP64 -> json.writeNumber(((double[]) data)[i]);
                default -> json.writeString(text(((byte[][]) data)[i]));
            }
        }
    }
}
