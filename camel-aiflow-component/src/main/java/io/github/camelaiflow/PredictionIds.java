package io.github.camelaiflow;

import io.github.camelaiflow.delivery.Origin;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * Ids of an exchange's predictions: made of its records' origins where these are known, so that they are the same each time. What a further
 * step of the flow predicts about the same record has an id of its own.
 */
final class PredictionIds {

    private static final String ASKED = "CamelAiflowAskedOrigins";
    private static final String ANSWERS = "CamelAiflowAnswers-";

    private final Flow flow;
    private final List<Origin> origins;
    private final Integer split;
    private final int answers;

    private PredictionIds(Flow flow, List<Origin> origins, Integer split, int answers) {
        this.flow = flow;
        this.origins = origins;
        this.split = split;
        this.answers = answers;
    }

    static PredictionIds of(Exchange exchange, Flow flow) {
        int answers = exchange.getProperty(ANSWERS + flow.name(), 0, Integer.class);
        DeliveredBodies bodies = DeliveredBodies.in(exchange);
        boolean whole = DeliveredBodies.isWhole(exchange);
        List<Origin> whose = bodies == null || whole
                ? List.of()
                : bodies.whose(exchange.getMessage().getBody());
        if (!whose.isEmpty()) {
            return new PredictionIds(flow, whose, null, answers);
        }
        Integer split = whole ? null : exchange.getProperty(Exchange.SPLIT_INDEX, Integer.class);
        return new PredictionIds(flow, SetAside.origins(exchange), split, answers);
    }

    /**
     * The id of a prediction.
     *
     * @param index of its record, of so many
     * @param key the record's key; {@code null} for none
     */
    String id(int index, int records, Object key) {
        if (oneEach(records)) {
            return id(origins.get(index), null);
        }
        if (origins.size() == 1 && split == null) {
            return id(origins.get(0), String.valueOf(index));
        }
        // the index of a split within a split tells less than all: the key must tell the rest
        if (origins.size() == 1 && key != null) {
            return id(origins.get(0), split + "|" + index + "|" + key);
        }
        return flow.nextId();
    }

    private boolean oneEach(int records) {
        return origins.size() == records && split == null;
    }

    private String id(Origin origin, String part) {
        if (answers > 0) {
            return origin.decisionId(flow.name(), (part == null ? "" : part) + "#" + answers);
        }
        return part == null ? origin.decisionId(flow.name()) : origin.decisionId(flow.name(), part);
    }

    /** So many predictions with these ids are on the exchange. */
    void used(Exchange exchange, int records) {
        if (!origins.isEmpty()) {
            exchange.setProperty(ANSWERS + flow.name(), answers + 1);
        }
        exchange.setProperty(ASKED, oneEach(records) ? origins : null);
    }

    /** The origins of the records that the exchange's predictions are about, in order; empty if they aren't known. */
    static List<Origin> asked(Exchange exchange) {
        Object asked = exchange.getProperty(ASKED);
        return asked instanceof List<?> list
                ? list.stream().map(Origin.class::cast).toList()
                : List.of();
    }
}
