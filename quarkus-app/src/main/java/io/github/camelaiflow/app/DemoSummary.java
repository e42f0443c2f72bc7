package io.github.camelaiflow.app;

import java.util.Map;

/**
 * What became of the demo's claims so far. Immutable.
 *
 * @param sent claims sent
 * @param decided claims decided
 * @param dead claims that became dead letters
 * @param twice decisions and dead letters for claims that had one already
 * @param labels decisions by label
 * @param servedBy decisions by who answered
 * @param versions decisions by the version that answered
 * @param wrong those of them that called a claim what it is not
 * @param reasons dead letters by reason
 * @param fields dead letters by the fields that were wrong; one letter may name several
 * @param fraudFound claims decided as fraud that are
 */
record DemoSummary(
        int sent,
        int decided,
        int dead,
        int twice,
        Map<String, Integer> labels,
        Map<String, Integer> servedBy,
        Map<String, Integer> versions,
        Map<String, Integer> wrong,
        Map<String, Integer> reasons,
        Map<String, Integer> fields,
        int fraudFound,
        int fraudMissed) {

    DemoSummary {
        labels = Map.copyOf(labels);
        servedBy = Map.copyOf(servedBy);
        versions = Map.copyOf(versions);
        wrong = Map.copyOf(wrong);
        reasons = Map.copyOf(reasons);
        fields = Map.copyOf(fields);
    }

    /** Claims of which nothing has come back. */
    int open() {
        return sent - decided - dead;
    }

    /** Share of the claims decided as fraud that are; NaN if there is none. */
    double precision() {
        return (double) fraudFound / labels.getOrDefault("fraud", 0);
    }

    /** Share of the decided frauds that were found; NaN if there is none. */
    double recall() {
        return (double) fraudFound / (fraudFound + fraudMissed);
    }
}
