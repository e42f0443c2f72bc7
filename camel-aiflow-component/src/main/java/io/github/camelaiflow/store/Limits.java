package io.github.camelaiflow.store;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What every store takes, so that what one node writes any other can read, whatever the store. */
final class Limits {

    static final int NAME_LENGTH = 255;
    static final int CONTENT_BYTES = 1 << 20;

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private Limits() {}

    static void checkDocument(String space, String key) {
        checkName("A document's space", space);
        checkName("A document's key", key);
    }

    static void checkDocument(String space, String key, String content) {
        checkDocument(space, key);
        checkContent("A document's content", content);
    }

    static void checkEntries(List<Store.Entry> entries) {
        for (Store.Entry entry : entries) {
            checkName("An entry's id", entry.id());
            checkName("An entry's space", entry.space());
            checkName("An entry's key", entry.key());
            checkContent("An entry's content", entry.content());
            if (!within(entry.time()).equals(entry.time())) {
                throw StoreException.refused("An entry's time must lie in the years 1 to 9999");
            }
        }
    }

    static void checkLimit(int limit) {
        if (limit < 0) {
            throw StoreException.refused("The number of entries asked for must be 0 or more");
        }
    }

    /** The nearest time that every store can hold. */
    static Instant within(Instant time) {
        if (time.isBefore(FIRST)) {
            return FIRST;
        }
        return time.isAfter(LAST) ? LAST : time;
    }

    /** To the microsecond, which is what every store keeps. */
    static Instant kept(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    private static void checkName(String what, String name) {
        if (name == null || name.isEmpty() || name.length() > NAME_LENGTH) {
            throw StoreException.refused(what + " must have 1 to " + NAME_LENGTH + " characters, not "
                    + (name == null ? "none" : name.length()));
        }
        bytes(what, name);
    }

    private static void checkContent(String what, String content) {
        if (content == null) {
            throw StoreException.refused(what + " must not be null");
        }
        // More characters than bytes allowed need no encoding to be told
        int bytes = content.length() > CONTENT_BYTES ? content.length() : bytes(what, content);
        if (bytes > CONTENT_BYTES) {
            throw StoreException.refused(
                    what + " must have at most " + CONTENT_BYTES + " bytes in UTF-8, not " + bytes + " or more");
        }
    }

    private static int bytes(String what, String text) {
        if (text.indexOf(0) >= 0) {
            throw StoreException.refused(what + " must not have the character U+0000");
        }
        try {
            return StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(text))
                    .remaining();
        } catch (CharacterCodingException unpaired) {
            throw StoreException.refused(what + " must be text, without unpaired surrogates");
        }
    }
}
