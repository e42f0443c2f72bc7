package io.github.camelaiflow.store;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

class JdbcKeysH2Test extends KeysContract {

    private static final AtomicInteger NEXT = new AtomicInteger();

    @Override
    protected Store create(InstantSource clock) {
        return JdbcStore.of("jdbc:h2:mem:keys" + NEXT.incrementAndGet(), null, null, clock);
    }

    @Override
    protected Store node() {
        return new Sharing(store);
    }
}
