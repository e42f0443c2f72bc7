package io.github.camelaiflow.store;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

class JdbcStoreH2MemoryTest extends StoreContract {

    private static final AtomicInteger NEXT = new AtomicInteger();

    @Override
    protected Store create(InstantSource clock) {
        return JdbcStore.of("jdbc:h2:mem:contract" + NEXT.incrementAndGet(), null, null, clock);
    }

    @Override
    protected boolean durable() {
        return false;
    }
}
