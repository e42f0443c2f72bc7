package io.github.camelaiflow.lint;

import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;

/** Options in a URI that need not be valid, since it may hold expressions. */
final class Queries {

    private Queries() {}

    static Map<String, String> of(String uri) {
        String query = StringHelper.after(uri, "?", "");
        Map<String, String> options = new HashMap<>();
        try {
            URISupport.parseQuery(query, true, true).forEach((name, value) -> options.put(name, String.valueOf(value)));
        } catch (URISyntaxException e) {
            for (String pair : query.split("&")) {
                options.put(StringHelper.before(pair, "=", pair), StringHelper.after(pair, "=", ""));
            }
        }
        return options;
    }
}
