package io.github.camelaiflow.claims.training;

import io.github.camelaiflow.claims.Claim;
import java.util.List;
import java.util.Map;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.classification.Label;
import org.tribuo.impl.ArrayExample;

/**
 * What the models see of a claim: numbers and booleans (as 1 and 0) under the field's name, categories as
 * {@code field@category} = 1, nothing where a value is missing.
 */
final class ClaimFeatures {

    /** The fields models may use, in the order the reference data has them. */
    static final List<String> FIELDS = List.of(
            "claim_type",
            "region",
            "claim_amount",
            "vehicle_value",
            "vehicle_age",
            "incident_hour",
            "days_since_policy_start",
            "witnesses",
            "witness_age",
            "police_report",
            "customer_age",
            "past_claims");

    /** The fields that are never missing: a linear model has no notion of an unknown number. */
    static final List<String> PRESENT =
            FIELDS.stream().filter(field -> !field.equals("witness_age")).toList();

    private ClaimFeatures() {}

    /** The claim as an example with its true label. */
    static Example<Label> example(Claim claim, List<String> fields) {
        Example<Label> example = new ArrayExample<>(new Label(claim.truth().label()));
        fields.forEach(field -> add(example, field, claim.fields()));
        return example;
    }

    private static void add(Example<Label> example, String field, Map<String, Object> values) {
        Object value = values.get(field);
        if (value instanceof Number number) {
            example.add(new Feature(field, number.doubleValue()));
        } else if (value instanceof Boolean flag) {
            example.add(new Feature(field, flag ? 1 : 0));
        } else if (value != null) {
            example.add(new Feature(field + "@" + value, 1));
        }
    }
}
