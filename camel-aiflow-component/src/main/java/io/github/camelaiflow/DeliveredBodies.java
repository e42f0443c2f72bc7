package io.github.camelaiflow;

import io.github.camelaiflow.DeliverCalls.Item;
import io.github.camelaiflow.delivery.Origin;
import io.github.camelaiflow.delivery.OutcomesException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;

/**
 * The bodies of a delivered batch as the route was given them: wherever it moves one of these objects, it is known whose it is. An object that
 * stands for several records, and none at all, tell nothing. Immutable once remembered.
 */
final class DeliveredBodies {

    private static final String PROPERTY = "CamelAiflowDeliveredBodies";

    private final Map<Object, Origin> origins = new IdentityHashMap<>();
    private final List<Item> items;
    private String exchange;

    private DeliveredBodies(List<Item> items) {
        this.items = List.copyOf(items);
    }

    static DeliveredBodies of(List<Item> items) {
        DeliveredBodies bodies = new DeliveredBodies(items);
        List<Object> shared = new ArrayList<>();
        for (Item item : items) {
            if (item.body() != null
                    && bodies.origins.put(item.body(), item.record().origin()) != null) {
                shared.add(item.body());
            }
        }
        shared.forEach(bodies.origins::remove);
        return bodies;
    }

    void remember(Exchange batch) {
        exchange = batch.getExchangeId();
        batch.setProperty(PROPERTY, this);
    }

    /** {@code null} if the exchange is of no delivered batch. */
    static DeliveredBodies in(Exchange exchange) {
        return exchange.getProperty(PROPERTY, DeliveredBodies.class);
    }

    /** All of them, as they came. */
    List<Object> bodies() {
        List<Object> bodies = new ArrayList<>(items.size());
        items.forEach(item -> bodies.add(item.body()));
        return bodies;
    }

    /** Whose they are, in the same order. */
    List<Origin> origins() {
        return items.stream().map(item -> item.record().origin()).toList();
    }

    /** Whether the exchange is that of a delivered batch as a whole, or a copy of it, and no part made by a split. */
    static boolean isWhole(Exchange exchange) {
        DeliveredBodies bodies = in(exchange);
        return bodies != null
                && (exchange.getExchangeId().equals(bodies.exchange)
                        || exchange.getProperty(Exchange.SPLIT_INDEX) == null);
    }

    /** Whose the body is, or the bodies in a list, as long as all are as they came; else empty. */
    List<Origin> whose(Object body) {
        if (body == null) {
            return List.of();
        }
        List<Origin> found = found(body instanceof List<?> list ? list : List.of(body));
        return found.contains(null) ? List.of() : found;
    }

    private List<Origin> found(List<?> bodies) {
        List<Origin> found = new ArrayList<>(bodies.size());
        bodies.forEach(body -> found.add(origins.get(body)));
        return found;
    }

    /**
     * The origins of the bodies that the exchange has now.
     *
     * @param before those of the bodies it had before
     * @throws OutcomesException if some have changed places with others that can't be known again, or have come back or doubled
     */
    List<Origin> follow(Exchange exchange, List<Origin> before) {
        if (!(exchange.getMessage().getBody() instanceof List<?> bodies)) {
            return before;
        }
        List<Origin> found = found(bodies);
        if (found.equals(before)) {
            return before;
        }
        if (!found.contains(null)) {
            if (new HashSet<>(found).size() < found.size() || !new HashSet<>(before).containsAll(found)) {
                throw refused(exchange, "hold no record twice, and none that was taken out before");
            }
            return found;
        }
        for (int i = 0; i < found.size() && found.size() == before.size(); i++) {
            if (found.get(i) != null && !found.get(i).equals(before.get(i))) {
                throw refused(exchange, "stay in its order once some of its records are changed");
            }
        }
        return before;
    }

    private static OutcomesException refused(Exchange exchange, String requirement) {
        return new OutcomesException("route " + Objects.toString(exchange.getFromRouteId(), "")
                + ": the list behind aiflow:deliver must " + requirement
                + ", so that it is known which body is whose; or set batch=false");
    }
}
