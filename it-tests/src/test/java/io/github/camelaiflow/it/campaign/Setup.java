package io.github.camelaiflow.it.campaign;

/**
 * What is there when faults come.
 *
 * @param seed decides what goes in, and when faults come
 * @param records how many records each fault meets, about half of them before it
 */
record Setup(Mode mode, int instances, int threads, Model model, Store store, long seed, int records) {

    /** Where the model is. */
    enum Model {
        /** A file, loaded by the app. */
        FILE,
        /** Behind a model server, with rules to fall back on. */
        SERVER
    }

    /** What the flow has for a store. */
    enum Store {
        NONE,
        /** A database server that all instances use. */
        SERVER,
        /** The same, with a small disk. */
        SMALL_DISK,
        /** PostgreSQL, for all instances. */
        POSTGRES;

        /** Whether it can be killed without loss. */
        boolean isForMany() {
            return this == SERVER || this == POSTGRES;
        }
    }

    String name(int number) {
        return mode.text() + "-" + number;
    }
}
