package io.github.camelaiflow.model;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * What a flow says of one model file.
 *
 * @param name the version's key; {@code null} to use the first 12 hex digits of the file's SHA-256
 * @param place where the file comes from, for messages; not empty
 * @param sha256 the digest the file must have, 64 hex digits; {@code null} to take any
 * @param features order of the features: the columns of a tensor; empty if the model names its features itself and is
 *     asked with records only
 * @param labels names of the score columns, in order; ONNX only, where the file has none
 * @param missingAllowed fields that may be absent, {@code null} or NaN; names the model doesn't read are ignored
 * @param maxBytes the largest file taken
 */
public record ModelSpec(
        String name,
        String place,
        String sha256,
        List<String> features,
        List<String> labels,
        Set<String> missingAllowed,
        long maxBytes) {

    /** 512 MiB. */
    public static final long DEFAULT_MAX_BYTES = 512L << 20;

    /** @throws IllegalArgumentException if the digest isn't 64 hex digits or maxBytes is not positive */
    public ModelSpec {
        Objects.requireNonNull(place, "place");
        if (sha256 != null) {
            sha256 = sha256.toLowerCase(Locale.ROOT);
            if (!sha256.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("sha256 of " + place + " must be 64 hex digits");
            }
        }
        if (maxBytes <= 0) {
            throw new IllegalArgumentException("maxBytes must be positive, was " + maxBytes);
        }
        features = List.copyOf(features);
        labels = List.copyOf(labels);
        missingAllowed = Set.copyOf(missingAllowed);
    }

    /** A model of which only the place is known: any digest, up to {@link #DEFAULT_MAX_BYTES}. */
    public static ModelSpec of(String place) {
        return new ModelSpec(null, place, null, List.of(), List.of(), Set.of(), DEFAULT_MAX_BYTES);
    }

    /** This spec under the version key. */
    public ModelSpec withName(String key) {
        return new ModelSpec(key, place, sha256, features, labels, missingAllowed, maxBytes);
    }

    /** This spec, requiring the digest. */
    public ModelSpec withSha256(String digest) {
        return new ModelSpec(name, place, digest, features, labels, missingAllowed, maxBytes);
    }

    /** This spec with the order of features. */
    public ModelSpec withFeatures(List<String> order) {
        return new ModelSpec(name, place, sha256, order, labels, missingAllowed, maxBytes);
    }

    /** This spec with the names of the score columns. */
    public ModelSpec withLabels(List<String> names) {
        return new ModelSpec(name, place, sha256, features, names, missingAllowed, maxBytes);
    }

    /** This spec with the fields that may be missing. */
    public ModelSpec withMissingAllowed(Set<String> fields) {
        return new ModelSpec(name, place, sha256, features, labels, fields, maxBytes);
    }

    /** This spec with a bound on the file's length. */
    public ModelSpec withMaxBytes(long bytes) {
        return new ModelSpec(name, place, sha256, features, labels, missingAllowed, bytes);
    }
}
