package io.github.camelaiflow.wire;

import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.management.DeliveryManagement;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.RoutePolicySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps account of the records of plain Camel routes, whatever they come from. Use it as {@code routePolicy} of the route whose exchange
 * carries a record to its decision; one object may serve several routes. Each exchange that enters ends as
 *
 * <ul>
 *   <li>decided: a step {@code aiflow:infer} answered for it, and it was not stopped by a failure after that;
 *   <li>dead letter: it failed, and the dead-letter channel has delivered it, or a route went on after {@link DeadLetterHeaders};
 *   <li>returned: it failed and its consumer was told, or its caller over HTTP (status 400 or more);
 *   <li>or none of these: it was swallowed, by a filter, a handler that delivers nothing, a dead letter that could not be delivered, or a consumer
 *       that does nothing about failures ({@code seda}, or {@code kafka} without {@code breakOnFirstError}).
 * </ul>
 *
 * What is swallowed opens the gap, which {@link DeliveryManagement} shows, and is logged once per episode, which ends after 10 minutes
 * without. A list counts as its records. A route that sets records of a batch aside itself, in place of a failure, says how many in the exchange
 * property {@value #SET_ASIDE}. Counts outlive a stop of the route. Thread-safe.
 */
public final class DeliveryPolicy extends RoutePolicySupport {

    /** Exchange property: how many records a route itself delivered as dead letters; an {@code Integer}. */
    public static final String SET_ASIDE = "CamelAiflowSetAside";

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryPolicy.class);
    private static final String ENTERED = "CamelAiflowEntered-";

    private final Map<String, ExchangeLedger> ledgers = new ConcurrentHashMap<>();
    private final Map<String, Watched> routes = new ConcurrentHashMap<>();
    private String flow = "";

    /** A route that is watched. */
    private record Watched(ExchangeLedger ledger, DeliveryManagement management, boolean givesBack) {}

    /** What entered with an exchange; its account is settled even if the route was stopped meanwhile. */
    private record Entered(Watched watched, int records, boolean list) {}

    /** Name of the flow that records are decided by, as figures are tagged; default none. */
    public void setFlow(String flow) {
        this.flow = flow;
    }

    @Override
    public void onStart(Route route) {
        CamelContext context = route.getCamelContext();
        DeadLetterMark.watch(context);
        AiflowComponent component = context.getComponent("aiflow", AiflowComponent.class);
        ExchangeLedger ledger =
                ledgers.computeIfAbsent(route.getRouteId(), id -> new ExchangeLedger(id, flow, component::now));
        routes.put(
                route.getRouteId(),
                new Watched(
                        ledger, DeliveryManagement.register(context, ledger), givesBack(context, route.getEndpoint())));
    }

    @Override
    public void onStop(Route route) {
        Watched watched = routes.remove(route.getRouteId());
        if (watched != null) {
            watched.management().close();
        }
    }

    @Override
    public void onRemove(Route route) {
        ledgers.remove(route.getRouteId());
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        Watched watched = routes.get(route.getRouteId());
        if (watched != null) {
            Object body = exchange.getMessage().getBody();
            Entered entered = body instanceof Collection<?> records
                    ? new Entered(watched, records.size(), true)
                    : new Entered(watched, 1, false);
            exchange.setProperty(ENTERED + route.getRouteId(), entered);
            watched.ledger().taken(entered.records());
        }
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        Entered entered = (Entered) exchange.removeProperty(ENTERED + route.getRouteId());
        if (entered == null) {
            return;
        }
        Watched watched = entered.watched();
        ExchangeResult result = ExchangeResult.of(exchange, entered.records(), entered.list(), watched.givesBack());
        ExchangeLedger.Notes notes = watched.ledger().settled(entered.records(), result);
        if (watched == routes.get(route.getRouteId())) {
            if (notes.failed()) {
                watched.management().failed("route");
            }
            notes.recovered().ifPresent(watched.management()::recovered);
        }
        if (notes.episode()) {
            LOG.warn(
                    "Route {} swallows records: {} ended neither as decision nor as dead letter, nor was given back. Look for a"
                            + " filter, ignoreExceptions, a handler that delivers nothing, or dead letters that cannot be"
                            + " delivered. More of this is counted (aiflow.delivery.gap), not logged",
                    route.getRouteId(),
                    result.swallowed());
        }
    }

    /** Consumers not known here are believed to do something about what fails. */
    private static boolean givesBack(CamelContext context, Endpoint from) {
        if (KafkaRecords.comeFrom(from)) {
            Object configuration = property(context, from, "configuration");
            return configuration == null || Boolean.TRUE.equals(property(context, configuration, "breakOnFirstError"));
        }
        return !from.getEndpointUri().startsWith("seda:");
    }

    private static Object property(CamelContext context, Object of, String name) {
        return PluginHelper.getBeanIntrospection(context).getOrElseProperty(of, name, null, true);
    }
}
