package io.github.camelaiflow.store;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

class JdbcJoinsH2MemoryTest extends JoinSequencesContract {

    private static final AtomicInteger NEXT = new AtomicInteger();

    @Override
    protected Store create(InstantSource clock) {
        return JdbcStore.of("jdbc:h2:mem:joins" + NEXT.incrementAndGet(), null, null, clock);
    }

    @Override
    protected int permutations() {
        return 1_000;
    }
}
