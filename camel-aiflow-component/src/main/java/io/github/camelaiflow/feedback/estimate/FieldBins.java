package io.github.camelaiflow.feedback.estimate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * The bin of each watched field's value as one character, so that a prediction can carry where its record stood without its values: a
 * number by the reference's deciles ({@code 0} to {@code 9}), a category by the reference's {@value #MOST_CATEGORIES} most frequent ones
 * ({@code a} to {@code t}), {@code *} for any other value, {@code -} for a missing one. Immutable, thread-safe; at most {@value #MOST_FIELDS} fields.
 */
public final class FieldBins {

    /** How many fields at most. */
    public static final int MOST_FIELDS = 30;

    private static final int MOST_CATEGORIES = 20;
    private static final int NUMBERS = 10;
    private static final char OTHER = '*';
    private static final char MISSING = '-';
    /** How many different characters a field has at most. */
    static final int CHARACTERS = NUMBERS + MOST_CATEGORIES + 2;

    private static final String SCHEMA = "aiflow-bins-1";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<Binned> fields;

    /** A field; edges of a number or categories, the other one {@code null}. */
    private record Binned(String name, List<Double> edges, List<String> categories) {

        char bin(Object value) {
            if (Inputs.missing(value)) {
                return MISSING;
            }
            if (edges == null) {
                int index = categories.indexOf(String.valueOf(value));
                return index < 0 ? OTHER : (char) ('a' + index);
            }
            if (!(value instanceof Number number)) {
                return OTHER;
            }
            double x = number.doubleValue();
            return (char) ('0' + edges.stream().filter(edge -> edge <= x).count());
        }
    }

    private FieldBins(List<Binned> fields) {
        this.fields = List.copyOf(fields);
        if (fields.size() > MOST_FIELDS) {
            throw new IllegalArgumentException(
                    "at most " + MOST_FIELDS + " fields can be watched for what they explain, were " + fields.size());
        }
    }

    /**
     * Bins from the reference. A field all of whose values are numbers is binned as a number.
     *
     * @param rows the reference
     * @param names the fields to watch, in the order of their characters
     * @throws IllegalArgumentException if there are too many fields, or one has no value in any row
     */
    public static FieldBins of(List<Map<String, Object>> rows, List<String> names) {
        List<Binned> fields = new ArrayList<>();
        for (String name : names) {
            List<Object> values = rows.stream()
                    .map(row -> row.get(name))
                    .filter(value -> !Inputs.missing(value))
                    .toList();
            if (values.isEmpty()) {
                throw new IllegalArgumentException("no row of the reference has a value of field " + name);
            }
            fields.add(
                    values.stream().allMatch(Number.class::isInstance)
                            ? new Binned(name, deciles(values), null)
                            : new Binned(name, null, Inputs.frequent(values, MOST_CATEGORIES)));
        }
        return new FieldBins(fields);
    }

    private static List<Double> deciles(List<Object> values) {
        double[] sorted = values.stream()
                .mapToDouble(value -> ((Number) value).doubleValue())
                .sorted()
                .toArray();
        List<Double> edges = new ArrayList<>();
        for (int i = 1; i < NUMBERS; i++) {
            double edge = sorted[(int) ((long) i * sorted.length / NUMBERS)];
            boolean rises = edges.isEmpty() || edge > edges.get(edges.size() - 1);
            // An edge at the least value would leave nothing below.
            if (Double.isFinite(edge) && rises && edge > sorted[0]) {
                edges.add(edge);
            }
        }
        return List.copyOf(edges);
    }

    /** The watched fields, in the order of their characters. */
    public List<String> fields() {
        return fields.stream().map(Binned::name).toList();
    }

    /** One character a field. */
    public String bins(Map<String, Object> row) {
        StringBuilder bins = new StringBuilder(fields.size());
        for (Binned field : fields) {
            bins.append(field.bin(row.get(field.name)));
        }
        return bins.toString();
    }

    /** Below {@link #CHARACTERS}; -1 for a character that no bin has. */
    static int index(char bin) {
        if (bin >= '0' && bin <= '9') {
            return bin - '0';
        }
        if (bin >= 'a' && bin < 'a' + MOST_CATEGORIES) {
            return NUMBERS + bin - 'a';
        }
        return bin == OTHER ? CHARACTERS - 2 : bin == MISSING ? CHARACTERS - 1 : -1;
    }

    /** To be stored and read by {@link #fromJson}. Holds edges and categories of the reference. */
    public String toJson() {
        ObjectNode json = JSON.createObjectNode().put("schema", SCHEMA);
        ArrayNode all = json.putArray("fields");
        for (Binned field : fields) {
            ObjectNode one = all.addObject().put("name", field.name);
            if (field.edges != null) {
                field.edges.forEach(one.putArray("edges")::add);
            } else {
                field.categories.forEach(one.putArray("categories")::add);
            }
        }
        return json.toString();
    }

    /**
     * What {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException if it is not that, naming the place
     */
    public static FieldBins fromJson(String text) {
        JsonNode json;
        try {
            json = JSON.readTree(Objects.requireNonNull(text, "text"));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("bins of fields must be JSON");
        }
        if (!SCHEMA.equals(json.path("schema").asText()) || !json.path("fields").isArray()) {
            throw new IllegalArgumentException("bins of fields must have schema " + SCHEMA + " and a list of fields");
        }
        List<Binned> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode field : json.path("fields")) {
            Binned read = read(field, fields.size());
            if (!names.add(read.name)) {
                throw new IllegalArgumentException("bins of fields: fields[" + (fields.size()) + "] stands twice");
            }
            fields.add(read);
        }
        return new FieldBins(fields);
    }

    private static Binned read(JsonNode field, int index) {
        String place = "bins of fields: fields[" + index + "]";
        JsonNode edges = field.path("edges");
        JsonNode categories = field.path("categories");
        if (!field.path("name").isTextual() || edges.isArray() == categories.isArray()) {
            throw new IllegalArgumentException(place + " must have a name and either edges or categories");
        }
        List<JsonNode> items = StreamSupport.stream((edges.isArray() ? edges : categories).spliterator(), false)
                .toList();
        String name = field.path("name").asText();
        if (categories.isArray()) {
            if (items.size() > MOST_CATEGORIES || !items.stream().allMatch(JsonNode::isTextual)) {
                throw new IllegalArgumentException(place + ".categories must be at most " + MOST_CATEGORIES + " texts");
            }
            return new Binned(name, null, items.stream().map(JsonNode::asText).toList());
        }
        List<Double> read = items.stream().map(JsonNode::asDouble).toList();
        boolean rising = items.size() < NUMBERS && items.stream().allMatch(JsonNode::isNumber);
        for (int i = 0; i < read.size(); i++) {
            rising &= Double.isFinite(read.get(i)) && (i == 0 || read.get(i) > read.get(i - 1));
        }
        if (!rising) {
            throw new IllegalArgumentException(place + ".edges must be less than " + NUMBERS + " rising numbers");
        }
        return new Binned(name, read, null);
    }

    /** The fields' names. */
    @Override
    public String toString() {
        return "FieldBins" + fields();
    }
}
