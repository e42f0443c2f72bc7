package io.github.camelaiflow.feedback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.store.Store;
import io.github.camelaiflow.store.Store.Document;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The counts of all nodes, in one document of the store: each process adds what it has counted since it last did. The document remembers what
 * each writer wrote last, so that a writing whose answer was lost is not added twice. Counting is thread-safe and waits for nobody; the rest is
 * for one thread at a time.
 */
final class Ledger {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String KEY = "counts";
    private static final int FORMAT = 1;
    private static final int TRIES = 5;
    private static final int MOST_WRITERS = 100;

    private final Store store;
    private final String space;
    private final String writer;
    private final Object lock = new Object();

    private Sums counted = new Sums();
    /** What is being written; {@code null} if all that was is there. */
    private Sums unwritten;

    /** Of the next writing; 0 before it is known what another process of this name wrote last. */
    private long number;

    private Content known = new Content(0, new Sums(), new FeedCounts(), new LinkedHashMap<>());

    /**
     * The document as read.
     *
     * @param writers the number of each writer's last writing, the one that wrote last at the end
     */
    private record Content(long revision, Sums sums, FeedCounts feed, Map<String, Long> writers) {}

    /** @param writer names this process, unlike all others that run */
    Ledger(Store store, String space, String writer) {
        this.store = store;
        this.space = space;
        this.writer = writer;
    }

    void count(Consumer<Sums> what) {
        synchronized (lock) {
            what.accept(counted);
        }
    }

    /**
     * Adds what was counted to the document, and learns what the others have.
     *
     * @param feed is advanced to what the document has, and written if it goes further
     * @param firstCohort of predictions: those before are dropped
     * @param first when the spans begin that are kept
     */
    void share(FeedCounts feed, long firstCohort, Instant first) {
        learn(feed);
        for (int i = 0; i < TRIES && news(feed); i++) {
            if (!write(feed, firstCohort, first)) {
                learn(feed);
            }
        }
    }

    private void learn(FeedCounts feed) {
        known = read();
        long last = known.writers().getOrDefault(writer, 0L);
        if (number == 0) {
            number = last + 1;
        } else if (unwritten != null && last == number) {
            // an earlier writing was done though it seemed to fail
            written();
        }
        feed.advance(known.feed());
    }

    private boolean news(FeedCounts feed) {
        if (unwritten == null) {
            synchronized (lock) {
                if (!counted.isEmpty()) {
                    unwritten = counted;
                    counted = new Sums();
                }
            }
        }
        return unwritten != null || feed.position() > known.feed().position();
    }

    private void written() {
        unwritten = null;
        number++;
    }

    private boolean write(FeedCounts feed, long firstCohort, Instant first) {
        Sums sums = new Sums();
        sums.add(known.sums());
        if (unwritten != null) {
            sums.add(unwritten);
        }
        sums.trim(firstCohort, first);
        Map<String, Long> writers = new LinkedHashMap<>(known.writers());
        if (unwritten != null) {
            writers.remove(writer);
            writers.put(writer, number);
            writers.keySet()
                    .removeAll(writers.keySet().stream()
                            .limit(Math.max(0, writers.size() - MOST_WRITERS))
                            .toList());
        }
        Content next = new Content(known.revision() + 1, sums, feed.copy(), writers);
        Optional<Document> document = store.replace(space, KEY, known.revision(), json(next), List.of());
        if (document.isEmpty()) {
            return false;
        }
        known = next;
        if (unwritten != null) {
            written();
        }
        return true;
    }

    private Content read() {
        Optional<Document> document = store.get(space, KEY);
        if (document.isEmpty()) {
            return new Content(0, new Sums(), new FeedCounts(), new LinkedHashMap<>());
        }
        Document there = document.get();
        if (there.revision() == known.revision()) {
            return known;
        }
        try {
            return content(there);
        } catch (IllegalArgumentException e) {
            LOG.warn("The counts in {} cannot be read and begin anew: {}", space, e.getMessage());
            return new Content(there.revision(), new Sums(), new FeedCounts(), new LinkedHashMap<>());
        }
    }

    private static String json(Content content) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("f", FORMAT);
        ObjectNode writers = json.putObject("writers");
        content.writers().forEach(writers::put);
        content.sums().write(json);
        content.feed().write(json.putObject("feed"));
        return json.toString();
    }

    private static Content content(Document document) {
        JsonNode json;
        try {
            json = MAPPER.readTree(document.content());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("they are not JSON", e);
        }
        if (json.path("f").asInt() != FORMAT) {
            throw new IllegalArgumentException("their format must be " + FORMAT);
        }
        Map<String, Long> writers = new LinkedHashMap<>();
        json.path("writers")
                .properties()
                .forEach(entry -> writers.put(entry.getKey(), entry.getValue().asLong()));
        return new Content(document.revision(), Sums.read(json), FeedCounts.read(json.path("feed")), writers);
    }

    /** All nodes' counts as last read, and what this one has counted since. */
    Sums sums() {
        Sums sums = new Sums();
        sums.add(known.sums());
        if (unwritten != null) {
            sums.add(unwritten);
        }
        synchronized (lock) {
            sums.add(counted);
        }
        return sums;
    }

    /** Up to where the feed is counted in the document. */
    long position() {
        return known.feed().position();
    }
}
