package io.github.camelaiflow.store;

import io.github.camelaiflow.store.JoinTable.Left;
import io.github.camelaiflow.store.JoinTable.Right;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A left or right half as few bytes: length and text of id and alias (length 0: none, else one more than the text's), microseconds
 * since 1970 when it came, those from its own time until then, and its content to the end.
 */
final class Half {

    private static final int ARRAY_HEADER = 16;

    private Half() {}

    static byte[] of(Left left, long came) {
        return of(left.id(), left.alias(), left.time(), left.content(), came);
    }

    static byte[] of(Right right, long came) {
        return of(right.id(), right.alias(), right.time(), right.content(), came);
    }

    private static byte[] of(String id, String alias, Instant time, String content, long came) {
        byte[] idBytes = bytes(id);
        byte[] aliasBytes = bytes(alias);
        byte[] contentBytes = bytes(content);
        long delay = zigzag(came - micros(time));
        int idLength = id == null ? 0 : idBytes.length + 1;
        int aliasLength = alias == null ? 0 : aliasBytes.length + 1;
        ByteBuffer half = ByteBuffer.allocate(varintLength(idLength)
                + idBytes.length
                + varintLength(aliasLength)
                + aliasBytes.length
                + Long.BYTES
                + varintLength(delay)
                + contentBytes.length);
        putVarint(half, idLength);
        half.put(idBytes);
        putVarint(half, aliasLength);
        half.put(aliasBytes);
        half.putLong(came);
        putVarint(half, delay);
        half.put(contentBytes);
        return half.array();
    }

    private static byte[] bytes(String text) {
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }

    static Left left(byte[] half) {
        Key id = id(half);
        Key alias = alias(half);
        ByteBuffer rest = afterNames(half);
        long came = rest.getLong();
        Instant time = instant(came - unzigzag(varint(rest)));
        return new Left(id.text(), alias == null ? null : alias.text(), time, content(rest));
    }

    static Right right(byte[] half) {
        Key id = id(half);
        Key alias = alias(half);
        ByteBuffer rest = afterNames(half);
        long came = rest.getLong();
        Instant time = instant(came - unzigzag(varint(rest)));
        return new Right(id == null ? null : id.text(), alias == null ? null : alias.text(), time, content(rest));
    }

    /** {@code null} if it has none. */
    static Key id(byte[] half) {
        return name(ByteBuffer.wrap(half));
    }

    /** {@code null} if it has none. */
    static Key alias(byte[] half) {
        ByteBuffer buffer = ByteBuffer.wrap(half);
        name(buffer);
        return name(buffer);
    }

    private static Key name(ByteBuffer buffer) {
        int length = (int) varint(buffer) - 1;
        if (length < 0) {
            return null;
        }
        int from = buffer.position();
        buffer.position(from + length);
        return new Key(buffer.array(), from, from + length);
    }

    static long came(byte[] half) {
        return afterNames(half).getLong();
    }

    static String content(byte[] half) {
        ByteBuffer rest = afterNames(half);
        rest.getLong();
        varint(rest);
        return content(rest);
    }

    /** The same half, as if it had come at that time. */
    static byte[] came(byte[] half, long came) {
        Right any = right(half);
        return of(any.id(), any.alias(), any.time(), any.content(), came);
    }

    private static ByteBuffer afterNames(byte[] half) {
        ByteBuffer buffer = ByteBuffer.wrap(half);
        name(buffer);
        name(buffer);
        return buffer;
    }

    private static String content(ByteBuffer rest) {
        return new String(rest.array(), rest.position(), rest.remaining(), StandardCharsets.UTF_8);
    }

    /** What it takes of the heap, where objects lie at multiples of 8. */
    static long heap(byte[] half) {
        return ARRAY_HEADER + (half.length + 7 & ~7);
    }

    static long micros(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000), time.getNano() / 1_000);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    private static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }

    private static int varintLength(long value) {
        return Math.max(1, (70 - Long.numberOfLeadingZeros(value)) / 7);
    }

    private static void putVarint(ByteBuffer buffer, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            buffer.put((byte) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        buffer.put((byte) rest);
    }

    private static long varint(ByteBuffer buffer) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = buffer.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
