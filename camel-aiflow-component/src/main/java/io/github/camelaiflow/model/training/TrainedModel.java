package io.github.camelaiflow.model.training;

import io.github.camelaiflow.model.ModelCard;

/**
 * A model and its card, ready to be published.
 *
 * @param file the model's bytes
 * @param card its card, without name and version
 */
public record TrainedModel(byte[] file, ModelCard card) {

    /** What the model's file is called. */
    public static final String FILE = "model.tribuo";
}
