package io.github.camelaiflow;

import io.github.camelaiflow.definition.DefinitionException;
import io.github.camelaiflow.definition.FlowDefinition;
import io.github.camelaiflow.definition.ModelSource;
import io.github.camelaiflow.model.LoadedModel;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.remote.OpenInferenceModel;
import io.github.camelaiflow.openinference.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes models of the endpoints that a definition names. */
final class RemoteModels {

    /** How long a call may take unless the definition says otherwise. */
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(RemoteModels.class);

    private RemoteModels() {}

    /**
     * The version's model, which has not been asked yet.
     *
     * @throws DefinitionException if Camel can't make an endpoint of what is named
     */
    static LoadedModel load(
            AiflowComponent component,
            FlowDefinition definition,
            String version,
            ModelSource source,
            Set<String> missingAllowed) {
        String place = definition.place() + ": models." + version;
        Duration timeout =
                source.remote().timeout() == null ? TIMEOUT : source.remote().timeout();
        try {
            String uri = component
                    .getCamelContext()
                    .resolvePropertyPlaceholders(source.remote().uri());
            Model model = "open-inference".equals(source.remote().protocol())
                    ? openInference(component, spec(place, source, missingAllowed), uri, timeout)
                    : new EndpointModel(component, spec(place, source, missingAllowed), uri, send(source), timeout);
            return LoadedModel.object(version, model);
        } catch (DefinitionException e) {
            throw e;
        } catch (Exception e) {
            // without Camel's text, which may show the URI's options
            throw new DefinitionException(List.of(place + ".endpoint: must be an endpoint Camel can make here (is its"
                    + " component on the class path, are its options right?), failed with "
                    + e.getClass().getName()));
        }
    }

    private static EndpointModel.Send send(ModelSource source) {
        return EndpointModel.Send.of(source.remote().send());
    }

    private static ModelSpec spec(String place, ModelSource source, Set<String> missingAllowed) {
        return ModelSpec.of(place)
                .withFeatures(source.features())
                .withLabels(source.labels())
                .withMissingAllowed(missingAllowed);
    }

    private static Model openInference(AiflowComponent component, ModelSpec spec, String uri, Duration timeout)
            throws Exception {
        CamelContext context = component.getCamelContext();
        RemoteAddress address = RemoteAddress.of(uri, timeout);
        if (address == null) {
            throw new DefinitionException(List.of(spec.place()
                    + ".endpoint: with protocol open-inference the path must end with /infer, such as"
                    + " http://host/v2/models/claims/infer"));
        }
        CamelTransport transport = new CamelTransport(context, address, Limits.DEFAULT.maxBytes());
        OpenInferenceModel model = OpenInferenceModel.of(spec, transport, Limits.DEFAULT);
        prepare(component, model, spec.place(), timeout);
        return new TimedModel(model, spec.place(), timeout, component.threads().remotes());
    }

    /** Without waiting: a server that is down must not keep the flow from starting. */
    private static void prepare(AiflowComponent component, OpenInferenceModel model, String place, Duration timeout) {
        try {
            RemoteCall.begin(place, timeout, component.threads().remotes(), () -> {
                        try {
                            model.prepare();
                        } catch (ModelException e) {
                            LOG.warn("{}; it is asked again with the first record", e.getMessage());
                        }
                        return null;
                    })
                    .abandonInTime();
        } catch (RejectedExecutionException e) {
            LOG.debug("{} is asked for its metadata with the first record", place);
        }
    }
}
