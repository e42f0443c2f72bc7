package io.github.camelaiflow.model.probe;

import java.util.ArrayList;
import java.util.List;

/** JVMs that do to a probe what a model file might. */
final class Mains {

    private Mains() {}

    /** As a native parser's abort. */
    static final class Crashes {
        public static void main(String[] arguments) {
            Runtime.getRuntime().halt(134);
        }
    }

    /** Reads nothing and never ends. */
    static final class Hangs {
        public static void main(String[] arguments) throws InterruptedException {
            new java.util.concurrent.CountDownLatch(1).await();
        }
    }

    /** Takes all the heap it gets. */
    static final class Eats {
        public static void main(String[] arguments) {
            List<long[]> all = new ArrayList<>();
            while (!all.contains(null)) {
                all.add(new long[1 << 20]);
            }
        }
    }

    /** Ends well, without an answer. */
    static final class Talks {
        public static void main(String[] arguments) {
            System.out.println("no JSON");
        }
    }
}
