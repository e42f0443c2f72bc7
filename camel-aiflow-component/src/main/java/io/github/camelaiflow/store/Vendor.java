package io.github.camelaiflow.store;

import java.util.List;

/** The databases the store's SQL is written for. */
enum Vendor {
    H2("H2", "jdbc:h2:", "org.h2.Driver", List.of(new Library("com.h2database:h2", "org.h2.Driver"))),
    POSTGRESQL(
            "PostgreSQL",
            "jdbc:postgresql:",
            "org.postgresql.Driver",
            List.of(new Library("org.postgresql:postgresql", "org.postgresql.Driver"), Library.FLYWAY_FOR_POSTGRESQL));

    private final String product;
    private final String prefix;
    private final String driver;
    private final List<Library> libraries;

    Vendor(String product, String prefix, String driver, List<Library> libraries) {
        this.product = product;
        this.prefix = prefix;
        this.driver = driver;
        this.libraries = libraries;
    }

    /** As JDBC's metadata name it. */
    String product() {
        return product;
    }

    /** What its URLs begin with. */
    String prefix() {
        return prefix;
    }

    /** The driver's class. */
    String driver() {
        return driver;
    }

    /** What must be there to reach it by a URL. */
    List<Library> libraries() {
        return libraries;
    }
}
