package io.github.camelaiflow.lint;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.DelegateEndpoint;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.InterceptSendToEndpoint;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.util.StringHelper;

/**
 * An endpoint with its options as they are in force: of the URI, else of the component. An endpoint that comes to be only with a message
 * (toD) is read from its URI and component.
 */
final class LintedEndpoint {

    private static final Set<String> FILES = Set.of("file", "ftp", "ftps", "sftp");
    private static final Set<String> CLOCKS = Set.of("timer", "scheduler", "quartz", "cron");
    private static final Set<String> HTTP =
            Set.of("rest", "rest-openapi", "platform-http", "servlet", "jetty", "undertow", "netty-http");
    private static final String KAFKA = "org.apache.camel.component.kafka.KafkaEndpoint";

    private final String uri;
    private final String scheme;
    private final boolean kafka;
    private final Function<String, Object> options;

    private LintedEndpoint(String uri, boolean kafka, Function<String, Object> options) {
        this.uri = uri.contains("?") ? StringHelper.before(uri, "?") : uri;
        this.scheme = this.uri.contains(":") ? StringHelper.before(this.uri, ":") : this.uri;
        this.kafka = kafka || scheme.equals("kafka");
        this.options = options;
    }

    /** @param uri without placeholders; may hold expressions */
    static LintedEndpoint of(CamelContext context, String uri) {
        boolean open = uri.contains("${") || uri.contains("{{");
        Endpoint endpoint = open ? null : context.hasEndpoint(uri);
        return endpoint == null ? dynamic(context, uri) : of(endpoint);
    }

    static LintedEndpoint of(Endpoint given) {
        Endpoint endpoint = given;
        while (true) {
            if (endpoint instanceof DelegateEndpoint delegate) {
                endpoint = delegate.getEndpoint();
            } else if (endpoint instanceof InterceptSendToEndpoint intercepted) {
                endpoint = intercepted.getOriginalEndpoint();
            } else {
                break;
            }
        }
        Endpoint found = endpoint;
        Component component = context(found).hasComponent(StringHelper.before(found.getEndpointBaseUri(), ":", ""));
        PropertyConfigurer configurer = component == null ? null : component.getEndpointPropertyConfigurer();
        return new LintedEndpoint(
                found.getEndpointUri(), isKafka(found.getClass()), name -> value(configurer, found, name));
    }

    private static CamelContext context(Endpoint endpoint) {
        return endpoint.getCamelContext();
    }

    private static LintedEndpoint dynamic(CamelContext context, String uri) {
        Map<String, String> query = Queries.of(uri);
        Component component = context.hasComponent(StringHelper.before(uri, ":", ""));
        PropertyConfigurer configurer = component == null ? null : component.getComponentPropertyConfigurer();
        return new LintedEndpoint(uri, false, name -> {
            String given = query.get(name);
            return given == null ? value(configurer, component, name) : given;
        });
    }

    private static boolean isKafka(Class<?> type) {
        for (Class<?> one = type; one != null; one = one.getSuperclass()) {
            if (one.getName().equals(KAFKA)) {
                return true;
            }
        }
        return false;
    }

    private static Object value(PropertyConfigurer configurer, Object target, String name) {
        return configurer instanceof PropertyConfigurerGetter getter ? getter.getOptionValue(target, name, true) : null;
    }

    /** Without options, which may hold secrets. */
    String uri() {
        return uri;
    }

    String scheme() {
        return scheme;
    }

    /** The same for all spellings of one endpoint. */
    String key() {
        return scheme + ":" + path();
    }

    /** What stands after the scheme, without options. */
    String path() {
        String path = StringHelper.after(uri, ":", "");
        return path.startsWith("//") ? path.substring(2) : path;
    }

    boolean kafka() {
        return kafka;
    }

    boolean aiflow() {
        return scheme.equals("aiflow");
    }

    /** Whether it starts a route with a declared delivery mode. */
    boolean delivers() {
        return aiflow() && path().startsWith("deliver:");
    }

    /** Whether it tells its source that a record is done once the route has ended. */
    boolean acknowledges() {
        return kafka || FILES.contains(scheme) || delivers();
    }

    /** Whether its messages are made by the clock or by what the application found out, so that none of them can be lost. */
    boolean clock() {
        return CLOCKS.contains(scheme) || aiflow() && path().startsWith("events:");
    }

    boolean http() {
        return HTTP.contains(scheme);
    }

    Object option(String name) {
        return options.apply(name);
    }

    /** An option as text; empty if it is not set. */
    String text(String name) {
        Object value = option(name);
        return value == null ? "" : value.toString().trim();
    }

    boolean flag(String name) {
        return Boolean.parseBoolean(text(name));
    }

    boolean flagUnlessSet(String name) {
        return text(name).isEmpty() || flag(name);
    }

    long number(String name, long unset) {
        String text = text(name);
        return text.isEmpty() ? unset : Long.parseLong(text);
    }
}
