package io.github.camelaiflow.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelaiflow.drift.profile.FieldValue;
import io.github.camelaiflow.statistics.Reservoir;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link WindowsJson} wrote, and trusts none of it. Messages tell no value. */
final class WindowsReader {

    /** More would not be told apart as doubles. */
    private static final long MOST_RECORDS = 1L << 53;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<SlidingWindows> windows;
    private final List<SavedPanes> segments = new ArrayList<>();

    /** A segment being read. */
    private record SavedPanes(
            JsonNode head,
            List<PaneState> states,
            List<Column<?>[]> columns,
            List<int[]> filled,
            List<PaneSummary> summaries) {}

    /** @param windows of each segment, which say what panes are like */
    WindowsReader(List<SlidingWindows> windows) {
        this.windows = windows;
    }

    /** Parses one text. */
    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw wrong("is no JSON");
        }
    }

    /**
     * The windows.
     *
     * @param head as of {@link WindowsJson#head}
     * @param parts as of {@link WindowsJson#parts}
     * @throws IllegalArgumentException if they are not whole or cannot be of these windows
     */
    List<SavedSegment> read(JsonNode head, List<String> parts) {
        require(head.isArray() && head.size() == windows.size(), "has other segments");
        for (int i = 0; i < windows.size(); i++) {
            segments.add(panes(head.get(i), windows.get(i)));
        }
        for (String part : parts) {
            for (JsonNode slice : parse(part)) {
                int segment = slice.path("s").asInt(-1);
                require(segment >= 0 && segment < segments.size(), "names a segment there is not");
                if (slice.has("v")) {
                    values(segments.get(segment), slice, windows.get(segment).layout());
                } else {
                    segments.get(segment).summaries.add(summary(slice));
                }
            }
        }
        List<SavedSegment> saved = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            saved.add(segment(segments.get(i), windows.get(i)));
        }
        return saved;
    }

    private static SavedPanes panes(JsonNode json, SlidingWindows windows) {
        List<PaneState> states = new ArrayList<>();
        List<Column<?>[]> columns = new ArrayList<>();
        List<int[]> filled = new ArrayList<>();
        for (JsonNode pane : json.path("panes")) {
            states.add(new PaneState(
                    pane.path("first").asLong(-1),
                    time(pane.path("from")),
                    time(pane.path("to")),
                    new Reservoir.State(
                            pane.path("seen").asLong(-1),
                            pane.path("next").asLong(-1),
                            pane.path("weight").asDouble(-1))));
            columns.add(windows.layout().columns());
            filled.add(new int[windows.layout().names().size()]);
        }
        require(!states.isEmpty() && states.size() <= windows.panes(), "has too many panes or none");
        return new SavedPanes(json, states, columns, filled, new ArrayList<>());
    }

    private static void values(SavedPanes segment, JsonNode slice, PaneLayout layout) {
        int pane = slice.path("p").asInt(-1);
        int field = slice.path("f").asInt(-1);
        require(pane >= 0 && pane < segment.columns.size(), "names a pane there is not");
        require(field >= 0 && field < layout.names().size(), "names a field there is not");
        int[] filled = segment.filled.get(pane);
        require((long) slice.path("c").asInt(-1) * Column.CHUNK == filled[field], "lacks a slice or has one twice");
        JsonNode values = slice.get("v");
        require(values.size() <= Column.CHUNK, "has a slice that is too long");
        boolean number = layout.kind(field).numeric();
        for (JsonNode value : values) {
            segment.columns.get(pane)[field].set(filled[field], number ? number(value) : category(value));
            filled[field]++;
        }
    }

    private static Object number(JsonNode value) {
        if (value.isNull()) {
            return null;
        } else if (value.isNumber()) {
            return value.doubleValue();
        }
        return value.asText().equals(WindowsJson.INFINITE) ? Double.POSITIVE_INFINITY : FieldValue.UNREADABLE;
    }

    private static Object category(JsonNode value) {
        if (value.isNull()) {
            return null;
        } else if (value.isBoolean()) {
            return value.booleanValue();
        } else if (value.isNumber()) {
            return value.intValue() == 1 ? CategoryColumn.INFINITE : FieldValue.UNREADABLE;
        }
        return value.asText();
    }

    private static PaneSummary summary(JsonNode json) {
        List<int[]> counts = new ArrayList<>();
        for (JsonNode field : json.path("counts")) {
            int[] bins = new int[field.size()];
            for (int i = 0; i < bins.length; i++) {
                bins[i] = field.get(i).asInt(-1);
                require(bins[i] >= 0, "has a count below 0");
            }
            counts.add(bins);
        }
        Instant from = time(json.path("from"));
        require(from != null, "has a pane without its time");
        return new PaneSummary(
                json.path("first").asLong(-1), json.path("records").asLong(-1), from, counts);
    }

    private static SavedSegment segment(SavedPanes segment, SlidingWindows windows) {
        List<Pane> panes = new ArrayList<>();
        for (int i = 0; i < segment.states.size(); i++) {
            PaneState state = segment.states.get(i);
            require(state.first() <= MOST_RECORDS && state.sample().seen() <= MOST_RECORDS, "counts too many records");
            long kept = Math.min(state.sample().seen(), windows.capacity());
            for (int filled : segment.filled.get(i)) {
                require(filled == kept, "lacks values");
            }
            panes.add(windows.pane(state, List.of(segment.columns.get(i))));
        }
        return new SavedSegment(
                Math.max(0, segment.head.path("number").asLong()),
                DriftStatus.valueOf(segment.head.path("status").asText()),
                time(segment.head.path("opened")),
                panes,
                segment.summaries);
    }

    private static Instant time(JsonNode value) {
        try {
            return value.isTextual() ? Instant.parse(value.asText()) : null;
        } catch (DateTimeException e) {
            throw wrong("has a time that is none");
        }
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw wrong(otherwise);
        }
    }

    private static IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException("it " + why);
    }
}
