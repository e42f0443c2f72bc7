package io.github.camelaiflow.model.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelaiflow.model.ModelCard;
import io.github.camelaiflow.model.ModelCard.Golden;
import io.github.camelaiflow.model.ModelCard.GoldenRecord;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes cards as {@link CardReader} reads them; what isn't said is left out. Stateless. */
final class CardWriter {

    private static final JsonMapper JSON = new JsonMapper();

    private CardWriter() {}

    static byte[] write(ModelCard card) {
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, "name", card.name());
        put(tree, "version", card.version());
        put(tree, "format", card.format());
        put(tree, "file", card.file());
        put(tree, "length", card.length());
        put(tree, "sha256", card.sha256());
        put(tree, "created", text(card.created()));
        put(tree, "features", card.features());
        put(tree, "labels", card.labels());
        put(tree, "signature", signature(card));
        put(tree, "metrics", card.metrics());
        put(tree, "dataset", dataset(card.dataset()));
        put(tree, "lineage", lineage(card.lineage()));
        put(tree, "more", card.more());
        put(tree, "golden", golden(card.golden()));
        return json(tree);
    }

    /** One line a record, so that a change of one shows as one. */
    static byte[] write(List<GoldenRecord> records) {
        return json(records.stream().map(CardWriter::record).toList());
    }

    private static byte[] json(Object tree) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        try {
            return (JSON.writer(printer).writeValueAsString(tree) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a card must hold only what JSON can say", e);
        }
    }

    private static Map<String, Object> signature(ModelCard card) {
        if (card.signature() == null) {
            return null;
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, "features", card.signature().features());
        put(
                tree,
                "inputs",
                card.signature().inputs().stream()
                        .map(input -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("name", input.name());
                            one.put("type", input.type());
                            one.put("shape", input.shape());
                            return one;
                        })
                        .toList());
        put(tree, "outputs", card.signature().outputs());
        return tree;
    }

    private static Map<String, Object> dataset(ModelCard.Dataset dataset) {
        if (dataset == null) {
            return null;
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, "name", dataset.name());
        put(tree, "version", dataset.version());
        put(tree, "sha256", dataset.sha256());
        return tree;
    }

    private static Map<String, Object> lineage(ModelCard.Lineage lineage) {
        if (lineage == null) {
            return null;
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, "parent", lineage.parent());
        put(tree, "trained", text(lineage.trained()));
        put(tree, "code", lineage.code());
        return tree;
    }

    private static Map<String, Object> golden(Golden golden) {
        if (golden == null) {
            return null;
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, "tolerance", golden.tolerance());
        put(tree, "rounds", golden.rounds());
        put(tree, "file", golden.file());
        put(tree, "sha256", golden.sha256());
        if (golden.file() == null) {
            put(
                    tree,
                    "records",
                    golden.records().stream().map(CardWriter::record).toList());
        }
        return tree;
    }

    private static Map<String, Object> record(GoldenRecord golden) {
        Map<String, Object> expected = new LinkedHashMap<>();
        put(expected, "label", golden.label());
        put(expected, "score", golden.score());
        put(expected, "scores", golden.scores());
        put(expected, "value", golden.value());
        Map<String, Object> tree = new LinkedHashMap<>();
        if (golden.record() != null) {
            tree.put("record", golden.record());
        }
        if (golden.tensors() != null) {
            tree.put("tensors", golden.tensors());
        }
        tree.put("expected", expected);
        return tree;
    }

    private static String text(Object time) {
        return time == null ? null : time.toString();
    }

    private static void put(Map<String, Object> tree, String key, Object value) {
        boolean empty = value instanceof Collection<?> list && list.isEmpty()
                || value instanceof Map<?, ?> map && map.isEmpty();
        if (value != null && !empty) {
            tree.put(key, value);
        }
    }
}
