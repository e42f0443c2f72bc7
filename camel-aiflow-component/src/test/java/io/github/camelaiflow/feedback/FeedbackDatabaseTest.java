package io.github.camelaiflow.feedback;

import io.github.camelaiflow.store.JdbcStore;
import io.github.camelaiflow.store.Store;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

class FeedbackDatabaseTest extends FeedbackDatabaseContract {

    @TempDir
    private Path folder;

    @Override
    protected Store open(InstantSource clock) {
        return JdbcStore.of("jdbc:h2:file:" + folder.resolve("feedback"), null, null, clock);
    }
}
