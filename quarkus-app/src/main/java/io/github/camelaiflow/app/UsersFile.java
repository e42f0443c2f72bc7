package io.github.camelaiflow.app;

import io.quarkus.elytron.security.common.BcryptUtil;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of users, in Java's properties form: {@code name = bcrypt hash, role, role}. The hash is what {@code htpasswd -nBC 12 name}
 * prints after the colon.
 */
final class UsersFile {

    private static final int MOST_USERS = 100;
    private static final int LEAST_COST = 10;
    private static final Pattern HASH = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$([./A-Za-z0-9]{53})");
    private static final List<String> WELL_KNOWN = List.of("", "password", "changeit", "changeme", "admin", "secret");

    private UsersFile() {}

    /**
     * A user.
     *
     * @param hash bcrypt, of variant 2a
     * @param roles at least one of {@link Roles#ALL}
     */
    record User(String hash, Set<String> roles) {

        @Override
        public String toString() {
            return "User[roles=" + roles + "]";
        }
    }

    /** @throws IllegalStateException naming user and requirement, if one does not hold; no password and no hash is told */
    static Map<String, User> read(String file) {
        Properties said = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
            said.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "claims.auth.users must name a file of users that can be read ("
                            + e.getClass().getSimpleName() + ")",
                    e);
        }
        if (said.isEmpty() || said.size() > MOST_USERS) {
            throw new IllegalStateException(
                    "the file of users must have 1 to " + MOST_USERS + " users, had " + said.size());
        }
        Map<String, User> users = new TreeMap<>();
        said.stringPropertyNames().forEach(name -> users.put(name, user(name, said.getProperty(name))));
        return Map.copyOf(users);
    }

    private static User user(String name, String said) {
        String[] parts = said.strip().split("\\s*,\\s*");
        Matcher hash = HASH.matcher(parts[0]);
        require(hash.matches(), name, "must have a bcrypt hash, not a password in the clear: htpasswd -nBC 12 " + name);
        require(
                Integer.parseInt(hash.group(1)) >= LEAST_COST,
                name,
                "must have a hash of cost " + LEAST_COST + " or more");
        // 2a, 2b and 2y differ in nothing that matters to texts of up to 72 bytes; the library knows 2a
        String known = "$2a$" + hash.group(1) + "$" + hash.group(2);
        Set<String> roles = new LinkedHashSet<>(List.of(parts).subList(1, parts.length));
        require(
                !roles.isEmpty() && Roles.ALL.containsAll(roles),
                name,
                "must have roles, of " + new java.util.TreeSet<>(Roles.ALL));
        require(!BcryptUtil.matches(name, known), name, "must have another password than the name");
        for (String password : WELL_KNOWN) {
            require(!BcryptUtil.matches(password, known), name, "must have a password that nobody knows beforehand");
        }
        return new User(known, Set.copyOf(roles));
    }

    private static void require(boolean met, String name, String requirement) {
        if (!met) {
            throw new IllegalStateException("user " + name + " of the file of users " + requirement);
        }
    }
}
