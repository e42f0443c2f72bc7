package io.github.camelaiflow;

import io.github.camelaiflow.delivery.Origin;
import io.github.camelaiflow.validation.FlaggedRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;

/** Keeps an exchange's origins in step with the records in its body, and what became of those that were taken out. */
final class SetAside {

    private static final String REJECTED = "CamelAiflowRejectedOrigins";

    private SetAside() {}

    /** Where the records of the body came from; empty if that isn't known. */
    static List<Origin> origins(Exchange exchange) {
        Object origins = exchange.getProperty(AiflowConstants.ORIGINS);
        if (!(origins instanceof List<?> list)) {
            return List.of();
        }
        return list.stream().map(Origin.class::cast).toList();
    }

    /** Records were taken out of the body. */
    static void keep(Exchange exchange, List<FlaggedRecord> rejected, UnaryOperator<List<Origin>> good) {
        List<Origin> origins = origins(exchange);
        if (exchange.getProperty(AiflowConstants.DELIVERED) == null) {
            if (!rejected.isEmpty()) {
                exchange.removeProperty(AiflowConstants.ORIGINS);
            }
            return;
        }
        Map<Origin, FlaggedRecord> all = new HashMap<>(rejected(exchange));
        rejected.forEach(record -> all.put(origins.get(record.index()), record));
        exchange.setProperty(REJECTED, all);
        exchange.setProperty(AiflowConstants.ORIGINS, good.apply(origins));
    }

    /** What was taken out of a delivered batch, and why. */
    @SuppressWarnings("unchecked")
    static Map<Origin, FlaggedRecord> rejected(Exchange exchange) {
        Object rejected = exchange.getProperty(REJECTED);
        return rejected == null ? Map.of() : (Map<Origin, FlaggedRecord>) rejected;
    }
}
