package io.github.camelaiflow.model.files;

import io.github.camelaiflow.data.Sha256;
import io.github.camelaiflow.model.LoadedModel;
import io.github.camelaiflow.model.ModelCard;
import io.github.camelaiflow.model.ModelCard.Golden;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.Signature;
import io.github.camelaiflow.model.Signature.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Loads a version as its card says: length and digest before any parser sees a byte, then format and signature, then the golden
 * records, then a warm-up. What comes out is ready to serve. Thread-safe.
 */
public final class VersionLoader {

    private final ModelLoader loader;

    /** A loader of versions whose model files the other one loads. */
    public VersionLoader(ModelLoader loader) {
        this.loader = loader;
    }

    /**
     * Loads a model and lets it pass the gate.
     *
     * @param spec what the flow says; its digest wins and must be the card's, its features and labels win
     * @param card {@code null} if there is none: then there is no gate
     * @param golden the bytes of the card's file of golden records; {@code null} without one
     * @param bytes the model file
     * @return the model with its card; the caller closes it
     * @throws ModelException if the file is not what card and spec say, or answers a golden record otherwise; nothing is left
     *     open then
     */
    public LoadedModel load(ModelSpec spec, ModelCard card, byte[] golden, byte[] bytes) {
        if (card == null) {
            return loader.load(spec, bytes);
        }
        checkFile(spec, card, bytes);
        Golden records = golden(spec.place(), card, golden);
        LoadedModel loaded = loader.load(spec(spec, card), bytes, rows(records)).withCard(card);
        try {
            checkModel(spec.place(), card, loaded);
            if (records != null) {
                GoldenGate.check(spec.place(), loaded.model(), records);
                WarmUp.golden(spec.place(), loaded.model(), records);
            }
            return loaded;
        } catch (RuntimeException | Error e) {
            loaded.model().close();
            throw e;
        }
    }

    private static List<Map<String, Object>> rows(Golden golden) {
        return golden == null
                ? List.of()
                : golden.records().stream()
                        .map(ModelCard.GoldenRecord::record)
                        .filter(Objects::nonNull)
                        .toList();
    }

    private static void checkFile(ModelSpec spec, ModelCard card, byte[] bytes) {
        if (spec.sha256() != null && !spec.sha256().equals(card.sha256())) {
            throw new ModelException(
                    false,
                    spec.place() + " must have the SHA-256 " + spec.sha256() + " by the definition and " + card.sha256()
                            + " by its card");
        }
        if (bytes.length != card.length()) {
            throw new ModelException(
                    false,
                    spec.place() + " must have " + card.length() + " bytes as its card says, it has " + bytes.length);
        }
        // not put into the spec: a digest that comes with the file doesn't vouch for it, as the definition's does
        String sha256 = Sha256.of(bytes);
        if (!sha256.equals(card.sha256())) {
            throw new ModelException(
                    false, spec.place() + " must have the SHA-256 " + card.sha256() + ", it has " + sha256);
        }
    }

    private static Golden golden(String place, ModelCard card, byte[] bytes) {
        Golden golden = card.golden();
        if (golden == null || golden.file() == null) {
            return golden;
        }
        if (bytes == null || !Sha256.of(bytes).equals(golden.sha256())) {
            throw new ModelException(
                    false, place + ": " + golden.file() + " must have the SHA-256 that golden.sha256 of the card says");
        }
        return golden.withRecords(CardReader.records(place + ": " + golden.file(), bytes));
    }

    private static ModelSpec spec(ModelSpec spec, ModelCard card) {
        return spec.withFeatures(spec.features().isEmpty() ? card.features() : spec.features())
                .withLabels(spec.labels().isEmpty() ? card.labels() : spec.labels());
    }

    private static void checkModel(String place, ModelCard card, LoadedModel loaded) {
        List<String> problems = new ArrayList<>();
        if (card.format() != null && !card.format().equals(loaded.format().toString())) {
            problems.add("its card says format " + card.format() + ", its content is " + loaded.format());
        }
        if (card.signature() != null) {
            checkSignature(card.signature(), loaded.model().signature(), problems);
        }
        if (!problems.isEmpty()) {
            throw ModelException.unfit(place, problems);
        }
    }

    /** What the card names must be there; a model may have more. */
    private static void checkSignature(Signature said, Signature real, List<String> problems) {
        for (TensorSpec input : said.inputs()) {
            boolean there = real.inputs().stream()
                    .anyMatch(one -> one.name().equals(input.name())
                            && one.type().equals(input.type())
                            && (input.shape().isEmpty() || one.shape().equals(input.shape())));
            if (!there) {
                problems.add("its card says an input " + input.name() + " " + input.type() + input.shape()
                        + ", its inputs are " + real.inputs());
            }
        }
        lacking("feature", said.features(), real.features(), problems);
        lacking("output", said.outputs(), real.outputs(), problems);
    }

    private static void lacking(String what, List<String> said, List<String> real, List<String> problems) {
        for (String name : said) {
            if (!real.contains(name)) {
                problems.add("its card says " + what + " " + name + ", it has none of that name");
            }
        }
    }
}
