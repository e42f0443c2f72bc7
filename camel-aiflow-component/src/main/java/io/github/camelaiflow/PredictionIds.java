package io.github.camelaiflow;

import io.github.camelaiflow.delivery.Origin;
import java.util.List;
import org.apache.camel.Exchange;

/** Ids of an exchange's predictions: made of its records' origins where these are known, so that they are the same each time. */
final class PredictionIds {

    private final Flow flow;
    private final List<Origin> origins;
    private final Integer split;

    private PredictionIds(Flow flow, List<Origin> origins, Integer split) {
        this.flow = flow;
        this.origins = origins;
        this.split = split;
    }

    static PredictionIds of(Exchange exchange, Flow flow) {
        return new PredictionIds(
                flow, SetAside.origins(exchange), exchange.getProperty(Exchange.SPLIT_INDEX, Integer.class));
    }

    /**
     * The id of a prediction.
     *
     * @param index of its record, of so many
     * @param key the record's key; {@code null} for none
     */
    String id(int index, int records, Object key) {
        if (origins.size() == records && split == null) {
            return origins.get(index).decisionId(flow.name());
        }
        if (origins.size() == 1 && split == null) {
            return origins.get(0).decisionId(flow.name(), String.valueOf(index));
        }
        // the index of a split within a split tells less than all: the key must tell the rest
        if (origins.size() == 1 && key != null) {
            return origins.get(0).decisionId(flow.name(), split + "|" + index + "|" + key);
        }
        return flow.nextId();
    }
}
