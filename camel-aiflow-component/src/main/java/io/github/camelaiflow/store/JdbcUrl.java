package io.github.camelaiflow.store;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A JDBC URL taken apart, so that what is secret is nowhere but in the properties the driver gets.
 *
 * @param name the URL without its parameters, as messages name it
 * @param url the URL without user name and passwords
 * @param properties what the driver gets besides
 * @param secrets what must stand in no message
 */
record JdbcUrl(Vendor vendor, String name, String url, Properties properties, Set<String> secrets) {

    private static final Set<String> CREDENTIALS = Set.of("user", "password", "sslpassword");
    private static final Pattern SECRET_KEY = Pattern.compile("pas|pw|secret|token|key");
    private static final Pattern LOGIN_IN_HOST = Pattern.compile("//[^/]*@");
    private static final Pattern IN_MEMORY = Pattern.compile("(?i)jdbc:h2:(nio)?mem(fs|lzf)?:.*");
    private static final Pattern AT_A_SERVER = Pattern.compile("(?i)jdbc:h2:(tcp|ssl):.*");

    static JdbcUrl of(String text, String username, String password) {
        Vendor vendor = vendor(text);
        boolean h2 = vendor == Vendor.H2;
        int end = text.indexOf(h2 ? ';' : '?');
        String name = end < 0 ? text : text.substring(0, end);
        if (LOGIN_IN_HOST.matcher(name).find()) {
            throw StoreException.refused(
                    "A store's url must not hold user name or password before the host: say username and password");
        }
        if (name.equalsIgnoreCase("jdbc:h2:mem:")) {
            throw StoreException.refused("A store in H2's memory must have a name, as in jdbc:h2:mem:flows");
        }
        String tail = end < 0 ? "" : text.substring(end + 1);
        Parser parser = new Parser(h2);
        parser.read(tail, h2 ? "(?<!\\\\);" : "&");
        parser.login(username, password);
        parser.defaults(vendor, AT_A_SERVER.matcher(name).matches());
        return new JdbcUrl(vendor, name, name + parser.rest, parser.properties, parser.secrets);
    }

    private static Vendor vendor(String text) {
        for (Vendor vendor : Vendor.values()) {
            if (text != null && text.startsWith(vendor.prefix())) {
                return vendor;
            }
        }
        throw StoreException.refused("A store's url must begin with jdbc:h2: or jdbc:postgresql:");
    }

    /** Whether what a database of that URL holds goes with the process. */
    static boolean inMemory(String url) {
        return url != null && IN_MEMORY.matcher(url).matches();
    }

    /** Whether the database runs in this process. */
    boolean embedded() {
        return vendor == Vendor.H2 && !AT_A_SERVER.matcher(name).matches();
    }

    @Override
    public String toString() {
        return name;
    }

    /** Parts of the URL after its name. */
    private static final class Parser {

        private final boolean h2;
        private final StringBuilder rest = new StringBuilder();
        private final Properties properties = new Properties();
        private final Set<String> secrets = new HashSet<>();
        private final Set<String> said = new HashSet<>();
        private boolean saysNoDelay;

        Parser(boolean h2) {
            this.h2 = h2;
        }

        void read(String tail, String separator) {
            // A misspelt "pasword" is a password too
            if (!tail.isEmpty()) {
                secrets.add(tail);
            }
            List<String> kept = new ArrayList<>();
            for (String part : tail.split(separator)) {
                int equals = part.indexOf('=');
                String key = (equals < 0 ? part : part.substring(0, equals)).toLowerCase(Locale.ROOT);
                said.add(key);
                saysNoDelay |= part.equalsIgnoreCase("write_delay=0");
                if (equals >= 0 && CREDENTIALS.contains(key)) {
                    credential(key, part.substring(equals + 1));
                } else if (!part.isEmpty()) {
                    kept.add(part);
                    if (equals >= 0 && SECRET_KEY.matcher(key).find()) {
                        secrets.add(part.substring(equals + 1));
                    }
                }
            }
            if (!kept.isEmpty()) {
                rest.append(h2 ? ';' : '?').append(String.join(h2 ? ";" : "&", kept));
            }
        }

        private void credential(String key, String value) {
            String plain = h2 ? value : decoded(value);
            properties.setProperty(key, plain);
            if (!key.equals("user") && !plain.isEmpty()) {
                secrets.add(value);
                secrets.add(plain);
            }
        }

        private static String decoded(String value) {
            try {
                return URLDecoder.decode(value, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw StoreException.refused("A parameter of the store's url is not URL-encoded well");
            }
        }

        void login(String username, String password) {
            set("user", username);
            set("password", password);
            if (password != null && !password.isEmpty()) {
                secrets.add(password);
            }
        }

        private void set(String key, String value) {
            if (value != null && properties.setProperty(key, value) != null) {
                throw StoreException.refused("A store's " + key + " must be said once, in its url or beside it");
            }
        }

        void defaults(Vendor vendor, boolean atServer) {
            if (vendor == Vendor.POSTGRESQL) {
                suggest("connectTimeout", Timeouts.SECONDS);
                suggest("loginTimeout", Timeouts.SECONDS);
                suggest("socketTimeout", Timeouts.NETWORK_SECONDS);
                suggest("tcpKeepAlive", true);
                suggest("ApplicationName", "camel-aiflow");
                suggest("reWriteBatchedInserts", true);
                // The server's details tell values
                suggest("logServerErrorDetail", false);
                return;
            }
            if (said.contains("write_delay") && !saysNoDelay) {
                throw StoreException.refused(
                        "A store's url must not have another WRITE_DELAY than 0: what a store says is kept is written by then");
            }
            // By default a commit is written up to half a second after it was answered, and a server that was started
            // again does
            // so whatever was set before
            suggest("WRITE_DELAY", 0);
            // Its trace files and its lines on the console tell values
            suggest("TRACE_LEVEL_FILE", 0);
            suggest("LOCK_TIMEOUT", Timeouts.SECONDS * 1000);
            suggest("QUERY_TIMEOUT", Timeouts.SECONDS * 1000);
            if (atServer) {
                suggest("NETWORK_TIMEOUT", Timeouts.NETWORK_SECONDS * 1000);
            } else if (!said.contains("auto_server")) {
                // By default it closes at SIGTERM, while routes still finish what they have taken; AUTO_SERVER insists
                // on that
                suggest("DB_CLOSE_ON_EXIT", "FALSE");
            }
        }

        private void suggest(String key, Object value) {
            if (!said.contains(key.toLowerCase(Locale.ROOT))) {
                properties.setProperty(key, value.toString());
            }
        }
    }
}
