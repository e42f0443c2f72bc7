package io.github.camelaiflow.claims;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One generated claim.
 *
 * @param number its place in the stream, from 0
 * @param fields what the sender says, defects included; field names as in schema {@code claim-1}; values may be null
 * @param truth what only the generator knows
 */
public record Claim(long number, Map<String, Object> fields, Truth truth) {

    /**
     * What is true of a claim.
     *
     * @param fraud whether it is fraud
     * @param fraudProbability how likely it was, by {@link PlantedRule}
     * @param defect what was planted into it
     * @param drifted whether it comes after the planted drift
     */
    public record Truth(boolean fraud, double fraudProbability, Defect defect, boolean drifted) {

        /** The label a perfect model would give. */
        public String label() {
            return fraud ? FRAUD : GENUINE;
        }
    }

    /** The label of fraud. */
    public static final String FRAUD = "fraud";

    /** The label of all else. */
    public static final String GENUINE = "genuine";

    public Claim {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** The claim's id, unique in its stream. */
    public String id() {
        return (String) fields.get("claim_id");
    }
}
