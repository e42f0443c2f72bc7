package io.github.camelaiflow.app;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Claims as JSON. */
final class Claims {

    private Claims() {}

    static ObjectNode genuine(String id) {
        return Http.JSON
                .createObjectNode()
                .put("claim_id", id)
                .put("policy_id", "P-1")
                .put("claim_type", "glass")
                .put("region", "north")
                .put("claim_amount", 480.5)
                .put("vehicle_value", 21000)
                .put("vehicle_age", 3)
                .put("incident_hour", 14)
                .put("days_since_policy_start", 700)
                .put("witnesses", 1)
                .put("witness_age", 34)
                .put("police_report", true)
                .put("customer_age", 44)
                .put("past_claims", 0);
    }

    static ObjectNode fraud(String id) {
        return genuine(id)
                .put("claim_type", "theft")
                .put("claim_amount", 14000)
                .put("vehicle_age", 18)
                .put("incident_hour", 3)
                .put("days_since_policy_start", 9)
                .put("witnesses", 0)
                .putNull("witness_age")
                .put("police_report", false)
                .put("past_claims", 5);
    }
}
