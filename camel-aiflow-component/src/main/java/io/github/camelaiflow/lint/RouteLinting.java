package io.github.camelaiflow.lint;

import io.github.camelaiflow.lint.Findings.Place;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Ordered;
import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.RoutePolicySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lints the routes of one context: all of them once they are set up and before any consumer starts, and those added later, with the
 * routes that call them, before theirs start. Each finding is told once for each version of a route. Thread-safe.
 */
public final class RouteLinting extends LifecycleStrategySupport implements Ordered {

    private static final Logger LOG = LoggerFactory.getLogger(RouteLinting.class);

    private final CamelContext context;
    private final Supplier<LintMode> mode;
    private final RouteLinter linter;
    private final Set<NamedNode> linted = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<NamedNode, List<Violation>> refused = new IdentityHashMap<>();
    private final Set<Place> told = new HashSet<>();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile LintReport report = LintReport.NONE;

    private RouteLinting(CamelContext context, Supplier<LintMode> mode) {
        this.context = context;
        this.mode = mode;
        linter = new RouteLinter(context);
    }

    /**
     * Has the routes of a context linted from now on; does nothing but return what is there if they are already.
     *
     * @param mode asked each time routes are linted
     */
    public static RouteLinting install(CamelContext context, Supplier<LintMode> mode) {
        RouteLinting there = context.getCamelContextExtension().getContextPlugin(RouteLinting.class);
        if (there != null) {
            return there;
        }
        RouteLinting linting = new RouteLinting(context, mode);
        context.getCamelContextExtension().addContextPlugin(RouteLinting.class, linting);
        context.addLifecycleStrategy(linting);
        if (context.isStarted()) {
            linting.late();
        }
        return linting;
    }

    /** What runs already can only be told of. */
    private void late() {
        lock.lock();
        try {
            Map<Place, Violation> running = lint();
            running.values().forEach(violation -> LOG.error("Runs already: {}", violation));
            told.addAll(running.keySet());
            lint();
        } finally {
            lock.unlock();
        }
    }

    /** What is found in the routes as they are; nothing before they are set up. */
    public LintReport report() {
        Set<String> routes = new RouteReader(context)
                .definitions().stream().map(RouteDefinition::getRouteId).collect(Collectors.toSet());
        return report.only(violation -> routes.contains(violation.route()));
    }

    @Override
    public void onContextInitialized(CamelContext initialized) {
        lock.lock();
        try {
            Map<Place, Violation> refusing = lint();
            if (!refusing.isEmpty()) {
                List<Violation> violations = List.copyOf(refusing.values());
                tell(violations);
                throw new LintException(violations);
            }
        } finally {
            lock.unlock();
        }
    }

    /** All of it once; what is thrown then is short. */
    private static void tell(List<Violation> violations) {
        LOG.error(
                "Routes that can lose or double records are not started ({}; docs/lint.md tells how to mend or suppress):{}",
                violations.size(),
                violations.stream().map(violation -> "\n  " + violation).collect(Collectors.joining()));
    }

    @Override
    public void onRoutesAdd(Collection<Route> routes) {
        lock.lock();
        try {
            for (Route route : routes) {
                if (!linted.contains(route.getRoute()) && !refused.containsKey(route.getRoute())) {
                    refuseNew(List.copyOf(lint().values()));
                }
                refuse(route, refused.get(route.getRoute()));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Which of several routes added together is to blame cannot be told where one calls the other: all are refused. */
    private void refuseNew(List<Violation> violations) {
        if (!violations.isEmpty()) {
            tell(violations);
            definitions().stream()
                    .filter(definition -> !linted.contains(definition))
                    .forEach(definition -> refused.put(definition, violations));
            lint();
        }
    }

    /** For good: Camel warms a route up only once, and would start it at its second try. */
    private static void refuse(Route route, List<Violation> violations) {
        if (violations == null) {
            return;
        }
        if (route.getRoutePolicyList() != null) {
            Refusal refusal = new Refusal(violations);
            refusal.start(); // Camel asks no policy that does not run
            route.getRoutePolicyList().add(refusal);
        }
        throw new LintException(violations);
    }

    /** Where somebody starts it by hand: Camel would start its consumer a moment before it asks a policy, and a record would pass. */
    @Override
    public void onServiceAdd(CamelContext context, Service service, Route route) {
        if (!(service instanceof Consumer) || route == null) {
            return;
        }
        lock.lock();
        try {
            List<Violation> violations = refused.get(route.getRoute());
            if (violations != null) {
                throw new LintException(violations);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Keeps a route from running. */
    private static final class Refusal extends RoutePolicySupport {

        private final List<Violation> violations;

        private Refusal(List<Violation> violations) {
            this.violations = violations;
        }

        @Override
        public void onStart(Route route) {
            throw new LintException(violations);
        }

        /** Camel starts the consumer a moment before it asks. */
        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            exchange.setException(new LintException(violations));
            exchange.setRouteStop(true);
        }
    }

    private List<RouteDefinition> definitions() {
        List<RouteDefinition> all = new RouteReader(context).definitions();
        Set<NamedNode> there = Collections.newSetFromMap(new IdentityHashMap<>());
        there.addAll(all);
        refused.keySet().removeIf(definition -> !there.contains(definition));
        return all.stream().filter(route -> !refused.containsKey(route)).toList();
    }

    /** How many definitions are refused that the application has not removed since, as of the last time routes were linted. */
    int refused() {
        lock.lock();
        try {
            return refused.size();
        } finally {
            lock.unlock();
        }
    }

    /** Whoever does not ask to be refused is not refused for what the linter cannot read. */
    private RouteLinter.Result result(LintMode now, List<RouteDefinition> definitions) {
        try {
            return linter.lint(definitions);
        } catch (RuntimeException e) {
            if (now == LintMode.FAIL) {
                throw e;
            }
            LOG.warn("Routes could not be linted", e);
            return RouteLinter.Result.NONE;
        }
    }

    /** Tells what is new; returns what is new and must not start. */
    private Map<Place, Violation> lint() {
        LintMode now = mode.get();
        List<RouteDefinition> definitions = definitions();
        RouteLinter.Result result = result(now, definitions);
        report = now == LintMode.OFF ? new LintReport(List.copyOf(result.strict()), List.of()) : result.report();
        Map<Place, Violation> refusing = new LinkedHashMap<>();
        told.retainAll(result.places().keySet());
        result.places().forEach((place, violation) -> {
            boolean strict = result.strict().contains(violation);
            if (now == LintMode.OFF && !strict || told.contains(place)) {
                return;
            }
            if (strict || now == LintMode.FAIL) {
                refusing.put(place, violation);
            } else {
                told.add(place);
                LOG.warn("{}", violation);
            }
        });
        if (refusing.isEmpty()) {
            linted.clear();
            linted.addAll(definitions);
        }
        return refusing;
    }

    /** Before others that do something when a context is ready. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST;
    }
}
