package io.github.camelaiflow.store;

import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/**
 * Brings the store's tables to their newest state, beside what else is in the schema: with a history of its own, so that an
 * application's own Flyway knows nothing of it. The only class besides {@link MigrationScript} that knows Flyway.
 */
final class Migration {

    static final String HISTORY = "aiflow_schema_history";

    /** In order; said here, since scanning the class path does not work in every packaging. */
    private static final List<String> SCRIPTS =
            List.of("V1__documents_and_log.sql", "V2__joins.sql", "V3__delivery.sql", "V4__pruned_letters.sql");

    private Migration() {}

    static void run(DataSource source) {
        Flyway.configure(Migration.class.getClassLoader())
                .dataSource(source)
                .table(HISTORY)
                .resourceProvider(new Scripts())
                .javaMigrationClassProvider(List::of)
                .locations(new String[0])
                .placeholderReplacement(false)
                // The schema may hold an application's tables already
                .baselineOnMigrate(true)
                .baselineVersion("0")
                // A misspelt schema must not look like an empty store
                .createSchemas(false)
                .lockRetryCount(Timeouts.SECONDS)
                .load()
                .migrate();
    }

    private static final class Scripts implements ResourceProvider {

        @Override
        public LoadableResource getResource(String name) {
            return SCRIPTS.contains(name) ? new MigrationScript(name) : null;
        }

        @Override
        public List<LoadableResource> getResources(String prefix, String[] suffixes) {
            return SCRIPTS.stream()
                    .filter(name -> name.startsWith(prefix) && List.of(suffixes).contains(".sql"))
                    .<LoadableResource>map(MigrationScript::new)
                    .toList();
        }
    }
}
