package io.github.camelaiflow.model.serving;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.Temporal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * SHA-256 of values in a canonical form: the order of a map's keys, the width of an integer and of a floating-point number, and
 * the bits of NaN make no difference; all else a model might tell apart does, such as 1 and 1.0, 0.0 and -0.0, {@code null} and
 * an absent key.
 *
 * @param first 64 bits, as are the others
 */
record RecordDigest(long first, long second, long third, long fourth) {

    private static final int MAX_DEPTH = 64;

    /** Digest of the values; {@code null} if one is of a type whose equality isn't known here, or nested too deep. */
    static RecordDigest of(Object... values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            for (Object value : values) {
                if (!write(out, value, 0)) {
                    return null;
                }
            }
            ByteBuffer digest =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
            return new RecordDigest(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each kind of value begins with a mark of its own and says its length, so that no two write the same. */
    private static boolean write(DataOutputStream out, Object value, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            return false;
        }
        if (value instanceof Map<?, ?> map) {
            return writeMap(out, map, depth);
        }
        if (value instanceof List<?> list) {
            return writeAll(out, list, depth);
        }
        if (value != null && value.getClass().isArray()) {
            return writeArray(out, value, depth);
        }
        if (value == null) {
            out.writeByte('0');
        } else if (value instanceof Boolean flag) {
            out.writeByte(flag ? 'T' : 'F');
        } else if (value instanceof Number number) {
            return writeNumber(out, number);
        } else if (value instanceof String || value instanceof Character) {
            text(out, 'S', value.toString());
        } else if (value instanceof Enum<?> word) {
            text(out, 'E', word.getDeclaringClass().getName());
            text(out, 'S', word.name());
        } else if (value instanceof Temporal && value.getClass().getName().startsWith("java.time.")) {
            text(out, 'D', value.getClass().getName());
            text(out, 'S', value.toString());
        } else {
            return false;
        }
        return true;
    }

    private static boolean writeNumber(DataOutputStream out, Number number) throws IOException {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            text(out, 'I', Long.toString(number.longValue()));
        } else if (number instanceof BigInteger big) {
            text(out, 'I', big.toString());
        } else if (number instanceof Double || number instanceof Float) {
            out.writeByte('N');
            out.writeLong(Double.doubleToLongBits(number.doubleValue()));
        } else if (number instanceof BigDecimal decimal) {
            text(out, 'B', decimal.stripTrailingZeros().toString());
        } else {
            return false;
        }
        return true;
    }

    private static boolean writeMap(DataOutputStream out, Map<?, ?> map, int depth) throws IOException {
        Map<String, Object> sorted = new TreeMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                return false;
            }
            sorted.put(key, entry.getValue());
        }
        out.writeByte('M');
        out.writeInt(sorted.size());
        for (Map.Entry<String, Object> entry : sorted.entrySet()) {
            text(out, 'S', entry.getKey());
            if (!write(out, entry.getValue(), depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean writeAll(DataOutputStream out, Collection<?> values, int depth) throws IOException {
        out.writeByte('L');
        out.writeInt(values.size());
        for (Object value : values) {
            if (!write(out, value, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean writeArray(DataOutputStream out, Object array, int depth) throws IOException {
        text(out, 'A', array.getClass().getName());
        int length = Array.getLength(array);
        out.writeInt(length);
        if (array instanceof byte[] bytes) {
            out.write(bytes);
            return true;
        }
        for (int i = 0; i < length; i++) {
            if (!write(out, Array.get(array, i), depth + 1)) {
                return false;
            }
        }
        return true;
    }

    /** As UTF-16, in which every String differs from every other. */
    private static void text(DataOutputStream out, char mark, String text) throws IOException {
        out.writeByte(mark);
        out.writeInt(text.length());
        out.writeChars(text);
    }
}
