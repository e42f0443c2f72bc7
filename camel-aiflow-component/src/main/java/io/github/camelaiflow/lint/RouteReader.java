package io.github.camelaiflow.lint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ErrorHandlerFactory;
import org.apache.camel.Expression;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.OutputNode;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.PropertyDefinition;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutingSlipDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.errorhandler.DeadLetterChannelDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.model.errorhandler.ErrorHandlerHelper;
import org.apache.camel.model.errorhandler.RefErrorHandlerDefinition;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.util.StringHelper;

/** Reads the routes of a context as they were prepared for running. */
final class RouteReader {

    private final CamelContext context;

    RouteReader(CamelContext context) {
        this.context = context;
    }

    /** All routes that are ready to run, in the order they were added. */
    List<RouteDefinition> definitions() {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        if (model == null) {
            return List.of();
        }
        return model.getRouteDefinitions().stream()
                .filter(route -> route.isPrepared() && route.getInput() != null)
                .toList();
    }

    LintedRoute readOne(RouteDefinition definition) {
        return within(definition, () -> read(definition));
    }

    private LintedRoute read(RouteDefinition definition) {
        Map<String, String> properties = properties(definition);
        List<Step> steps = new ArrayList<>();
        LintedRoute route =
                new LintedRoute(definition, this, from(definition.getInput()), properties, errors(definition), steps);
        steps.addAll(steps(route, definition.getOutputs()));
        return route;
    }

    /** Camel's YAML knows no route properties; there, lines {@code aiflow.…=…} of the route's note stand for them. */
    private Map<String, String> properties(RouteDefinition definition) {
        Map<String, String> properties = new LinkedHashMap<>();
        if (definition.getNote() != null) {
            definition
                    .getNote()
                    .lines()
                    .map(String::trim)
                    .filter(line -> line.startsWith("aiflow.") && line.contains("="))
                    .forEach(line -> properties.put(
                            StringHelper.before(line, "=").trim(),
                            resolve(StringHelper.after(line, "=").trim())));
        }
        if (definition.getRouteProperties() != null) {
            for (PropertyDefinition property : definition.getRouteProperties()) {
                properties.put(resolve(property.getKey()), resolve(property.getValue()));
            }
        }
        return properties;
    }

    private LintedEndpoint from(FromDefinition input) {
        return input.getEndpoint() != null ? LintedEndpoint.of(input.getEndpoint()) : endpoint(input.getEndpointUri());
    }

    private LintedEndpoint endpoint(String uri) {
        return LintedEndpoint.of(context, resolve(uri));
    }

    private List<Step> steps(LintedRoute route, List<? extends OptionalIdentifiedDefinition<?>> nodes) {
        return nodes.stream()
                .map(node -> new Step(route, node, targets(node), steps(route, inside(node))))
                .toList();
    }

    private static List<OptionalIdentifiedDefinition<?>> inside(OptionalIdentifiedDefinition<?> node) {
        List<OptionalIdentifiedDefinition<?>> inside = new ArrayList<>();
        if (node instanceof ChoiceDefinition choice) {
            // as they are, since a choice flattens its branches
            inside.addAll(choice.getWhenClauses());
            if (choice.getOtherwise() != null) {
                inside.add(choice.getOtherwise());
            }
        } else if (node instanceof OutputNode branch) {
            inside.addAll(branch.getOutputs());
        } else if (node instanceof ProcessorDefinition<?> processor) {
            inside.addAll(processor.getOutputs());
        }
        if (node instanceof CircuitBreakerDefinition breaker && breaker.getOnFallback() != null) {
            inside.add(breaker.getOnFallback());
        }
        return inside;
    }

    private List<LintedEndpoint> targets(OptionalIdentifiedDefinition<?> node) {
        if (node instanceof ToDynamicDefinition dynamic) {
            return dynamic.getUri() == null ? List.of() : List.of(endpoint(dynamic.getUri()));
        }
        if (node instanceof SendDefinition<?> send) {
            if (send.getEndpoint() != null) {
                return List.of(LintedEndpoint.of(send.getEndpoint()));
            }
            return send.getEndpointUri() == null ? List.of() : List.of(endpoint(send.getEndpointUri()));
        }
        if (node instanceof EnrichDefinition
                || node instanceof RecipientListDefinition
                || node instanceof RoutingSlipDefinition) {
            String uris = text((ExpressionNode) node);
            return uris == null
                    ? List.of()
                    : Stream.of(uris.split(","))
                            .map(uri -> endpoint(uri.trim()))
                            .toList();
        }
        return List.of();
    }

    /** What an expression says as far as it needs no message; {@code null} if that cannot be told. */
    private String text(ExpressionNode node) {
        if (node.getExpression() == null) {
            return null;
        }
        String text = node.getExpression().getExpression();
        Expression value = node.getExpression().getExpressionValue();
        if (text == null && value != null) {
            text = ask(() -> value.evaluate(new DefaultExchange(context), String.class));
        }
        return text == null || !text.contains(":") ? null : text;
    }

    private ErrorHandling errors(RouteDefinition route) {
        ErrorHandlerFactory factory = route.getErrorHandlerFactory();
        if (factory instanceof RefErrorHandlerDefinition ref) {
            factory = ErrorHandlerHelper.isErrorHandlerFactoryConfigured(ref.getRef())
                    ? CamelContextHelper.lookup(context, resolve(ref.getRef()), ErrorHandlerFactory.class)
                    : context.getCamelContextExtension().getErrorHandlerFactory();
        }
        if (factory instanceof DeadLetterChannelDefinition channel) {
            return new ErrorHandling(
                    endpoint(channel.getDeadLetterUri()),
                    !"false".equals(resolve(channel.getDeadLetterHandleNewException())),
                    "true".equals(resolve(channel.getUseOriginalMessage())),
                    policy(channel));
        }
        return factory instanceof DefaultErrorHandlerDefinition handler
                ? new ErrorHandling(null, false, false, policy(handler))
                : ErrorHandling.NONE;
    }

    /** The handler makes one where there is none, once it is asked for it. */
    private Object policy(DefaultErrorHandlerDefinition handler) {
        if (handler.hasRedeliveryPolicy()) {
            return handler.getRedeliveryPolicy();
        }
        return handler.getRedeliveryPolicyRef() == null ? null : bean(handler.getRedeliveryPolicyRef());
    }

    /** Beans of a template have names that only Camel knows while it creates the route; a placeholder for one stays as it is. */
    String resolve(String text) {
        String resolved = text == null ? null : ask(() -> context.resolvePropertyPlaceholders(text));
        return resolved == null ? text : resolved;
    }

    Object bean(String name) {
        String key = resolve(name);
        return ask(() -> context.getRegistry().lookupByName(key.startsWith("#") ? key.substring(1) : key));
    }

    CamelContext context() {
        return context;
    }

    /** Has a route's template parameters stand in for placeholders meanwhile, as Camel does when it creates the route. */
    <T> T within(RouteDefinition route, Supplier<T> task) {
        if (route.getTemplateParameters() == null) {
            return task.get();
        }
        Properties parameters = new Properties();
        route.getTemplateParameters().forEach((name, value) -> parameters.put(name, String.valueOf(value)));
        context.getPropertiesComponent().setLocalProperties(parameters);
        try {
            return task.get();
        } finally {
            context.getPropertiesComponent().setLocalProperties(null);
        }
    }

    /** What cannot be told without a message is unknown. */
    static <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            return null;
        }
    }
}
