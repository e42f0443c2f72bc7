package io.github.camelaiflow.it.campaign;

/**
 * A fault that is over. Times are {@link System#nanoTime()}.
 *
 * @param t0 when it began
 * @param detected when its supervisor knew; 0 if it has none but the app
 * @param healed when its cause was gone
 * @param ready when the restarted app was ready; 0 if none was restarted
 */
record Injected(long t0, long detected, long healed, long ready, String note) {

    static Injected over(long t0) {
        return new Injected(t0, 0, System.nanoTime(), 0, "");
    }

    Injected noting(String text) {
        return new Injected(t0, detected, healed, ready, text);
    }
}
