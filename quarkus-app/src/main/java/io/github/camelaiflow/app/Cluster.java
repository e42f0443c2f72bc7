package io.github.camelaiflow.app;

import io.github.camelaiflow.AiflowComponent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.quarkus.core.events.ComponentAddEvent;
import org.apache.camel.support.PropertyBindingSupport;
import org.eclipse.microprofile.config.Config;

/**
 * Gives the component its place among nodes: this instance's name, the store that nodes share ({@value #STORE}), and the cluster service that
 * {@value #OPTION} names.
 */
@ApplicationScoped
class Cluster {

    private static final String OPTION = "aiflow.cluster";
    private static final String INSTANCE = "claims.instance";
    private static final String STORE = "aiflow.store";

    private final Config config;

    @Inject
    Cluster(Config config) {
        this.config = config;
    }

    void added(@Observes ComponentAddEvent event) throws Exception {
        if (event.getComponent() instanceof AiflowComponent component) {
            text(INSTANCE).ifPresent(component::setNode);
            text(STORE + ".url").ifPresent(component::setStoreUrl);
            text(STORE + ".username").ifPresent(component::setStoreUsername);
            text(STORE + ".password").ifPresent(component::setStorePassword);
            component.setClusterService(service(component.getCamelContext()));
        }
    }

    private CamelClusterService service(CamelContext context) throws Exception {
        String kind = text(OPTION).orElse("none");
        return switch (kind) {
            case "none" -> null;
            case "file" ->
                made(
                        context,
                        "org.apache.camel.component.file.cluster.FileLockClusterService",
                        "root acquireLockInterval heartbeatTimeoutMultiplier",
                        "file");
            case "store" ->
                made(
                        context,
                        "io.github.camelaiflow.cluster.StoreClusterService",
                        "url username password node lease",
                        "store");
            case "kubernetes" ->
                made(
                        context,
                        "org.apache.camel.component.kubernetes.cluster.KubernetesClusterService",
                        "kubernetesNamespace podName leaseDurationMillis renewDeadlineMillis retryPeriodMillis",
                        "kubernetes");
            default ->
                throw new IllegalArgumentException(OPTION + " must be none, file, store or kubernetes, was " + kind);
        };
    }

    private CamelClusterService made(CamelContext context, String type, String options, String kind) throws Exception {
        Class<CamelClusterService> found = context.getClassResolver().resolveClass(type, CamelClusterService.class);
        if (found == null) {
            throw new IllegalArgumentException(
                    OPTION + "=" + kind + " needs " + type + " on the class path: build the app with -P" + kind);
        }
        CamelClusterService service = context.getInjector().newInstance(found);
        Map<String, Object> values = new LinkedHashMap<>();
        for (String option : options.split(" ")) {
            text(OPTION + "." + kind + "." + option).ifPresent(value -> values.put(option, value));
        }
        // a password may begin with what elsewhere refers to a bean
        PropertyBindingSupport.build()
                .withCamelContext(context)
                .withTarget(service)
                .withProperties(values)
                .withReference(false)
                .bind();
        return service;
    }

    private Optional<String> text(String name) {
        return config.getOptionalValue(name, String.class).filter(value -> !value.isBlank());
    }
}
