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
    static final int HALF_BYTES = 1 << 16;

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private Limits() {}

    static void checkDocument(String space, String key) {
        checkName("A document's space", space);
        checkName("A document's key", key);
    }

    static void checkDocument(String space, String key, String content) {
        checkDocument(space, key);
        checkContent("A document's content", content, CONTENT_BYTES);
    }

    static void checkEntries(List<Store.Entry> entries) {
        for (Store.Entry entry : entries) {
            checkName("An entry's id", entry.id());
            checkName("An entry's space", entry.space());
            checkName("An entry's key", entry.key());
            checkContent("An entry's content", entry.content(), CONTENT_BYTES);
            checkTime("An entry's time", entry.time());
        }
    }

    static void checkJoins(String space) {
        checkName("The space of joins", space);
    }

    static void checkLefts(List<JoinTable.Left> halves) {
        for (JoinTable.Left left : halves) {
            checkName("A left half's id", left.id());
            if (left.alias() != null) {
                checkName("A left half's alias", left.alias());
            }
            checkContent("A left half's content", left.content(), HALF_BYTES);
            checkTime("A left half's time", left.time());
        }
    }

    static void checkRights(List<JoinTable.Right> halves) {
        for (JoinTable.Right right : halves) {
            if ((right.id() == null) == (right.alias() == null)) {
                throw StoreException.refused("A right half must have either an id or an alias");
            }
            checkName(
                    right.id() == null ? "A right half's alias" : "A right half's id",
                    right.id() == null ? right.alias() : right.id());
            checkContent("A right half's content", right.content(), HALF_BYTES);
            checkTime("A right half's time", right.time());
        }
    }

    static void checkLimit(int limit) {
        if (limit < 0) {
            throw StoreException.refused("The number asked for must be 0 or more");
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

    static void checkName(String what, String name) {
        if (name == null || name.isEmpty() || name.length() > NAME_LENGTH) {
            throw StoreException.refused(what + " must have 1 to " + NAME_LENGTH + " characters, not "
                    + (name == null ? "none" : name.length()));
        }
        bytes(what, name);
    }

    static void checkTime(String what, Instant time) {
        if (time == null) {
            throw StoreException.refused(what + " must not be null");
        }
        if (!within(time).equals(time)) {
            throw StoreException.refused(what + " must lie in the years 1 to 9999");
        }
    }

    static void checkContent(String what, String content, int most) {
        if (content == null) {
            throw StoreException.refused(what + " must not be null");
        }
        // More characters than bytes allowed need no encoding to be told
        int bytes = content.length() > most ? content.length() : bytes(what, content);
        if (bytes > most) {
            throw StoreException.refused(
                    what + " must have at most " + most + " bytes in UTF-8, not " + bytes + " or more");
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
