package io.github.camelaiflow.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.data.Sha256;
import io.github.camelaiflow.drift.profile.Profile;
import io.github.camelaiflow.drift.profile.ReferenceException;
import io.github.camelaiflow.statistics.Hash64;
import io.github.camelaiflow.store.Store;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A flow's profiles as documents: a head for each node in one space, and in another the profile's text, in parts that fit a document.
 * A writer writes its parts into the one of its two slots that the node's head does not name, then the head: so a head's parts are
 * always whole, even if a second writer under the node's name is at work. Thread-safe.
 */
final class ProfileDocuments {

    static final String SPACE = "drift-profile";
    static final String PARTS = "drift-profile-parts";

    /** At most 3 bytes a character, and 1 MiB a document. */
    static final int PART = 300_000;

    private static final int MOST_PARTS = 300;
    private static final int TRIES = 3;
    private static final JsonMapper JSON = new JsonMapper();
    private static final Hash64 WRITERS = new Hash64(0);

    private final Store store;
    private final String flow;
    private final String prefix;

    ProfileDocuments(Store store, String flow) {
        this.store = store;
        this.flow = flow;
        this.prefix = encoded(flow) + "/";
    }

    /**
     * @param revision 0 if there is none
     * @param writer who wrote it; empty if there is no profile
     * @param slot 0 or 1
     */
    record Head(long revision, String writer, int slot, int parts, String sha256) {

        static final Head NONE = new Head(0, "", 1, 0, "");

        /** Whether this is what a writer wrote over the other one. */
        boolean follows(Head other, String by) {
            return revision == other.revision + 1 && writer.equals(by);
        }
    }

    String flow() {
        return flow;
    }

    Head head(String node) {
        return store.get(SPACE, key(node)).map(document -> head(node, document)).orElse(Head.NONE);
    }

    private static Head head(String node, Store.Document document) {
        try {
            JsonNode json = JSON.readTree(document.content());
            int slot = json.path("slot").asInt(-1);
            int parts = json.path("parts").asInt(-1);
            if ((slot == 0 || slot == 1) && parts >= 0 && parts <= MOST_PARTS) {
                String writer = json.path("writer").asText();
                return new Head(
                        document.revision(),
                        writer,
                        slot,
                        parts,
                        json.path("sha256").asText());
            }
        } catch (JsonProcessingException e) {
            // Answered below: the parser's message may quote the text.
        }
        throw new ReferenceException(name(node) + " must be a head with writer, slot, parts and sha256");
    }

    /** What a node has saved; {@code null} if nothing. */
    Profile profile(String node, Head head) {
        Head now = head;
        for (int i = 0; i < TRIES; i++) {
            if (now.parts() == 0) {
                return null;
            }
            String text = text(node, now);
            if (Sha256.of(text.getBytes(StandardCharsets.UTF_8)).equals(now.sha256())) {
                return Profile.parse(name(node), text);
            }
            // Saved twice since the head was read, or damaged.
            now = head(node);
        }
        throw new ReferenceException(name(node) + " must have parts that fit its head's sha256");
    }

    private String text(String node, Head head) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < head.parts(); i++) {
            store.get(PARTS, part(node, head.writer(), head.slot(), i)).ifPresent(part -> text.append(part.content()));
        }
        return text.toString();
    }

    /** Every node's. */
    List<Profile> all() {
        List<Profile> profiles = new ArrayList<>();
        for (Store.Document document : store.list(SPACE, prefix)) {
            String node = URLDecoder.decode(document.key().substring(prefix.length()), StandardCharsets.UTF_8);
            Profile profile = profile(node, head(node, document));
            if (profile != null) {
                profiles.add(profile);
            }
        }
        return profiles;
    }

    /**
     * Writes a node's profile over what it wrote last.
     *
     * @return the new head; empty if somebody else has written since
     */
    Optional<Head> write(String node, Head last, String writer, Profile profile) {
        if (head(node).revision() != last.revision()) {
            return Optional.empty();
        }
        String text = profile.toJson();
        int slot = 1 - last.slot();
        int parts = 0;
        for (int from = 0; from < text.length(); parts++) {
            int to = Math.min(text.length(), from + PART);
            // Two halves of one character stay together.
            to -= to < text.length() && Character.isHighSurrogate(text.charAt(to - 1)) ? 1 : 0;
            store.write(PARTS, part(node, writer, slot, parts), text.substring(from, to));
            from = to;
        }
        if (parts > MOST_PARTS) {
            throw new ReferenceException(name(node) + " must have at most " + MOST_PARTS + " parts");
        }
        String sha256 = Sha256.of(text.getBytes(StandardCharsets.UTF_8));
        ObjectNode json = JSON.createObjectNode();
        json.put("writer", writer).put("slot", slot).put("parts", parts).put("sha256", sha256);
        json.put("records", profile.records());
        int written = parts;
        Optional<Head> next = store.replace(SPACE, key(node), last.revision(), json.toString(), List.of())
                .map(document -> new Head(document.revision(), writer, slot, written, sha256));
        if (next.isPresent() && !last.writer().isEmpty() && !last.writer().equals(writer)) {
            clearParts(parts(node, last.writer()));
        }
        return next;
    }

    private void clearParts(String of) {
        store.list(PARTS, of).forEach(part -> store.write(PARTS, part.key(), ""));
    }

    void clear() {
        String none = JSON.createObjectNode()
                .put("writer", "")
                .put("slot", 1)
                .put("parts", 0)
                .put("sha256", "")
                .toString();
        store.list(SPACE, prefix).forEach(document -> store.write(SPACE, document.key(), none));
        clearParts(prefix);
    }

    private String key(String node) {
        return prefix + encoded(node);
    }

    private String part(String node, String writer, int slot, int part) {
        return parts(node, writer) + slot + "/" + part;
    }

    /** What the keys of a writer's parts begin with; its id may be too long for a key. */
    private String parts(String node, String writer) {
        return key(node) + "/" + Long.toHexString(WRITERS.of(writer)) + "/";
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    private static String name(String node) {
        return "the profile that node " + node + " stored";
    }
}
