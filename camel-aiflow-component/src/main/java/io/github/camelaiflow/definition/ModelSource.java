package io.github.camelaiflow.definition;

import io.github.camelaiflow.data.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One entry of section {@code models}: where a version's answers come from. Exactly one of resource, bean, rules, remote,
 * lastGood and fixed is set.
 *
 * @param resource the model file
 * @param bean name of a bean in Camel's registry
 * @param rules keys {@code rules} and {@code otherwise} of a declarative rules model, as they stand in the definition
 * @param remote a Camel endpoint that answers
 * @param lastGood the last answer given for the record's key
 * @param fixed an answer that is always the same, as it stands in the definition
 * @param features what feeds the model, in its order; empty to take it from the model
 * @param labels what the model's scores stand for, in its order; empty to take it from the model
 * @param file what is said of the model file
 * @param cache which answers are remembered; {@code null} for none
 * @param ofEndpoint whether it is an endpoint's and not the definition's
 */
public record ModelSource(
        String resource,
        String bean,
        Map<String, Object> rules,
        Remote remote,
        Remembered lastGood,
        Map<String, Object> fixed,
        List<String> features,
        List<String> labels,
        FileOptions file,
        Remembered cache,
        boolean ofEndpoint) {

    public ModelSource {
        rules = rules == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(rules));
        fixed = fixed == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(fixed));
        features = List.copyOf(features);
        labels = List.copyOf(labels);
    }

    /** The model file at that place, with nothing more said of it. */
    public static ModelSource ofFile(String resource) {
        return new ModelSource(
                resource, null, null, null, null, null, List.of(), List.of(), FileOptions.NONE, null, false);
    }

    /** The model an endpoint names in its URI. */
    public static ModelSource ofEndpoint(String resource, List<String> features) {
        return new ModelSource(
                resource, null, null, null, null, null, features, List.of(), FileOptions.NONE, null, true);
    }

    /** This source, fed in that order. */
    public ModelSource withFeatures(List<String> order) {
        return new ModelSource(resource, bean, rules, remote, lastGood, fixed, order, labels, file, cache, ofEndpoint);
    }

    /**
     * A Camel endpoint that answers.
     *
     * @param uri the endpoint's URI
     * @param protocol {@code camel}: the record is sent and the reply read as a bean's answer is; {@code open-inference}: the
     *     Open Inference Protocol v2
     * @param send with protocol camel, what is sent: {@code map}, {@code json} or {@code text}; {@code null} for the default
     * @param timeout how long one call may take; {@code null} for the default
     */
    public record Remote(String uri, String protocol, String send, Duration timeout) {

        /** Hides the URI, whose options may hold secrets, behind its digest: equal URIs, equal texts. */
        @Override
        public String toString() {
            return "Remote[" + (uri == null ? null : Sha256.of(uri.getBytes(StandardCharsets.UTF_8))) + ", " + protocol
                    + ", " + send + ", " + timeout + "]";
        }
    }

    /**
     * Answers that are kept.
     *
     * @param size how many at most; {@code null} for the default
     * @param maxAge how long each is good; {@code null} for the default
     */
    public record Remembered(Long size, Duration maxAge) {}

    /**
     * What is said of a model file.
     *
     * @param sha256 expected digest, 64 hex digits in lower case; {@code null} if not said
     * @param card resource of the model's card; {@code null} to take {@code FILE.card.json} if it is there
     * @param probe whether the file is loaded in a JVM of its own first; {@code null} to go by its format
     * @param provider ONNX Runtime's execution provider; {@code null} for the CPU
     * @param intraOpThreads threads one operator may use; {@code null} for the default
     * @param interOpThreads operators that may run at once; {@code null} for the default
     */
    public record FileOptions(
            String sha256,
            String card,
            Boolean probe,
            String provider,
            Integer intraOpThreads,
            Integer interOpThreads) {

        /** Nothing said. */
        public static final FileOptions NONE = new FileOptions(null, null, null, null, null, null);
    }
}
