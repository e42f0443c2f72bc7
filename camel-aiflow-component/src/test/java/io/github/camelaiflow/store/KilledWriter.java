package io.github.camelaiflow.store;

import io.github.camelaiflow.store.Store.Document;
import java.time.InstantSource;
import java.util.List;

/** A process of its own that writes until it is killed, and tells each writing once it is acknowledged. */
final class KilledWriter {

    private KilledWriter() {}

    /** @param arguments the store's URL, and this process' name */
    public static void main(String[] arguments) {
        Store store = JdbcStore.of(arguments[0], null, null, InstantSource.system());
        long revision = store.get("claims", "rollout").map(Document::revision).orElse(0L);
        while (true) {
            String id = arguments[1] + "/" + revision;
            Store.Entry entry = new Store.Entry(
                    id, "claims", "decisions", InstantSource.system().instant(), id);
            store.replace("claims", "rollout", revision, id, List.of(entry)).orElseThrow();
            revision++;
            System.out.println("ACK " + id + " .");
        }
    }
}
