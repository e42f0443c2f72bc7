package io.github.camelaiflow.store;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * A dependency that is needed only by those who use it.
 *
 * @param coordinates group and artifact
 * @param type a class of it
 */
record Library(String coordinates, String type) {

    static final Library POOL = new Library("com.zaxxer:HikariCP", "com.zaxxer.hikari.HikariDataSource");
    static final Library FLYWAY = new Library("org.flywaydb:flyway-core", "org.flywaydb.core.Flyway");
    static final Library FLYWAY_FOR_POSTGRESQL = new Library(
            "org.flywaydb:flyway-database-postgresql", "org.flywaydb.database.postgresql.PostgreSQLDatabaseType");

    /** Requires all; names all that are missing. */
    static void require(String store, Collection<Library> libraries) {
        String missing = libraries.stream()
                .filter(library -> !library.isThere())
                .map(Library::coordinates)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw StoreException.refused("The store " + store + " can't be used: add the dependency " + missing);
        }
    }

    private boolean isThere() {
        try {
            Class.forName(type, false, Library.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError missing) {
            return false;
        }
    }
}
