package io.github.camelaiflow.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Where a record came from: the same for every time it is delivered.
 *
 * @param offset from 0
 */
public record Origin(String topic, int partition, long offset) {

    /** Namespace of decision ids: the UUID that RFC 9562 makes of the URL namespace and {@code urn:camel-aiflow:decision}. */
    private static final UUID NAMESPACE =
            nameBased(UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8"), "urn:camel-aiflow:decision");

    /**
     * The id of the decision about this record by a flow: as often as it is decided, the same. A name-based UUID (version 5, RFC 9562)
     * of topic, partition, offset and flow.
     */
    public String decisionId(String flow) {
        return nameBased(NAMESPACE, name(flow)).toString();
    }

    /** The id of the decision about a part of this record, where one record holds several that are decided. */
    public String decisionId(String flow, String part) {
        return nameBased(NAMESPACE, name(flow) + '|' + part).toString();
    }

    private String name(String flow) {
        return topic + '|' + partition + '|' + offset + '|' + flow;
    }

    private static UUID nameBased(UUID namespace, String name) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(16)
                    .putLong(namespace.getMostSignificantBits())
                    .putLong(namespace.getLeastSignificantBits())
                    .flip());
            ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(UTF_8)));
            long high = hash.getLong() & ~0xF000L | 0x5000L;
            long low = hash.getLong() & ~0xC000000000000000L | 0x8000000000000000L;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
