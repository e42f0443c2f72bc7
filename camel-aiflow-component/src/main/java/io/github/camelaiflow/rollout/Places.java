package io.github.camelaiflow.rollout;

import io.github.camelaiflow.data.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * Where a rollout's documents and logs are in the store. Long names are replaced by their digest. Immutable.
 *
 * @param flow the flow
 * @param identity the plan's identity
 */
record Places(String flow, String identity) {

    private static final int LONGEST = 80;

    /** The document that says where the trial stands. */
    static final String STATE = "state";

    Places {
        flow = bounded(flow);
        identity = bounded(identity);
    }

    /** The space that lists the flow's rollouts: a document each, its key the identity, written whenever a node uses it. */
    String rollouts() {
        return "rollouts/" + flow;
    }

    /** The space of this rollout's documents. */
    String trial() {
        return "rollout/" + flow + "/" + identity;
    }

    /** The key of a node's evidence; of an empty name what all these keys begin with. */
    String evidence(String node) {
        return "evidence/" + bounded(node);
    }

    /** The space of the flow's decisions. */
    String decisions() {
        return "rollout-decisions/" + flow;
    }

    /** Those of another rollout of the flow. */
    Places of(String other) {
        return new Places(flow, other);
    }

    private static String bounded(String name) {
        return name.length() <= LONGEST ? name : Sha256.of(name.getBytes(StandardCharsets.UTF_8));
    }
}
