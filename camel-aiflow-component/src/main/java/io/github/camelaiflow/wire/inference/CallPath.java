package io.github.camelaiflow.wire.inference;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What a call's path asks for.
 *
 * @param kind what is asked
 * @param model the model's name; {@code null} where none is asked for
 * @param version the version's name; {@code null} if none is named
 */
record CallPath(Kind kind, String model, String version) {

    private static final String PREFIX = "/v2";
    private static final int MAX_LENGTH = 1024;

    /** What can be asked. */
    enum Kind {
        SERVER("GET"),
        LIVE("GET"),
        READY("GET"),
        MODEL("GET"),
        MODEL_READY("GET"),
        INFER("POST"),
        INDEX("POST");

        private final String method;

        Kind(String method) {
            this.method = method;
        }

        /** The only HTTP method it takes. */
        String method() {
            return method;
        }
    }

    /**
     * The path of a call, whole or what comes after {@code /v2}.
     *
     * @throws CallException 404 if there is nothing at it
     */
    static CallPath of(String path) {
        if (path == null || path.length() > MAX_LENGTH) {
            throw nothing();
        }
        boolean whole = path.equals(PREFIX) || path.startsWith(PREFIX + "/");
        List<String> segments = Arrays.stream((whole ? path.substring(PREFIX.length()) : path).split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(CallPath::decoded)
                .toList();
        if (segments.isEmpty()) {
            return new CallPath(Kind.SERVER, null, null);
        }
        return switch (segments.get(0)) {
            case "health" -> ofServer(segments, List.of("live", "ready"), Kind.LIVE, Kind.READY);
            case "repository" -> ofServer(segments, List.of("index"), Kind.INDEX);
            case "models" -> ofModel(segments.subList(1, segments.size()));
            default -> throw nothing();
        };
    }

    private static CallPath ofServer(List<String> segments, List<String> words, Kind... kinds) {
        int found = segments.size() == 2 ? words.indexOf(segments.get(1)) : -1;
        if (found < 0) {
            throw nothing();
        }
        return new CallPath(kinds[found], null, null);
    }

    private static CallPath ofModel(List<String> segments) {
        if (segments.isEmpty()) {
            throw nothing();
        }
        boolean versioned = segments.size() > 2 && segments.get(1).equals("versions");
        String version = versioned ? segments.get(2) : null;
        List<String> rest = segments.subList(versioned ? 3 : 1, segments.size());
        Kind kind = Kind.MODEL;
        if (rest.size() == 1 && rest.get(0).equals("infer")) {
            kind = Kind.INFER;
        } else if (rest.size() == 1 && rest.get(0).equals("ready")) {
            kind = Kind.MODEL_READY;
        } else if (!rest.isEmpty()) {
            throw nothing();
        }
        return new CallPath(kind, segments.get(0), version);
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw nothing();
        }
    }

    private static CallException nothing() {
        return new CallException(
                404,
                "the path must be one of the Open Inference Protocol v2: health/live, health/ready,"
                        + " models/NAME[/versions/VERSION][/ready|/infer] or repository/index under /v2");
    }
}
