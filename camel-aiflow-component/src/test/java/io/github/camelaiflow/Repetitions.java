package io.github.camelaiflow;

/** How often simulations repeat what they measure. */
public final class Repetitions {

    private static final String ASKED = System.getProperty("aiflow.simulations", "");

    private Repetitions() {}

    /** A tenth of the full size; all of it with {@code -Psimulations}; as often as {@code -Daiflow.simulations} says. */
    public static int of(int full) {
        if (areFull()) {
            return full;
        }
        return ASKED.isEmpty() ? full / 10 : Integer.parseInt(ASKED);
    }

    /** Whether the tables of the docs are to be made anew, rather than their promises checked. */
    public static boolean areFull() {
        return ASKED.equals("full");
    }
}
