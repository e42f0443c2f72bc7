package io.github.camelaiflow.store;

import java.io.IOException;
import java.time.InstantSource;

/** A process of its own that goes on writing for a while after SIGTERM, then closes its store, and lives until its input ends. */
final class EndingWriter {

    private static final int WRITINGS = 20;

    private EndingWriter() {}

    /** @param arguments the store's URL */
    public static void main(String[] arguments) throws InterruptedException {
        Store store = JdbcStore.of(arguments[0], null, null, InstantSource.system());
        store.open();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(store)));
        System.out.println("OPEN");
        Thread.currentThread().join();
    }

    private static void end(Store store) {
        try {
            for (int i = 0; i < WRITINGS; i++) {
                Thread.sleep(50);
                store.write("claims", "writing" + i, "{}");
            }
            store.close();
            System.out.println("CLOSED");
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        } catch (IOException | InterruptedException | StoreException e) {
            System.out.println("FAILED " + e.getMessage());
        }
    }
}
