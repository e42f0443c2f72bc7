package io.github.camelaiflow.model;

import java.util.Objects;

/**
 * A model ready to answer, and what is known of where it came from. Whoever holds it closes its model, or gives it to
 * the slot that serves it, which does.
 *
 * @param version the version's key
 * @param sha256 the file's digest, 64 lower-case hex digits; {@code null} for an object
 * @param format what it was loaded from
 * @param model what answers
 * @param card what its card says; {@code null} if it has none
 */
public record LoadedModel(String version, String sha256, ModelFormat format, Model model, ModelCard card) {

    public LoadedModel {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(model, "model");
    }

    /** A model without a card. */
    public LoadedModel(String version, String sha256, ModelFormat format, Model model) {
        this(version, sha256, format, model, null);
    }

    /** This model, and what its card says. */
    public LoadedModel withCard(ModelCard known) {
        return new LoadedModel(version, sha256, format, model, known);
    }

    /** A model that comes from no file: a bean, or rules of a definition. */
    public static LoadedModel object(String version, Model model) {
        return new LoadedModel(version, null, ModelFormat.OBJECT, model);
    }
}
