package io.github.camelaiflow.it.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelaiflow.delivery.Origin;
import io.github.camelaiflow.it.campaign.Feed.Entry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** Labels on their way to a flow, and what has become of them. */
final class LabelFeed {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int PIECES = 20;
    private static final double DIGITS = 1e9;

    private final FlowStore store;
    private final FlowStore.Part part;
    private final Topics topics;

    LabelFeed(FlowStore store, FlowStore.Part part, Topics topics) {
        this.store = store;
        this.part = part;
        this.topics = topics;
        topics.createLabels();
    }

    /**
     * About these records.
     *
     * @param before all that was sent before them, since prediction ids tell of the records' offsets
     */
    Labels about(List<Entry> records, List<Entry> before, long seed) {
        Map<Integer, Long> next = new HashMap<>();
        before.forEach(entry -> next.merge(entry.partition(), 1L, Long::sum));
        List<String> ids = new ArrayList<>();
        for (Entry entry : records) {
            long offset = next.merge(entry.partition(), 1L, Long::sum) - 1;
            ids.add(new Origin(topics.in(), entry.partition(), offset).decisionId("claims"));
        }
        return Labels.of(records, ids::get, seed);
    }

    /** Sends them in order, evenly over that time. */
    void send(List<byte[]> labels, int millis) {
        int size = Math.max(1, labels.size() / PIECES);
        for (int at = 0; at < labels.size(); at += size) {
            topics.sendLabels(labels.subList(at, Math.min(labels.size(), at + size)));
            Child.pause(millis / PIECES);
        }
    }

    /** Waits until the store has a prediction about each. */
    boolean awaitTracked(Set<String> keys) {
        return await(() -> {
            Set<String> there = new HashSet<>(joined().keySet());
            there.addAll(rows("SELECT alias, '', '' FROM aiflow_join_left").keySet());
            return there.containsAll(keys);
        });
    }

    /** Waits until the truth about each is joined, and all that was said is taken. */
    boolean awaitJoined(Set<String> keys) {
        return await(() -> joined().keySet().containsAll(keys) && topics.untakenLabels() == 0);
    }

    private static boolean await(BooleanSupplier goal) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!goal.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Child.pause(50);
        }
        return true;
    }

    /** By the record's key: what was predicted and what is true. Empty while the store is away. */
    Map<String, String> joined() {
        return rows("SELECT alias, left_content, right_content FROM aiflow_join_pair");
    }

    private Map<String, String> rows(String sql) {
        Map<String, String> rows = new HashMap<>();
        try (Connection connection = store.connect(part);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.merge(
                        result.getString(1),
                        result.getString(2) + ' ' + result.getString(3),
                        (one, other) -> one + " and " + other);
            }
            return rows;
        } catch (SQLException e) {
            return Map.of();
        }
    }

    /**
     * What one of these says of the flow's quality, once it knows of all pairs: labels and metrics of each version, whatever order they came
     * in.
     */
    String quality(Collection<App> apps) {
        int pairs = joined().size();
        String[] said = {"nothing of " + pairs + " pairs"};
        await(() -> apps.stream()
                .map(app -> app.lastSaid(LabelRoutes.QUALITY))
                .flatMap(Optional::stream)
                .map(LabelFeed::read)
                .filter(report -> report.path("outcomes").asInt() == pairs)
                .findFirst()
                .map(report -> said[0] = metrics(report))
                .isPresent());
        return said[0];
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report must be JSON", e);
        }
    }

    private static String metrics(JsonNode report) {
        Set<String> all = new TreeSet<>();
        for (JsonNode version : report.path("versions")) {
            JsonNode raw = version.path("all").path("raw");
            String name = version.path("version").asText();
            all.add(name + " labels " + raw.path("labels").asLong());
            raw.path("metrics")
                    .forEach(metric -> all.add(String.join(
                            " ",
                            name,
                            metric.path("metric").asText(),
                            metric.path("label").asText(),
                            String.valueOf(Math.round(metric.path("value").asDouble() * DIGITS)),
                            String.valueOf(metric.path("count").asLong()))));
        }
        return report.path("outcomes").asLong() + " outcomes " + all;
    }
}
