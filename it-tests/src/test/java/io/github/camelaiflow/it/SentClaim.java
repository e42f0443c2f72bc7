package io.github.camelaiflow.it;

import io.github.camelaiflow.claims.Claim;
import io.github.camelaiflow.claims.Defect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** A claim on a topic: its bytes and where they lie. The record's key is the claim's id. */
record SentClaim(Claim claim, byte[] bytes, int partition, long offset) {

    /** What the headers of a dead letter say; {@code fields} is {@code null} where the header is not set. */
    record Reason(String stage, String reason, String fields) {}

    /** Sends the claims, in order, each with these headers. */
    static List<SentClaim> send(
            KafkaTestClient kafka, String topic, List<Claim> claims, ClaimWire wire, Iterable<Header> headers) {
        List<byte[]> bytes = claims.stream().map(wire::encode).toList();
        var sent = kafka.send(IntStream.range(0, claims.size())
                .mapToObj(i -> new ProducerRecord<>(topic, null, claims.get(i).id(), bytes.get(i), headers))
                .toList());
        return IntStream.range(0, claims.size())
                .mapToObj(i -> new SentClaim(
                        claims.get(i),
                        bytes.get(i),
                        sent.get(i).partition(),
                        sent.get(i).offset()))
                .toList();
    }

    /** The claims with only so many ids, dealt out in turn: each stands for the revisions of one claim, in order. */
    static List<Claim> revisions(List<Claim> claims, int ids) {
        List<Claim> revisions = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            Map<String, Object> fields = new HashMap<>(claims.get(i).fields());
            fields.put("claim_id", claims.get(i % ids).id());
            revisions.add(
                    new Claim(claims.get(i).number(), fields, claims.get(i).truth()));
        }
        return revisions;
    }

    boolean sound() {
        return claim.truth().defect() == Defect.NONE;
    }

    /** Partition and offset, as the headers of a dead letter write them. */
    String place() {
        return partition + "/" + offset;
    }

    /** Why the route must refuse it; {@code null} if it must not. */
    Reason refusal(ClaimWire wire) {
        boolean json = wire == ClaimWire.JSON;
        return switch (claim.truth().defect()) {
            case NONE -> null;
            case UNDECODABLE -> new Reason("decode", "UNDECODABLE", null);
            case WRONG_TYPE ->
                json ? new Reason("validate", "INVALID", "claim_amount") : new Reason("decode", "UNDECODABLE", null);
            case MISSING_AMOUNT, NEGATIVE_AMOUNT, NAN_AMOUNT -> new Reason("validate", "INVALID", "claim_amount");
            case UNKNOWN_TYPE -> new Reason("validate", "INVALID", "claim_type");
        };
    }
}
