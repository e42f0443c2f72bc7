package io.github.camelaiflow.it.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What one fault did; a line of the campaign's file. Times are milliseconds, -1 where there is none.
 *
 * @param fault its class
 * @param scene seed and number of the run it was part of; the run's seed replays it
 * @param t0 when it began, by the wall clock
 * @param detectMs from its beginning until the app, or who supervises it, said so
 * @param recoverMs from its end until each partition had an outcome of what came after
 * @param firstMs from its end until the first outcome
 * @param readyMs from the restarted app's readiness until the first outcome
 * @param pending records that are not settled, and not committed either: they come later
 * @param different ids whose outcome is not that of the run without faults; -1 behind a model server, for which others may lawfully answer
 */
record FaultLine(
        long seed,
        int number,
        String fault,
        String mode,
        int instances,
        String t0,
        long detectMs,
        long recoverMs,
        long firstMs,
        long readyMs,
        int in,
        int decisions,
        int deadLetters,
        int pending,
        int lost,
        int doubled,
        int doubledAfterSink,
        int phantom,
        int different,
        int disordered,
        String note) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** With so many differing ids more; they are told behind a model server too. */
    FaultLine differingBy(int more) {
        return new FaultLine(
                seed,
                number,
                fault,
                mode,
                instances,
                t0,
                detectMs,
                recoverMs,
                firstMs,
                readyMs,
                in,
                decisions,
                deadLetters,
                pending,
                lost,
                doubled,
                doubledAfterSink,
                phantom,
                Math.max(0, different) + more,
                disordered,
                note);
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static FaultLine of(String json) {
        try {
            return JSON.readValue(json, FaultLine.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no line of a campaign", e);
        }
    }
}
