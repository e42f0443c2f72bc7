package io.github.camelaiflow;

import io.github.camelaiflow.delivery.Origin;
import io.github.camelaiflow.validation.FlaggedRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;

/** What the list of a delivered batch was as it came and at each step, and what had been taken out of it by then. Immutable. */
final class ListStates {

    private static final String PROPERTY = "CamelAiflowListStates";

    private final List<State> states;

    private ListStates(List<State> states) {
        this.states = states;
    }

    private record State(
            List<Object> bodies, List<Origin> origins, Map<Origin, FlaggedRecord> rejected, Set<Origin> dropped) {

        /** Whether the list holds the very objects. */
        boolean is(List<?> list) {
            if (list.size() != bodies.size()) {
                return false;
            }
            int place = 0;
            for (Object body : list) {
                if (body != bodies.get(place++)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Those of a delivered batch as a whole. */
    static ListStates of(Exchange exchange) {
        ListStates known = exchange.getProperty(PROPERTY, ListStates.class);
        if (known != null) {
            return known;
        }
        DeliveredBodies delivered = DeliveredBodies.in(exchange);
        return new ListStates(List.of(new State(delivered.bodies(), delivered.origins(), Map.of(), Set.of())));
    }

    void remember(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof List<?> list && last(list) < 0) {
            List<State> more = new ArrayList<>(states);
            more.add(new State(
                    Collections.unmodifiableList(new ArrayList<>(list)),
                    SetAside.origins(exchange),
                    SetAside.rejected(exchange),
                    SetAside.dropped(exchange)));
            exchange.setProperty(PROPERTY, new ListStates(List.copyOf(more)));
        }
    }

    /** Where the list is as it was before, and what has been taken out is not: what came later has not happened. */
    void comeBack(Exchange exchange) {
        int place = exchange.getMessage().getBody() instanceof List<?> list ? last(list) : -1;
        if (place < 0 || states.get(place).origins().equals(SetAside.origins(exchange))) {
            return;
        }
        State state = states.get(place);
        SetAside.restore(exchange, state.origins(), state.rejected(), state.dropped());
        exchange.setProperty(PROPERTY, new ListStates(List.copyOf(states.subList(0, place + 1))));
    }

    /** The place of the last state whose list it is; -1 for none. */
    private int last(List<?> list) {
        for (int place = states.size() - 1; place >= 0; place--) {
            if (states.get(place).is(list)) {
                return place;
            }
        }
        return -1;
    }
}
