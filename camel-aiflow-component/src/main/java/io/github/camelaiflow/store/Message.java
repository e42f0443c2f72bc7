package io.github.camelaiflow.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * A message as bytes: what was decided, set aside, or is to be sent. Arrays are neither copied nor changed; nor may whoever gave or got
 * them change them.
 *
 * @param key up to 64 KiB; {@code null} for none
 * @param value up to 1 MiB; {@code null} for none
 * @param headers in order, a name may come more than once; 256 of them at most, with 64 KiB of names (in UTF-8) and values in all
 */
public record Message(byte[] key, byte[] value, List<Header> headers) {

    public Message {
        headers = List.copyOf(headers);
    }

    /** Bytes of key, value and headers. */
    public int size() {
        return length(key)
                + length(value)
                + headers.stream().mapToInt(Header::size).sum();
    }

    /** Whether every store takes it. */
    public boolean fits() {
        return length(key) <= DeliveryLimits.KEY_BYTES
                && length(value) <= DeliveryLimits.VALUE_BYTES
                && headers.size() <= DeliveryLimits.HEADERS
                && headers.stream().mapToLong(Header::size).sum() <= DeliveryLimits.HEADER_BYTES;
    }

    /** 0 for {@code null}. */
    static int length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    /** Without values. */
    @Override
    public String toString() {
        return "Message[" + size() + " bytes]";
    }

    /**
     * A header.
     *
     * @param value {@code null} for none
     */
    public record Header(String name, byte[] value) {

        int size() {
            return name.getBytes(UTF_8).length + length(value);
        }

        @Override
        public String toString() {
            return "Header[" + name + "]";
        }
    }
}
