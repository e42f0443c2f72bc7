package io.github.camelaiflow.model.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelaiflow.model.ModelCard;
import io.github.camelaiflow.model.ModelCard.Dataset;
import io.github.camelaiflow.model.ModelCard.Golden;
import io.github.camelaiflow.model.ModelCard.GoldenRecord;
import io.github.camelaiflow.model.ModelCard.Lineage;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.Signature;
import io.github.camelaiflow.model.Signature.TensorSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads cards and golden records; all that is wrong is told at once, and no value of a record. Stateless. */
final class CardReader {

    static final int MAX_RECORDS = 10_000;
    private static final int MAX_ROUNDS = 10_000;
    private static final int MAX_DEPTH = 64;
    private static final Signature NO_SIGNATURE = new Signature(List.of(), List.of(), List.of());
    private static final Dataset NO_DATASET = new Dataset(null, null, null);
    private static final Lineage NO_LINEAGE = new Lineage(null, null, null);
    private static final JsonMapper JSON = JsonMapper.builder(new JsonFactory()
                    .setStreamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build()))
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private CardReader() {}

    /** What says nothing is as if it were not there. */
    static ModelCard card(String place, byte[] bytes) {
        List<String> problems = new ArrayList<>();
        JsonNode tree = tree(place, bytes, "a card", ModelCards.MAX_CARD_BYTES);
        if (!tree.isObject()) {
            throw ModelException.unfit(place, List.of("a card must be an object"));
        }
        ModelCard card = card(new CardNode(tree, "", problems));
        if (!problems.isEmpty()) {
            throw ModelException.unfit(place, problems);
        }
        return card;
    }

    private static ModelCard card(CardNode node) {
        String file = node.path("file");
        node.require("file", file);
        Long length = node.whole("length", 1, Long.MAX_VALUE);
        node.require("length", length);
        String sha256 = node.sha256("sha256");
        node.require("sha256", sha256);
        Map<String, Object> more = node.map("more");
        ModelCard card = new ModelCard(
                node.text("name"),
                node.text("version"),
                node.text("format"),
                file == null ? "" : file,
                length == null ? 1 : length,
                sha256 == null ? "" : sha256,
                node.texts("features"),
                node.texts("labels"),
                signature(node.child("signature")),
                node.numbers("metrics"),
                dataset(node.child("dataset")),
                lineage(node.child("lineage")),
                golden(node.child("golden")),
                node.time("created"),
                more == null ? Map.of() : more);
        node.done();
        return card;
    }

    private static Signature signature(CardNode node) {
        if (node == null) {
            return null;
        }
        List<TensorSpec> inputs = new ArrayList<>();
        for (CardNode input : node.children("inputs")) {
            String name = input.text("name");
            input.require("name", name);
            String type = input.text("type");
            input.require("type", type);
            inputs.add(new TensorSpec(name, type, shape(input)));
            input.done();
        }
        Signature signature = new Signature(node.texts("features"), inputs, node.texts("outputs"));
        node.done();
        return signature.equals(NO_SIGNATURE) ? null : signature;
    }

    private static List<Long> shape(CardNode input) {
        List<Long> shape = new ArrayList<>();
        JsonNode sizes = input.tree("shape");
        if (sizes == null) {
            return shape;
        }
        for (JsonNode size : sizes) {
            if (size.isIntegralNumber() && size.canConvertToLong() && size.asLong() >= -1) {
                shape.add(size.asLong());
            }
        }
        if (!sizes.isArray() || shape.size() != sizes.size()) {
            input.problem("shape", "must be a list of sizes, -1 where any is taken");
        }
        return shape;
    }

    private static Dataset dataset(CardNode node) {
        if (node == null) {
            return null;
        }
        Dataset dataset = new Dataset(node.text("name"), node.text("version"), node.sha256("sha256"));
        node.done();
        return dataset.equals(NO_DATASET) ? null : dataset;
    }

    private static Lineage lineage(CardNode node) {
        if (node == null) {
            return null;
        }
        Lineage lineage = new Lineage(node.text("parent"), node.time("trained"), node.text("code"));
        node.done();
        return lineage.equals(NO_LINEAGE) ? null : lineage;
    }

    private static Golden golden(CardNode node) {
        if (node == null) {
            return null;
        }
        String file = node.path("file");
        String sha256 = node.sha256("sha256");
        List<CardNode> records = node.children("records");
        Double tolerance = node.number("tolerance");
        Long rounds = node.whole("rounds", 0, MAX_ROUNDS);
        node.done();
        if (tolerance != null && tolerance < 0) {
            node.problem("tolerance", "must not be negative");
        }
        if ((file == null) == records.isEmpty()) {
            node.problem("records", "or file is required, and not both");
        }
        if ((file == null) != (sha256 == null)) {
            node.problem("sha256", "belongs to file and is required with it");
        }
        return new Golden(
                file,
                sha256,
                records(records, node),
                tolerance == null ? Golden.DEFAULT_TOLERANCE : tolerance,
                rounds == null ? Golden.DEFAULT_ROUNDS : rounds.intValue());
    }

    private static List<GoldenRecord> records(List<CardNode> nodes, CardNode parent) {
        List<GoldenRecord> records = new ArrayList<>();
        if (nodes.size() > MAX_RECORDS) {
            parent.problem("records", "must be at most " + MAX_RECORDS);
            return records;
        }
        nodes.forEach(node -> records.add(record(node)));
        return records;
    }

    private static GoldenRecord record(CardNode node) {
        Map<String, Object> record = node.map("record");
        Map<String, Object> tensors = node.map("tensors");
        if ((record == null) == (tensors == null)) {
            node.problem("record", "or tensors is required, and not both");
        }
        CardNode expected = node.child("expected");
        node.require("expected", expected);
        node.done();
        if (expected == null) {
            return new GoldenRecord(record, tensors, null, null, null, null);
        }
        GoldenRecord golden = new GoldenRecord(
                record,
                tensors,
                expected.text("label"),
                expected.number("score"),
                expected.tree("scores") == null ? null : expected.numbers("scores"),
                expected.any("value"));
        expected.done();
        if (golden.label() == null && golden.score() == null && golden.scores() == null && golden.value() == null) {
            node.problem("expected", "must say at least one of label, score, scores and value");
        }
        return golden;
    }

    /** A file of golden records: a list. */
    static List<GoldenRecord> records(String place, byte[] bytes) {
        JsonNode tree = tree(place, bytes, "a file of golden records", ModelCards.MAX_GOLDEN_BYTES);
        List<String> problems = new ArrayList<>();
        CardNode root = new CardNode(JSON.createObjectNode().set("records", tree), "", problems);
        List<GoldenRecord> records = records(root.children("records"), root);
        if (records.isEmpty() && problems.isEmpty()) {
            problems.add("records must not be empty");
        }
        if (!problems.isEmpty()) {
            throw ModelException.unfit(place, problems);
        }
        return records;
    }

    /** Aliases by name. */
    static Map<String, String> aliases(String place, byte[] bytes) {
        JsonNode tree = tree(place, bytes, "a file of aliases", ModelCards.MAX_CARD_BYTES);
        Map<String, String> aliases = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        if (!tree.isObject()) {
            problems.add("aliases must be an object of aliases and versions, such as {\"champion\": \"v1\"}");
        } else {
            CardNode node = new CardNode(tree, "", problems);
            for (String alias : node.names()) {
                String version = node.text(alias);
                node.require(alias, version);
                aliases.put(alias, version);
            }
        }
        if (!problems.isEmpty()) {
            throw ModelException.unfit(place, problems);
        }
        return aliases;
    }

    /** The parser's own message is left out: it may quote a value. */
    private static JsonNode tree(String place, byte[] bytes, String what, long most) {
        if (bytes.length > most) {
            throw ModelException.unfit(place, List.of(what + " must have at most " + most + " bytes"));
        }
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : ": line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw ModelException.unfit(place, List.of(what + " must be well-formed JSON" + where));
        } catch (IOException e) {
            throw ModelException.unfit(place, List.of(what + " must be readable"));
        }
    }
}
