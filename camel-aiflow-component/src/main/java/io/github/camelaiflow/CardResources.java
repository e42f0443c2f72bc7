package io.github.camelaiflow;

import io.github.camelaiflow.definition.DefinitionException;
import io.github.camelaiflow.definition.FlowDefinition;
import io.github.camelaiflow.definition.ModelSource;
import io.github.camelaiflow.model.ModelCard;
import io.github.camelaiflow.model.files.ModelCards;
import java.util.List;

/** The files of a model that is listed, and of the card that its entry names or that stands beside it. */
final class CardResources {

    private final FlowResources resources;

    CardResources(FlowResources resources) {
        this.resources = resources;
    }

    /**
     * A card as it was read.
     *
     * @param golden its file of golden records; {@code null} if it names none
     */
    record Read(ModelCard card, byte[] golden) {}

    /** The model file: an endpoint's is a resource of the route author's, a definition's is relative to it. */
    String model(FlowDefinition definition, String version, ModelSource source) {
        return source.ofEndpoint()
                ? source.resource()
                : resources.resolve(definition.place(), "models." + version + ".model", source.resource());
    }

    /** Changes with the files, so that replaced ones are loaded though the definition is the same. */
    List<String> stamp(FlowDefinition definition, ModelSource source) {
        String card = card(definition, "", source);
        return List.of(
                resources.stamp(model(definition, "", source)), card == null ? "" : card + resources.stamp(card));
    }

    /**
     * The model's card; {@code null} if it has none.
     *
     * @throws DefinitionException if one is named that is not there, or what there is cannot be read
     * @throws io.github.camelaiflow.model.ModelException if the card is wrong
     */
    Read read(FlowDefinition definition, String version, ModelSource source) {
        String resource = card(definition, version, source);
        if (resource == null) {
            return null;
        }
        ModelCard card = ModelCards.read(resource, resources.read(resource, ModelCards.MAX_CARD_BYTES));
        if (card.golden() == null || card.golden().file() == null) {
            return new Read(card, null);
        }
        String golden = resources.resolve(resource, "golden.file", card.golden().file());
        return new Read(card, resources.read(golden, ModelCards.MAX_GOLDEN_BYTES));
    }

    /** {@code null} if there is none. */
    private String card(FlowDefinition definition, String version, ModelSource source) {
        String key = "models." + version + ".card";
        if (source.file().card() != null) {
            return resources.resolve(definition.place(), key, source.file().card());
        }
        if (!resources.exists(model(definition, version, source) + ModelCards.SUFFIX)) {
            return null;
        }
        return source.ofEndpoint()
                ? source.resource() + ModelCards.SUFFIX
                : resources.resolve(definition.place(), key, source.resource() + ModelCards.SUFFIX);
    }
}
