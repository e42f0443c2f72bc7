package io.github.camelaiflow.it.campaign;

import java.io.IOException;

/** Ends a child with its parent, however that ends: the parent holds the other end of the child's standard input. */
final class ParentWatch {

    private ParentWatch() {}

    static void start() {
        Thread watch = new Thread(ParentWatch::haltAtEnd, "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void haltAtEnd() {
        try {
            while (System.in.read() >= 0) {
                // nothing is said over this pipe; it only closes
            }
        } catch (IOException e) {
            // as closed as it can be
        }
        Runtime.getRuntime().halt(3);
    }
}
