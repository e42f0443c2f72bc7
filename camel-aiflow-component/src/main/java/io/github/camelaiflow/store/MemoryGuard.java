package io.github.camelaiflow.store;

import java.util.function.Supplier;

/** Lets one in at a time, as long as the store is open. */
interface MemoryGuard {

    <T> T locked(Supplier<T> work);
}
