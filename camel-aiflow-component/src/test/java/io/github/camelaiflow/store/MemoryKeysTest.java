package io.github.camelaiflow.store;

import java.time.InstantSource;

class MemoryKeysTest extends KeysContract {

    @Override
    protected Store create(InstantSource clock) {
        return new MemoryStore(clock);
    }

    @Override
    protected Store node() {
        return new Sharing(store);
    }
}
