package io.github.camelaiflow.store;

import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

class JdbcStoreH2FileTest extends StoreContract {

    @TempDir
    private Path folder;

    @Override
    protected Store create(InstantSource clock) {
        return JdbcStore.of("jdbc:h2:file:" + folder.resolve("flows"), null, null, clock);
    }

    @Override
    protected boolean durable() {
        return true;
    }
}
