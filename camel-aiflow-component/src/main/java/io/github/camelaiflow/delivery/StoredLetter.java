package io.github.camelaiflow.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelaiflow.data.Sha256;
import io.github.camelaiflow.delivery.Outcome.DeadLetter;
import io.github.camelaiflow.store.Message;
import io.github.camelaiflow.store.Message.Header;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A dead letter as a store takes it, or a topic: the id it has there, and as much of its message as there is room for. */
public final class StoredLetter {

    /** Header of a dead letter too large to be kept whole: what was left out, of {@code key}, {@code value} and {@code headers}. */
    public static final String OMITTED = SteeringHeaders.ERROR + "omitted";

    /** Header beside it where the value was left out: its SHA-256. */
    public static final String DIGEST = SteeringHeaders.ERROR + "digest";

    private static final String MESSAGE = "dead-";
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final List<String> PARTS = List.of("key", "value", "headers");
    private static final int TEXT = 4_000;
    /** Of headers in part. */
    private static final int MOST = 20;

    private static final Set<String> KNOWN =
            Set.of("stage", "reason", "fields", "route", "topic", "partition", "offset", "decision-id", "digest");

    private StoredLetter() {}

    /**
     * The letter's id: the same for each copy of it, and another one for another record at the same place, as after a topic was made anew.
     *
     * @param origin of the record it is about, or of the letter itself
     * @param message whole, or what {@link #message} made of it
     */
    public static String id(Origin origin, String flow, Message message) {
        return origin.decisionId(flow, "dead " + digest(message));
    }

    /** The id of the message in an outbox that tells of a letter. */
    public static String messageId(String letter) {
        return MESSAGE + letter;
    }

    /** The letter that a message of this id tells of; empty if it tells of something else. */
    public static Optional<String> ofMessage(String id) {
        return id.length() > MESSAGE.length() && id.startsWith(MESSAGE)
                ? Optional.of(id.substring(MESSAGE.length()))
                : Optional.empty();
    }

    private static String digest(Message message) {
        if (message.value() != null) {
            return Sha256.of(message.value());
        }
        for (Header header : message.headers()) {
            if (header.name().equalsIgnoreCase(DIGEST) && header.value() != null) {
                String digest = new String(header.value(), UTF_8);
                return HEX.matcher(digest).matches() ? digest : "";
            }
        }
        return "";
    }

    /** The message, or what of it every store takes; its original stays where it came from, as long as it is kept there. */
    public static Message message(Message whole) {
        if (whole.fits()) {
            return whole;
        }
        boolean key = new Message(whole.key(), null, List.of()).fits();
        boolean value = new Message(null, whole.value(), List.of()).fits();
        Set<String> omitted = omitted(whole.headers());
        List<Header> told = new ArrayList<>();
        if (!key) {
            omitted.add("key");
        }
        if (!value) {
            omitted.add("value");
            told.add(header(DIGEST, digest(whole)));
        }
        List<Header> headers = whole.headers();
        if (!new Message(null, null, with(headers, told, "key,value,headers")).fits()) {
            omitted.add("headers");
            headers = fitting(headers, told, String.join(",", omitted));
        }
        return new Message(
                key ? whole.key() : null, value ? whole.value() : null, with(headers, told, String.join(",", omitted)));
    }

    /**
     * The letter in less room, for a topic that does not take it: without its value, or if it has none, what of it every store takes. Its
     * original stays where it came from, as long as it is kept there.
     *
     * @return {@code null} if there is nothing left to leave out
     */
    public static DeadLetter smaller(DeadLetter letter) {
        Message whole = new Message(
                letter.key(),
                letter.value(),
                letter.headers().stream()
                        .map(header -> new Header(header.name(), header.value()))
                        .toList());
        if (whole.value() == null && whole.fits()) {
            return null;
        }
        Message small = whole.value() == null ? message(whole) : withoutValue(whole);
        return new DeadLetter(
                letter.origin(),
                small.key(),
                small.value(),
                small.headers().stream()
                        .map(header -> new Incoming.Header(header.name(), header.value()))
                        .toList());
    }

    private static Message withoutValue(Message whole) {
        Set<String> omitted = omitted(whole.headers());
        omitted.add("value");
        List<Header> told = List.of(header(DIGEST, digest(whole)));
        return new Message(whole.key(), null, with(whole.headers(), told, String.join(",", omitted)));
    }

    /** What was left out before. */
    private static Set<String> omitted(List<Header> headers) {
        Set<String> omitted = new LinkedHashSet<>();
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(OMITTED) && header.value() != null) {
                String told = new String(header.value(), UTF_8);
                PARTS.stream().filter(part -> told.contains(part)).forEach(omitted::add);
            }
        }
        return omitted;
    }

    /** As many of those that tell why as there is room for, the known ones first. */
    private static List<Header> fitting(List<Header> headers, List<Header> told, String omitted) {
        List<Header> fitting = new ArrayList<>();
        List<Header> telling = headers.stream()
                .filter(StoredLetter::tellsWhy)
                .sorted(Comparator.comparing(header -> !isKnown(header)))
                .limit(MOST)
                .toList();
        for (Header header : telling) {
            fitting.add(header);
            if (!new Message(null, null, with(fitting, told, omitted)).fits()) {
                fitting.remove(fitting.size() - 1);
            }
        }
        return fitting;
    }

    private static boolean isKnown(Header header) {
        return KNOWN.contains(
                header.name().substring(SteeringHeaders.ERROR.length()).toLowerCase(Locale.ROOT));
    }

    private static boolean tellsWhy(Header header) {
        return SteeringHeaders.tellError(header.name())
                && header.name().length() < TEXT
                && (header.value() == null || header.value().length <= TEXT);
    }

    private static List<Header> with(List<Header> headers, List<Header> told, String omitted) {
        List<Header> all = new ArrayList<>(headers);
        all.removeIf(header -> header.name().equalsIgnoreCase(OMITTED));
        all.addAll(told);
        all.add(header(OMITTED, omitted));
        return all;
    }

    private static Header header(String name, String value) {
        return new Header(name, value.getBytes(UTF_8));
    }

    /** Whether nothing of the message was left out. */
    public static boolean isWhole(Message message) {
        return message.headers().stream().noneMatch(header -> header.name().equalsIgnoreCase(OMITTED));
    }
}
