package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;

/** A state that accumulates values and judges at the end. The first value that cannot be taken ends it with its error. */
final class Accumulating<A extends Accumulator<A>> implements BatchState {

    /** How what was accumulated is judged. */
    @FunctionalInterface
    interface Judge<A> {

        Finding judge(A accumulated, Counted counted) throws Unjudgeable;
    }

    private final A accumulated;
    private final Judge<A> judge;
    private String error;

    Accumulating(A empty, Judge<A> judge) {
        this.accumulated = empty;
        this.judge = judge;
    }

    @Override
    public void add(Object value, int index) {
        if (error != null) {
            return;
        }
        try {
            accumulated.add(value);
        } catch (Unjudgeable e) {
            error = e.getMessage();
        }
    }

    /** @throws ClassCastException if the other is no state of the same check */
    @Override
    @SuppressWarnings("unchecked")
    public void merge(BatchState later, int offset) {
        Accumulating<A> other = (Accumulating<A>) later;
        error = error == null ? other.error : error;
        if (error != null) {
            return;
        }
        try {
            accumulated.merge(other.accumulated);
        } catch (Unjudgeable e) {
            error = e.getMessage();
        }
    }

    @Override
    public Finding finding(Counted counted) {
        if (error != null) {
            return Finding.failed(error);
        }
        try {
            return judge.judge(accumulated, counted);
        } catch (Unjudgeable e) {
            return Finding.failed(e.getMessage());
        }
    }
}
