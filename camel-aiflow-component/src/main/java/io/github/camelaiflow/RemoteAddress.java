package io.github.camelaiflow;

import java.time.Duration;

/**
 * Where a server of the Open Inference Protocol is asked what, as Camel URIs.
 *
 * @param infer for an answer
 * @param metadata for the model's metadata
 * @param server for the server's metadata; {@code null} if the path doesn't tell
 */
record RemoteAddress(String infer, String metadata, String server) {

    private static final String INFER = "/infer";

    /**
     * The addresses that go with the one for an answer; {@code null} if that isn't one.
     *
     * @param uri a Camel URI with its placeholders resolved, such as {@code http://host/v2/models/claims/infer}; its options
     *     hold for all
     */
    static RemoteAddress of(String uri, Duration timeout) {
        int question = uri.indexOf('?');
        String path = question < 0 ? uri : uri.substring(0, question);
        if (!path.endsWith(INFER)) {
            return null;
        }
        String options = question < 0 ? "" : uri.substring(question);
        if (isHttp(uri)) {
            options = read(options, timeout);
        }
        String metadata = path.substring(0, path.length() - INFER.length());
        int models = metadata.lastIndexOf("/models/");
        return new RemoteAddress(
                path + options, metadata + options, models < 0 ? null : metadata.substring(0, models) + options);
    }

    /** The URI with what camel-http needs so that its reply can be read in time and to a limit, if it is camel-http's. */
    static String forReading(String uri, Duration timeout) {
        return isHttp(uri) ? read(uri, timeout) : uri;
    }

    /** A status other than 200 is a reply too, and it is read here, to a limit and not to memory or disk. */
    private static String read(String uri, Duration timeout) {
        return timeouts(with(with(uri, "throwExceptionOnFailure", "false"), "disableStreamCache", "true"), timeout);
    }

    static boolean isHttp(String uri) {
        return uri.startsWith("http:") || uri.startsWith("https:");
    }

    private static String timeouts(String uri, Duration timeout) {
        String all = uri;
        for (String option :
                new String[] {"connectionRequestTimeout", "connectTimeout", "soTimeout", "responseTimeout"}) {
            all = with(all, option, String.valueOf(timeout.toMillis()));
        }
        return all;
    }

    private static String with(String uri, String option, String value) {
        boolean given = uri.matches("(?s).*[?&]" + option + "=.*");
        return given ? uri : uri + (uri.indexOf('?') < 0 ? "?" : "&") + option + "=" + value;
    }
}
