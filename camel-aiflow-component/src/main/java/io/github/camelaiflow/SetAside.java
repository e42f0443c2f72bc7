package io.github.camelaiflow;

import io.github.camelaiflow.delivery.Origin;
import io.github.camelaiflow.delivery.OutcomesException;
import io.github.camelaiflow.validation.FlaggedRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;

/** Keeps an exchange's origins in step with the records in its body, and what became of those that were taken out. */
final class SetAside {

    private static final String REJECTED = "CamelAiflowRejectedOrigins";

    private static final String DROPPED = "CamelAiflowDroppedOrigins";

    private SetAside() {}

    /** Where the records of the body came from; empty if that isn't known. */
    static List<Origin> origins(Exchange exchange) {
        Object origins = exchange.getProperty(AiflowConstants.ORIGINS);
        if (!(origins instanceof List<?> list)) {
            return List.of();
        }
        return list.stream().map(Origin.class::cast).toList();
    }

    /**
     * Follows what the route has done to the list of a delivered batch: where it holds the records as they came, in another order or fewer
     * of them, so are the origins. Where it is again a list that it was before, as after a redelivery of Camel's, which brings back the message
     * but no property, all is as it was then. Inside a split nothing changes.
     *
     * @throws OutcomesException if it can't be said any more which is whose
     */
    static void align(Exchange exchange) {
        if (!DeliveredBodies.isWhole(exchange)) {
            return;
        }
        ListStates.of(exchange).comeBack(exchange);
        List<Origin> before = origins(exchange);
        List<Origin> now = DeliveredBodies.in(exchange).follow(exchange, before);
        if (!now.equals(before)) {
            Set<Origin> dropped = new HashSet<>(dropped(exchange));
            dropped.addAll(before);
            now.forEach(dropped::remove);
            exchange.setProperty(DROPPED, dropped);
            exchange.setProperty(AiflowConstants.ORIGINS, now);
        }
        ListStates.of(exchange).remember(exchange);
    }

    /** All is as it was: these are in the body, and those were taken out. */
    static void restore(
            Exchange exchange, List<Origin> origins, Map<Origin, FlaggedRecord> rejected, Set<Origin> dropped) {
        exchange.setProperty(AiflowConstants.ORIGINS, origins);
        exchange.setProperty(REJECTED, rejected);
        exchange.setProperty(DROPPED, dropped);
    }

    /**
     * Records will be taken out of the body, of so many.
     *
     * @throws OutcomesException if it can't be said which
     */
    static void keep(Exchange exchange, int records, List<FlaggedRecord> rejected, UnaryOperator<List<Origin>> good) {
        if (exchange.getProperty(AiflowConstants.DELIVERED) == null) {
            if (!rejected.isEmpty()) {
                exchange.removeProperty(AiflowConstants.ORIGINS);
            }
            return;
        }
        List<Origin> origins = DeliveredBodies.isWhole(exchange)
                ? origins(exchange)
                : DeliveredBodies.in(exchange).whose(exchange.getMessage().getBody());
        if (origins.size() != records) {
            throw new OutcomesException("route " + exchange.getFromRouteId()
                    + ": onInvalid=split needs the records that aiflow:deliver gave, as they came or one for one in their"
                    + " order; or set batch=false");
        }
        Map<Origin, FlaggedRecord> all = new HashMap<>(rejected(exchange));
        rejected.forEach(record -> all.put(origins.get(record.index()), record));
        exchange.setProperty(REJECTED, all);
        exchange.setProperty(AiflowConstants.ORIGINS, good.apply(origins));
    }

    /** What a route took out of a delivered batch without a word. */
    @SuppressWarnings("unchecked")
    static Set<Origin> dropped(Exchange exchange) {
        Object dropped = exchange.getProperty(DROPPED);
        return dropped == null ? Set.of() : (Set<Origin>) dropped;
    }

    /** What was taken out of a delivered batch, and why. */
    @SuppressWarnings("unchecked")
    static Map<Origin, FlaggedRecord> rejected(Exchange exchange) {
        Object rejected = exchange.getProperty(REJECTED);
        return rejected == null ? Map.of() : (Map<Origin, FlaggedRecord>) rejected;
    }
}
