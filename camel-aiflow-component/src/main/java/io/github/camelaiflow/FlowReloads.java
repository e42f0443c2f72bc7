package io.github.camelaiflow;

import io.github.camelaiflow.definition.DefinitionException;
import io.github.camelaiflow.definition.FlowDefinition;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a flow whose definition or models change: it is set up anew, or the change is refused and what is in force stays.
 * Under the flow's lock.
 */
final class FlowReloads {

    private static final Logger LOG = LoggerFactory.getLogger(FlowReloads.class);

    private final Flow flow;
    private final FlowBuilder builder;
    private final ModelWatch modelWatch = new ModelWatch();
    private volatile String refused;
    private volatile String refusedModels;
    private String seenDigest;

    FlowReloads(Flow flow, FlowBuilder builder) {
        this.flow = flow;
        this.builder = builder;
    }

    /** A definition that is wrong stops the first start; later it is refused and the last good one stays in force. */
    void setUp(FlowOptions options) {
        try {
            FlowDefinition definition = builder.definition(options.definition());
            if (!publishOrRefuse(definition, options)) {
                publishLastGood(options);
            }
        } catch (DefinitionException e) {
            publishLastGood(options);
            refuse(e);
        }
    }

    /** With the versions in force: what has become of their files says nothing of the models that are loaded. */
    private void publishLastGood(FlowOptions options) {
        FlowParts parts = flow.parts();
        boolean enough = !parts.models().isEmpty()
                && parts.versions().serve(options.named().keySet());
        flow.publish(builder.build(parts.definition(), options, parts, enough ? parts.versions() : null));
    }

    /** If the definition is the one in force, what is wrong is wrong with what it names, which is watched. */
    private boolean publishOrRefuse(FlowDefinition definition, FlowOptions options) {
        try {
            flow.publish(builder.build(definition, options, flow.parts()));
            refused = null;
            refusedModels = null;
            return true;
        } catch (DefinitionException e) {
            if (Objects.equals(definition.digest(), flow.parts().definition().digest())) {
                refuseModels(e);
            } else {
                refuse(e);
            }
            return false;
        }
    }

    /** Sets the flow up anew; what is wrong is logged and told, and the flow stays as it is. */
    void reload(FlowOptions options) {
        try {
            if (publishOrRefuse(builder.definition(options.definition()), options)) {
                LOG.info(
                        "Flow {} is set up anew, definition {}",
                        flow.name(),
                        flow.status().definitionDigest());
            }
        } catch (DefinitionException e) {
            refuse(e);
        }
    }

    /** Reloads once a changed definition has been seen twice alike, because a file may be caught half written. */
    void reloadIfChanged(FlowOptions options) {
        String digest = digestNow(options);
        boolean settled = digest != null && digest.equals(seenDigest);
        if (digest != null && digest.equals(flow.parts().definition().digest())) {
            if (refused != null) {
                LOG.info("Flow {}: the refused change of its definition was taken back", flow.name());
            }
            refused = null;
        } else if (settled) {
            reload(options);
        }
        seenDigest = digest;
    }

    /** {@code null} if the definition is gone, which is refused like a wrong one. */
    private String digestNow(FlowOptions options) {
        String digest = null;
        try {
            digest = builder.digest(options.definition());
        } catch (DefinitionException e) {
            LOG.debug("Flow {} cannot read its definition", flow.name(), e);
        }
        String place = flow.parts().definition().place();
        if (digest == null && place != null) {
            refuse(new DefinitionException(List.of(place + ": must be there, is gone")));
        }
        return digest;
    }

    /** A definition that stays wrong is tried again, for what it names may come, but told once. */
    private void refuse(DefinitionException e) {
        if (!e.getMessage().equals(refused)) {
            LOG.error(
                    "Flow {} keeps its definition, because the changed one is refused: {}",
                    flow.name(),
                    e.getMessage());
        }
        refused = e.getMessage();
    }

    /** Looks at the models the definition in force names, and sets the flow up anew once they have changed. */
    void reloadIfModelsChanged(FlowOptions options) {
        FlowParts parts = flow.parts();
        ModelVersions now = builder.versions(parts.definition(), options, parts);
        switch (modelWatch.look(now, parts.versions())) {
            case SAME -> {
                if (refusedModels != null) {
                    reloadModels(options, now);
                }
            }
            case CHANGED -> reloadModels(options, now);
            case REFUSED -> refuseModels(new DefinitionException(now.problems()));
            case WAIT -> LOG.trace("Flow {} waits for its models to settle", flow.name());
        }
    }

    private void reloadModels(FlowOptions options, ModelVersions now) {
        try {
            FlowParts parts = flow.parts();
            flow.publish(builder.build(parts.definition(), options, parts, now));
            refusedModels = null;
            LOG.info(
                    "Flow {} is set up anew, version {}",
                    flow.name(),
                    flow.parts().serve());
        } catch (DefinitionException e) {
            refuseModels(e);
        }
    }

    /** Reading is interrupted when the context stops; then nothing is wrong with the models. */
    private void refuseModels(DefinitionException e) {
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        if (!flow.parts().models().isEmpty() && !e.getMessage().equals(refusedModels)) {
            LOG.error(
                    "Flow {} keeps its models, because the changed ones are refused: {}", flow.name(), e.getMessage());
        }
        refusedModels = e.getMessage();
    }

    /** Why a changed definition or model was refused; {@code null} if the newest ones are in force. */
    String refused() {
        String definition = refused;
        String models = refusedModels;
        return definition == null || models == null || models.equals(definition)
                ? definition == null ? models : definition
                : definition + "\n" + models;
    }
}
