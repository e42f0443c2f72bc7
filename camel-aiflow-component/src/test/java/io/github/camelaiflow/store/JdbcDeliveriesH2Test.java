package io.github.camelaiflow.store;

import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

class JdbcDeliveriesH2Test extends DeliveryContract {

    @TempDir
    private Path folder;

    @Override
    protected Store create(InstantSource clock) {
        return JdbcStore.of("jdbc:h2:file:" + folder.resolve("flows"), null, null, clock);
    }

    @Override
    protected Store node() {
        return new Sharing(store);
    }
}
