package io.github.camelaiflow.lint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.camel.model.InterceptFromDefinition;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.PipelineDefinition;
import org.apache.camel.model.PolicyDefinition;
import org.apache.camel.model.RemoveHeadersDefinition;
import org.apache.camel.model.SagaDefinition;
import org.apache.camel.model.StepDefinition;
import org.apache.camel.model.TransactedDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.support.PatternHelper;

/** The steps a record passes that comes to a route from outside, in order, and on into the routes that are called by direct: or seda:. */
final class Passage {

    private static final List<String> STEERING =
            List.of("kafka.OVERRIDE_TOPIC", "kafka.OVERRIDE_TIMESTAMP", "kafka.PARTITION_KEY", "KAFKA.KEY");

    private Map<String, List<LintedRoute>> called;
    private final Set<LintedRoute> open = new HashSet<>();
    private final Map<Entered, Boolean> left = new HashMap<>();
    private final List<LintedRoute> routes = new ArrayList<>();
    private final List<Passed> passed = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();

    /**
     * A step that was come to.
     *
     * @param clean whether no header is left by which a sender could steer a Kafka producer
     */
    record Passed(Step step, boolean clean) {}

    /** A way into a route: whoever comes the same way again passes nothing new. */
    private record Entered(LintedRoute route, boolean clean) {}

    private Passage(Map<String, List<LintedRoute>> called) {
        this.called = called;
    }

    /** @param called routes by the key of the endpoint they start from */
    static Passage through(LintedRoute first, Map<String, List<LintedRoute>> called) {
        Passage passage = new Passage(called);
        passage.enter(first, false);
        passage.called = new HashMap<>(called); // it is kept for long, and others are none of its business
        passage.called.keySet().retainAll(passage.keys);
        return passage;
    }

    /** The routes that were come through, each once. */
    List<LintedRoute> routes() {
        return routes;
    }

    List<Passed> passed() {
        return passed;
    }

    /** Whether it would be another one if there were other routes that start from one of these keys. */
    boolean dependsOn(Set<String> others) {
        return !Collections.disjoint(keys, others);
    }

    /** Whether senders' headers are gone from the beginning of a route, or after its first step. */
    boolean cleanIn(LintedRoute route) {
        return route.steps().stream()
                .filter(step -> !(step.node() instanceof OnExceptionDefinition))
                .findFirst()
                .map(step -> strips(step)
                        || passed.stream().filter(one -> one.step() == step).allMatch(Passed::clean))
                .orElse(false);
    }

    /** Whether a record that has passed the step has passed one like that: itself, inside it, or in a route it calls and waits for. */
    boolean always(Step step, Predicate<Step> such) {
        return always(step, such, new HashSet<>());
    }

    private boolean always(Step step, Predicate<Step> such, Set<LintedRoute> asked) {
        // what is tried may have failed
        boolean through = goesThrough(step.node()) && !(step.node() instanceof TryDefinition);
        return such.test(step)
                || through && step.children().stream().anyMatch(inside -> always(inside, such, asked))
                || step.targets().stream()
                        .filter(target -> target.scheme().equals("direct"))
                        .flatMap(target -> called.getOrDefault(target.key(), List.of()).stream())
                        .filter(asked::add)
                        .anyMatch(route -> route.steps().stream()
                                .filter(inside -> !(inside.node() instanceof OnExceptionDefinition))
                                .anyMatch(inside -> always(inside, such, asked)));
    }

    /** Whether a record that comes to the step may pass one like that: itself, inside it, or in a route it calls and waits for. */
    boolean may(Step step, Predicate<Step> such) {
        return may(step, such, new HashSet<>());
    }

    private boolean may(Step step, Predicate<Step> such, Set<LintedRoute> asked) {
        return such.test(step)
                || step.children().stream().anyMatch(inside -> may(inside, such, asked))
                || step.targets().stream()
                        .filter(target -> target.scheme().equals("direct"))
                        .flatMap(target -> called.getOrDefault(target.key(), List.of()).stream())
                        .filter(asked::add)
                        .anyMatch(route -> route.steps().stream().anyMatch(inside -> may(inside, such, asked)));
    }

    private boolean enter(LintedRoute route, boolean clean) {
        Entered entered = new Entered(route, clean);
        if (left.containsKey(entered)) {
            return left.get(entered);
        }
        if (!open.add(route)) {
            return clean;
        }
        if (!routes.contains(route)) {
            routes.add(route);
        }
        boolean after = pass(route.steps(), clean);
        open.remove(route);
        left.put(entered, after);
        return after;
    }

    private boolean pass(List<Step> steps, boolean cleanBefore) {
        boolean clean = cleanBefore;
        for (Step step : steps) {
            passed.add(new Passed(step, clean));
            if (strips(step)) {
                clean = true;
            }
            for (LintedEndpoint target : step.targets()) {
                keys.add(target.key());
                for (LintedRoute next : called.getOrDefault(target.key(), List.of())) {
                    boolean after = enter(next, clean);
                    clean |= target.scheme().equals("direct") && after;
                }
            }
            boolean after = pass(step.children(), clean);
            clean |= goesThrough(step.node()) && after;
        }
        return clean;
    }

    /** Whether each record passes what is inside, so that headers removed there are removed. */
    private static boolean goesThrough(OptionalIdentifiedDefinition<?> node) {
        return node instanceof PipelineDefinition && !(node instanceof MulticastDefinition)
                || node instanceof StepDefinition
                || node instanceof PolicyDefinition
                || node instanceof TransactedDefinition
                || node instanceof SagaDefinition
                || node instanceof TryDefinition
                || node instanceof InterceptFromDefinition intercept && intercept.getOnWhen() == null;
    }

    private static boolean strips(Step step) {
        if (step.node() instanceof RemoveHeadersDefinition remove) {
            String pattern = step.route().text(remove.getPattern(), "");
            return STEERING.stream()
                    .allMatch(header -> PatternHelper.matchPattern(header, pattern) && !spared(step, remove, header));
        }
        return Beans.of(step).anyMatch(StripsHeaders.class::isAssignableFrom);
    }

    private static boolean spared(Step step, RemoveHeadersDefinition remove, String header) {
        String one = remove.getExcludePattern();
        return one != null && PatternHelper.matchPattern(header, step.route().text(one, ""))
                || remove.getExcludePatterns() != null
                        && PatternHelper.isExcludePatternMatch(header, remove.getExcludePatterns());
    }
}
