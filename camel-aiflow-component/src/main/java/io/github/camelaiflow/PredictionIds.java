package io.github.camelaiflow;

import io.github.camelaiflow.delivery.Origin;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * Ids of an exchange's predictions: made of its records' origins where these are known, so that they are the same each time. What a further
 * step of the flow predicts about the same record has an id of its own; what the same step does a second time, has not: it may be a redelivery
 * of Camel's, which can't be told from a loop.
 */
final class PredictionIds {

    private static final String ASKED = "CamelAiflowAskedOrigins";
    private static final String STEPS = "CamelAiflowInferSteps-";

    private final Flow flow;
    private final List<Origin> origins;
    private final Integer split;
    private final Steps steps;

    private PredictionIds(Flow flow, List<Origin> origins, Integer split, Steps steps) {
        this.flow = flow;
        this.origins = origins;
        this.split = split;
        this.steps = steps;
    }

    /**
     * The flow's steps that the exchange has passed, this one among them.
     *
     * @param names in the order it came to them first
     * @param place of this step
     */
    private record Steps(List<String> names, int place) {

        static Steps with(Exchange exchange, Flow flow, AiflowEndpoint endpoint) {
            List<String> names = new ArrayList<>();
            if (exchange.getProperty(STEPS + flow.name()) instanceof List<?> passed) {
                passed.forEach(name -> names.add((String) name));
            }
            String name = exchange.getExchangeExtension().getHistoryNodeId() + " " + endpoint.getEndpointKey();
            if (!names.contains(name)) {
                names.add(name);
            }
            return new Steps(List.copyOf(names), names.indexOf(name));
        }
    }

    static PredictionIds of(Exchange exchange, Flow flow, AiflowEndpoint endpoint) {
        Steps steps = Steps.with(exchange, flow, endpoint);
        DeliveredBodies bodies = DeliveredBodies.in(exchange);
        boolean whole = DeliveredBodies.isWhole(exchange);
        List<Origin> whose = bodies == null || whole
                ? List.of()
                : bodies.whose(exchange.getMessage().getBody());
        if (!whose.isEmpty()) {
            return new PredictionIds(flow, whose, null, steps);
        }
        Integer split = whole ? null : exchange.getProperty(Exchange.SPLIT_INDEX, Integer.class);
        return new PredictionIds(flow, SetAside.origins(exchange), split, steps);
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
        if (steps.place() > 0) {
            return origin.decisionId(flow.name(), (part == null ? "" : part) + "#" + steps.place());
        }
        return part == null ? origin.decisionId(flow.name()) : origin.decisionId(flow.name(), part);
    }

    /** So many predictions with these ids are on the exchange. */
    void used(Exchange exchange, int records) {
        if (!origins.isEmpty()) {
            exchange.setProperty(STEPS + flow.name(), steps.names());
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
