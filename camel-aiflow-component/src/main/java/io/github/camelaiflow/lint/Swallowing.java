package io.github.camelaiflow.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.camel.Predicate;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.DynamicRouterDefinition;
import org.apache.camel.model.ExpressionSubElementDefinition;
import org.apache.camel.model.KameletDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RollbackDefinition;
import org.apache.camel.model.RoutingSlipDefinition;
import org.apache.camel.model.ScriptDefinition;
import org.apache.camel.model.ThrowExceptionDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.model.WireTapDefinition;
import org.apache.camel.support.DefaultExchange;

/** Failures of a record that end nowhere. */
final class Swallowing {

    private static final Set<String> ONLY_LOOK = Set.of("log");

    /** Where a record is kept once it was sent there; others are asked for an answer, or do something of their own. */
    private static final Set<String> KEEPS = Set.of(
            "kafka",
            "file",
            "ftp",
            "ftps",
            "sftp",
            "jms",
            "sjms",
            "sjms2",
            "activemq",
            "activemq6",
            "amqp",
            "pulsar",
            "spring-rabbitmq",
            "aws2-sqs",
            "aws2-sns",
            "azure-servicebus",
            "google-pubsub");

    private Swallowing() {}

    static void check(LintedRoute first, Passage passage, LintedRoute route, Findings findings) {
        LintedEndpoint dead = route.errors().deadLetters();
        if (dead != null && ONLY_LOOK.contains(dead.scheme())) {
            findings.add(LintRule.SWALLOWS, route, "errorHandler deadLetterUri " + dead.uri(), first);
        }
        for (Step step : route.steps()) {
            if (step.node() instanceof OnExceptionDefinition on) {
                if (holds(route, on.getContinued(), on.getContinuedPolicy())) {
                    findings.add(LintRule.SWALLOWS, route, step.where() + " continued", first);
                } else if (handles(route, on) && !delivers(step.children())) {
                    findings.add(LintRule.SWALLOWS, route, step.where() + " handled", first);
                }
            }
        }
        for (Step inside : lastTries(passage, route.steps(), false)) {
            if (inside.node() instanceof CatchDefinition && !delivers(inside.children())) {
                findings.add(LintRule.SWALLOWS, route, inside.where(), first);
            }
        }
    }

    /**
     * What is inside each doTry that is the only one to send a record on.
     *
     * @param elsewhere whether the record is kept before these steps, or something is sent after them
     */
    private static List<Step> lastTries(Passage passage, List<Step> steps, boolean elsewhere) {
        List<Step> found = new ArrayList<>();
        boolean kept = elsewhere;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            boolean others = kept || delivers(steps.subList(i + 1, steps.size()));
            if (step.node() instanceof TryDefinition && !others && delivers(tried(step))) {
                found.addAll(step.children());
            }
            found.addAll(lastTries(passage, step.children(), others));
            kept |= passage.always(step, Swallowing::keeps);
        }
        return found;
    }

    static boolean keeps(Step step) {
        return !(step.node() instanceof WireTapDefinition)
                && step.targets().stream().anyMatch(target -> KEEPS.contains(target.scheme()));
    }

    private static List<Step> tried(Step step) {
        return step.children().stream()
                .filter(inside -> !(inside.node() instanceof CatchDefinition))
                .toList();
    }

    /** Whether a failure is told somebody or a record is sent. What code or a message decides cannot be seen and counts as such. */
    private static boolean delivers(List<Step> steps) {
        return steps.stream().anyMatch(step -> step.any(Swallowing::delivers));
    }

    private static boolean delivers(Step step) {
        OptionalIdentifiedDefinition<?> node = step.node();
        return node instanceof ProcessDefinition
                || node instanceof BeanDefinition
                || node instanceof ScriptDefinition
                || node instanceof ThrowExceptionDefinition
                || node instanceof RollbackDefinition
                || node instanceof RecipientListDefinition
                || node instanceof RoutingSlipDefinition
                || node instanceof DynamicRouterDefinition
                || node instanceof KameletDefinition
                || step.targets().stream().anyMatch(target -> !ONLY_LOOK.contains(target.scheme()));
    }

    /** Whether it says of every message that it is handled. */
    static boolean handles(LintedRoute route, OnExceptionDefinition on) {
        return holds(route, on.getHandled(), on.getHandledPolicy());
    }

    /** Whether it holds for every message; one that depends on the message is left to its author. */
    private static boolean holds(LintedRoute route, ExpressionSubElementDefinition written, Predicate given) {
        var context = route.reader().context();
        Boolean held = route.reader()
                .within(
                        route.definition(),
                        () -> RouteReader.ask(() -> {
                            Predicate predicate = given;
                            if (predicate == null && written != null && written.getExpressionType() != null) {
                                predicate = written.getExpressionType().createPredicate(context);
                            }
                            if (predicate == null) {
                                return false;
                            }
                            predicate.init(context);
                            return predicate.matches(new DefaultExchange(context));
                        }));
        return Boolean.TRUE.equals(held);
    }
}
