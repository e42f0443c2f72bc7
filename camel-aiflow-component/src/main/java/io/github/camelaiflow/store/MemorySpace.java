package io.github.camelaiflow.store;

import java.time.InstantSource;

/** What becomes of a space's messages, in memory. */
final class MemorySpace {

    final MemoryDeliveries deliveries;
    final MemoryDeadLetters letters;
    final MemoryOutbox outbox;
    final MemoryKeys keys;

    MemorySpace(MemoryGuard guard, InstantSource clock, MemoryRoom.Bounds bounds) {
        outbox = new MemoryOutbox(guard, clock, bounds);
        letters = new MemoryDeadLetters(guard, clock, outbox, bounds);
        deliveries = new MemoryDeliveries(guard, clock, letters, outbox, bounds);
        keys = new MemoryKeys(guard, clock, bounds);
    }
}
