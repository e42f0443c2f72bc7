package io.github.camelaiflow.claims;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;

/** The Avro schemas of claims. Each reads what the other wrote. */
public final class ClaimSchemas {

    /** Schema {@code claim-1}, resource {@code schemas/claim-1.avsc}. */
    public static final Schema V1 = load("/schemas/claim-1.avsc");

    /** Schema {@code claim-2}, resource {@code schemas/claim-2.avsc}: without {@code adjuster}, with {@code channel}. */
    public static final Schema V2 = load("/schemas/claim-2.avsc");

    private ClaimSchemas() {}

    private static Schema load(String resource) {
        try (InputStream text = ClaimSchemas.class.getResourceAsStream(resource)) {
            return new Schema.Parser().parse(text);
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + resource + " must be readable", e);
        }
    }
}
