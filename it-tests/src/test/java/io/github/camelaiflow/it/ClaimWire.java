package io.github.camelaiflow.it;

import io.github.camelaiflow.avro.Framing;
import io.github.camelaiflow.claims.Claim;
import io.github.camelaiflow.claims.ClaimEncoder;
import io.github.camelaiflow.claims.ClaimSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** How senders write claims, and how the route is told. */
enum ClaimWire {
    /** Every Avro framing in turn, each in both schema versions but plain, which has one. */
    AUTO(
            Framing.AUTO,
            encoder(ClaimSchemas.V2, Framing.PLAIN, 0),
            encoder(ClaimSchemas.V1, Framing.SINGLE_OBJECT, 0),
            encoder(ClaimSchemas.V2, Framing.SINGLE_OBJECT, 0),
            encoder(ClaimSchemas.V1, Framing.REGISTRY, 1),
            encoder(ClaimSchemas.V2, Framing.REGISTRY, 2)),
    /** Plain Avro of the old version. */
    PLAIN(Framing.PLAIN, encoder(ClaimSchemas.V1, Framing.PLAIN, 0)),
    SINGLE_OBJECT(
            Framing.SINGLE_OBJECT,
            encoder(ClaimSchemas.V1, Framing.SINGLE_OBJECT, 0),
            encoder(ClaimSchemas.V2, Framing.SINGLE_OBJECT, 0)),
    REGISTRY(
            Framing.REGISTRY,
            encoder(ClaimSchemas.V1, Framing.REGISTRY, 1),
            encoder(ClaimSchemas.V2, Framing.REGISTRY, 2)),
    JSON(null);

    private final Framing framing;
    private final List<ClaimEncoder> senders;

    ClaimWire(Framing framing, ClaimEncoder... senders) {
        this.framing = framing;
        this.senders = List.of(senders);
    }

    private static ClaimEncoder encoder(Schema schema, Framing framing, int id) {
        return new ClaimEncoder(schema, framing, id);
    }

    /** The claim as its sender writes it; senders take turns by the claim's number. */
    byte[] encode(Claim claim) {
        return framing == null
                ? ClaimEncoder.json(claim)
                : senders.get((int) (claim.number() % senders.size())).avro(claim);
    }

    /**
     * What the route must know to read it.
     *
     * @param folder where the registry's files may be written
     */
    Map<String, String> properties(Path folder) throws IOException {
        if (framing == null) {
            return Map.of("claims.format", "json");
        }
        Files.writeString(folder.resolve("1.avsc"), ClaimSchemas.V1.toString());
        Files.writeString(folder.resolve("2.avsc"), ClaimSchemas.V2.toString());
        return Map.of(
                "claims.framing",
                framing.toString(),
                "claims.registry",
                folder.toString(),
                "claims.plain-writer",
                this == PLAIN ? "classpath:schemas/claim-1.avsc" : "classpath:schemas/claim-2.avsc");
    }
}
