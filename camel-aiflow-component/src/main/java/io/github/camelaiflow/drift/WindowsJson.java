package io.github.camelaiflow.drift;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.drift.profile.FieldValue;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Open windows as JSON, in several texts of less than 1 MiB each: a head that says what there is, and parts with slices of columns.
 * ASCII only. A slice is {@code {"s": segment, "p": pane, "f": field, "c": chunk, "v": values}}: a number, or the text of a category,
 * or a truth value; {@code null} is missing; what is of the wrong type or infinite is {@code "w"} or {@code "i"} among
 * numbers, 0 or 1 among categories. Summaries of older panes follow as {@code {"s": segment, "first", "records", "from", "counts"}}.
 */
final class WindowsJson {

    static final int VERSION = 1;

    /** Texts; beyond it windows are too large to be kept. */
    static final int MOST_PARTS = 64;

    static final String WRONG_TYPE = "w";
    static final String INFINITE = "i";

    private static final int PART = 700_000;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final List<StringBuilder> parts = new ArrayList<>();

    private WindowsJson() {}

    /** What there is, without the values. */
    static ArrayNode head(List<SavedSegment> segments) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (SavedSegment segment : segments) {
            ObjectNode json = all.addObject();
            json.put("number", segment.number());
            json.put("status", segment.status().name());
            json.put("opened", text(segment.opened()));
            ArrayNode panes = json.putArray("panes");
            segment.panes().forEach(pane -> write(panes.addObject(), pane.state()));
            json.put("summaries", segment.summaries().size());
        }
        return all;
    }

    private static void write(ObjectNode json, PaneState state) {
        json.put("first", state.first());
        json.put("from", text(state.from()));
        json.put("to", text(state.to()));
        json.put("seen", state.sample().seen());
        json.put("next", state.sample().nextKept());
        json.put("weight", state.sample().weight());
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    /**
     * The values.
     *
     * @return texts, each a JSON array of slices; empty if there are too many. Summaries that do not fit are left out
     */
    static List<String> parts(List<SavedSegment> segments) {
        WindowsJson json = new WindowsJson();
        json.parts.add(new StringBuilder());
        boolean fits = true;
        for (int s = 0; s < segments.size(); s++) {
            List<Pane> panes = segments.get(s).panes();
            for (int p = 0; p < panes.size(); p++) {
                fits = fits && json.add(s, p, panes.get(p));
            }
        }
        if (!fits) {
            return List.of();
        }
        for (int s = 0; s < segments.size(); s++) {
            for (PaneSummary summary : segments.get(s).summaries()) {
                int segment = s;
                fits = fits && json.add(generator -> write(generator, segment, summary));
            }
        }
        return json.parts.stream().map(part -> "[" + part + "]").toList();
    }

    private boolean add(int segment, int pane, Pane values) {
        boolean fits = true;
        for (int field = 0; field < values.columns().size(); field++) {
            Column<?> column = values.columns().get(field);
            for (int chunk = 0; fits && chunk * Column.CHUNK < values.size(); chunk++) {
                int f = field;
                int c = chunk;
                fits = add(generator -> {
                    generator.writeNumberField("s", segment);
                    generator.writeNumberField("p", pane);
                    generator.writeNumberField("f", f);
                    generator.writeNumberField("c", c);
                    write(generator, column, c * Column.CHUNK, Math.min(values.size(), (c + 1) * Column.CHUNK));
                });
            }
        }
        return fits;
    }

    private static void write(JsonGenerator generator, Column<?> column, int from, int to) throws IOException {
        boolean number = column instanceof NumberColumn;
        generator.writeArrayFieldStart("v");
        for (int place = from; place < to; place++) {
            Object value = column.value(place);
            if (value == null) {
                generator.writeNull();
            } else if (number) {
                writeNumber(generator, value);
            } else {
                writeCategory(generator, value);
            }
        }
        generator.writeEndArray();
    }

    private static void writeNumber(JsonGenerator generator, Object value) throws IOException {
        if (value == FieldValue.UNREADABLE) {
            generator.writeString(WRONG_TYPE);
        } else if (Double.isInfinite((Double) value)) {
            generator.writeString(INFINITE);
        } else {
            generator.writeNumber((Double) value);
        }
    }

    private static void writeCategory(JsonGenerator generator, Object value) throws IOException {
        if (value == FieldValue.UNREADABLE) {
            generator.writeNumber(0);
        } else if (value == CategoryColumn.INFINITE) {
            generator.writeNumber(1);
        } else if (value instanceof Boolean truth) {
            generator.writeBoolean(truth);
        } else {
            generator.writeString(FieldValue.category(value));
        }
    }

    private static void write(JsonGenerator generator, int segment, PaneSummary summary) throws IOException {
        generator.writeNumberField("s", segment);
        generator.writeNumberField("first", summary.first());
        generator.writeNumberField("records", summary.records());
        generator.writeStringField("from", summary.from().toString());
        generator.writeArrayFieldStart("counts");
        for (int[] counts : summary.counts()) {
            generator.writeArray(counts, 0, counts.length);
        }
        generator.writeEndArray();
    }

    private interface Slice {
        void write(JsonGenerator generator) throws IOException;
    }

    private boolean add(Slice slice) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            generator.writeStartObject();
            slice.write(generator);
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        StringBuilder part = parts.get(parts.size() - 1);
        if (part.length() > 0 && part.length() + text.getBuffer().length() > PART) {
            if (parts.size() == MOST_PARTS) {
                return false;
            }
            part = new StringBuilder();
            parts.add(part);
        }
        part.append(part.length() > 0 ? "," : "").append(text.getBuffer());
        return true;
    }
}
