package io.github.camelaiflow.model;

import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is to be known of a model file: what it must be, where it comes from and what it must answer. Nothing in it is
 * trusted: it is compared with the file. Every text may be {@code null} but {@code file} and {@code sha256}.
 *
 * @param name the model's name
 * @param version the version's name by whoever made it; a flow calls it by the folder or key it has there
 * @param format {@code tribuo}, {@code onnx}, …: what the content must turn out to be
 * @param file the model file, relative to the card
 * @param length the file's length in bytes, above 0
 * @param sha256 the file's digest, 64 lower-case hex digits
 * @param features order of the features, as a flow's definition would name it; empty if the model names them itself
 * @param labels names of the score columns, as a flow's definition would name them; empty if the model has them itself
 * @param signature inputs and outputs the model must have at least; {@code null} if not said
 * @param metrics how good it was found, by metric
 * @param dataset what it was trained on; {@code null} if not said
 * @param lineage where it comes from; {@code null} if not said
 * @param golden what it must answer; {@code null} if not said
 * @param created when the card was written
 * @param more anything else
 */
public record ModelCard(
        String name,
        String version,
        String format,
        String file,
        long length,
        String sha256,
        List<String> features,
        List<String> labels,
        Signature signature,
        Map<String, Double> metrics,
        Dataset dataset,
        Lineage lineage,
        Golden golden,
        OffsetDateTime created,
        Map<String, Object> more) {

    public ModelCard {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(sha256, "sha256");
        features = List.copyOf(features);
        labels = List.copyOf(labels);
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
    }

    /** This card under that name and version. */
    public ModelCard named(String newName, String newVersion) {
        return new ModelCard(
                newName,
                newVersion,
                format,
                file,
                length,
                sha256,
                features,
                labels,
                signature,
                metrics,
                dataset,
                lineage,
                golden,
                created,
                more);
    }

    /** This card with what the model was trained on, where it comes from and how good it was found. */
    public ModelCard trained(Dataset on, Lineage from, Map<String, Double> found) {
        return new ModelCard(
                name, version, format, file, length, sha256, features, labels, signature, found, on, from, golden,
                created, more);
    }

    /** This card with what the model must answer. */
    public ModelCard withGolden(Golden records) {
        return new ModelCard(
                name, version, format, file, length, sha256, features, labels, signature, metrics, dataset, lineage,
                records, created, more);
    }

    /** This card, written at that time, with more to say. */
    public ModelCard with(OffsetDateTime time, Map<String, Object> other) {
        return new ModelCard(
                name, version, format, file, length, sha256, features, labels, signature, metrics, dataset, lineage,
                golden, time, other);
    }

    /** Data a model was trained on; each may be {@code null}. */
    public record Dataset(String name, String version, String sha256) {}

    /**
     * Where a model comes from; each may be {@code null}.
     *
     * @param parent the version it replaces or was trained further from
     * @param trained when
     * @param code revision of the code that trained it
     */
    public record Lineage(String parent, OffsetDateTime trained, String code) {}

    /**
     * Recorded questions and the answers a model must give before it serves.
     *
     * @param file where the records are, relative to the card; {@code null} if they are in it
     * @param sha256 digest of that file; {@code null} without one
     * @param records the records of the card itself
     * @param tolerance how far a number may be off, absolute
     * @param rounds how often the records are asked again to warm the model up
     */
    public record Golden(String file, String sha256, List<GoldenRecord> records, double tolerance, int rounds) {

        /** 1e-6. */
        public static final double DEFAULT_TOLERANCE = 1e-6;

        /** 10. */
        public static final int DEFAULT_ROUNDS = 10;

        public Golden {
            records = List.copyOf(records);
        }

        /** Those records, with the defaults. */
        public static Golden of(List<GoldenRecord> records) {
            return new Golden(null, null, records, DEFAULT_TOLERANCE, DEFAULT_ROUNDS);
        }

        /** This with the records of its file. */
        public Golden withRecords(List<GoldenRecord> read) {
            return new Golden(file, sha256, read, tolerance, rounds);
        }

        /** Without values. */
        @Override
        public String toString() {
            return "Golden[" + (file == null ? records.size() + " records" : file) + ", tolerance=" + tolerance + "]";
        }
    }

    /**
     * One question and what its answer must be; what is {@code null} is not compared.
     *
     * @param record named values; {@code null} if tensors are asked
     * @param tensors nested lists by input name; {@code null} if a record is asked
     * @param label the winning label
     * @param score its score, or the regressed value
     * @param scores score by label or dimension
     * @param value the answer in the model's own terms: a text, a number, a list of labels, or a map of numbers or of nested
     *     lists
     */
    public record GoldenRecord(
            Map<String, Object> record,
            Map<String, Object> tensors,
            String label,
            Double score,
            Map<String, Double> scores,
            Object value) {

        /** Without values. */
        @Override
        public String toString() {
            return "GoldenRecord[" + (record == null ? "tensors" : "record") + "]";
        }
    }
}
