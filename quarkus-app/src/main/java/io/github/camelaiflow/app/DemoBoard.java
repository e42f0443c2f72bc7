package io.github.camelaiflow.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelaiflow.claims.Claim;
import io.github.camelaiflow.claims.ClaimGenerator;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Message;

/** Counts what comes back for the demo's claims and compares it with the truth the generator knows. Thread-safe. */
final class DemoBoard {

    /** Header with the {@link #name}. Steps and delivery leave the record's key on what comes out, but need not leave this. */
    static final String CLAIM = "demo-claim";

    /** The record's key, which is the claim's name too. */
    static final String KEY = "kafka.KEY";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String run;
    private final ClaimGenerator generator;
    private final DemoFeedback feedback;
    private final BitSet decided = new BitSet();
    private final BitSet dead = new BitSet();
    private final Map<String, Integer> labels = new TreeMap<>();
    private final Map<String, Integer> servedBy = new TreeMap<>();
    private final Map<String, Integer> versions = new TreeMap<>();
    private final Map<String, Integer> wrong = new TreeMap<>();
    private final Map<String, Integer> reasons = new TreeMap<>();
    private final Map<String, Integer> fields = new TreeMap<>();
    private int sent;
    private int twice;
    private int fraudFound;
    private int fraudMissed;

    /** @param feedback is told the truth about each decided claim */
    DemoBoard(String run, ClaimGenerator generator, DemoFeedback feedback) {
        this.run = run;
        this.generator = generator;
        this.feedback = feedback;
    }

    synchronized void sent() {
        sent++;
    }

    /** Counts a decision on the wire. */
    synchronized void decided(Message message) throws IOException {
        int number = number(message, decided);
        if (number < 0) {
            return;
        }
        JsonNode decision = JSON.readTree(message.getBody(byte[].class));
        String label = decision.path("label").asText();
        labels.merge(label, 1, Integer::sum);
        servedBy.merge(decision.path("servedBy").asText(), 1, Integer::sum);
        Claim.Truth truth = generator.claim(number).truth();
        judge(decision.path("version").asText(), !label.equals(truth.label()));
        feedback.found(decision.path("predictionId").asText(), truth.label());
        if (truth.fraud()) {
            fraudFound += label.equals(Claim.FRAUD) ? 1 : 0;
            fraudMissed += label.equals(Claim.FRAUD) ? 0 : 1;
        }
    }

    private void judge(String version, boolean isWrong) {
        versions.merge(version, 1, Integer::sum);
        wrong.merge(version, isWrong ? 1 : 0, Integer::sum);
    }

    /** Counts a dead letter by its headers; whether it is of this run and came for the first time. */
    synchronized boolean dead(Message message) {
        if (number(message, dead) < 0) {
            return false;
        }
        reasons.merge(message.getHeader("aiflow-error-reason", "UNKNOWN", String.class), 1, Integer::sum);
        String wrong = message.getHeader("aiflow-error-fields", "", String.class);
        Arrays.stream(wrong.split(",")).filter(field -> !field.isEmpty()).forEach(field -> {
            fields.merge(field, 1, Integer::sum);
        });
        return true;
    }

    /** What the claim of that number is called in this run: topics keep what earlier runs sent, of the same claims. */
    static String name(String run, long number) {
        return run + "/" + number;
    }

    /** The claim's number, now marked; -1 if it is of another run or was counted before. */
    private int number(Message message, BitSet seen) {
        String key = message.getHeader(KEY, String.class);
        String name = message.getHeader(CLAIM, key, String.class);
        if (name == null || !name.startsWith(run + "/")) {
            return -1;
        }
        int number = Integer.parseInt(name.substring(run.length() + 1));
        if (decided.get(number) || dead.get(number)) {
            twice++;
            return -1;
        }
        seen.set(number);
        return number;
    }

    synchronized DemoSummary summary() {
        return new DemoSummary(
                sent,
                decided.cardinality(),
                dead.cardinality(),
                twice,
                labels,
                servedBy,
                versions,
                wrong,
                reasons,
                fields,
                fraudFound,
                fraudMissed);
    }
}
