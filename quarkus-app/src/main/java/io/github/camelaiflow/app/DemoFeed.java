package io.github.camelaiflow.app;

import io.github.camelaiflow.avro.Framing;
import io.github.camelaiflow.claims.Claim;
import io.github.camelaiflow.claims.ClaimEncoder;
import io.github.camelaiflow.claims.ClaimGenerator;
import io.github.camelaiflow.claims.ClaimSchemas;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;

/**
 * Sends generated claims as senders of many kinds would: plain, single-object and registry framing, old and new schema; or as JSON,
 * where that is what the route reads. Used by one thread.
 */
final class DemoFeed {

    /** What the registry of the app's properties calls the schemas. */
    private static final int ID_V1 = 1;

    private static final int ID_V2 = 2;

    private final List<ClaimEncoder> senders = List.of(
            new ClaimEncoder(ClaimSchemas.V2, Framing.PLAIN, ID_V2),
            new ClaimEncoder(ClaimSchemas.V1, Framing.SINGLE_OBJECT, ID_V1),
            new ClaimEncoder(ClaimSchemas.V2, Framing.SINGLE_OBJECT, ID_V2),
            new ClaimEncoder(ClaimSchemas.V1, Framing.REGISTRY, ID_V1),
            new ClaimEncoder(ClaimSchemas.V2, Framing.REGISTRY, ID_V2));

    private final ProducerTemplate template;
    private final String to;
    private final String run;
    private final ClaimGenerator generator;
    private final DemoBoard board;
    private final boolean json;
    private long next;

    DemoFeed(ProducerTemplate template, DemoOptions options, String run, ClaimGenerator generator, DemoBoard board) {
        this.template = template;
        this.to = options.to();
        this.json = options.format().equals("json");
        this.run = run;
        this.generator = generator;
        this.board = board;
    }

    /** Sends the claims up to that number, which is not sent. */
    void sendUpTo(long number) {
        while (next < number) {
            Claim claim = generator.claim(next);
            byte[] bytes = json
                    ? ClaimEncoder.json(claim)
                    : senders.get((int) (next % senders.size())).avro(claim);
            String name = DemoBoard.name(run, claim.number());
            Map<String, Object> headers = Map.of(DemoBoard.CLAIM, name, DemoBoard.KEY, name);
            template.sendBodyAndHeaders(to, bytes, headers);
            board.sent();
            next++;
        }
    }

    /** How many were sent. */
    long position() {
        return next;
    }
}
