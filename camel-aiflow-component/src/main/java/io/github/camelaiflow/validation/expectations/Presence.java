package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Values;

/** Whether a value is there at all; {@code null}, NaN and an absent field are missing. */
enum Presence implements ValueCheck {
    PRESENT("must not be missing"),
    ABSENT("must be missing");

    private final String requirement;

    Presence(String requirement) {
        this.requirement = requirement;
    }

    @Override
    public boolean meets(Object value) {
        return Values.missing(value) == (this == ABSENT);
    }

    @Override
    public String requirement() {
        return requirement;
    }

    @Override
    public boolean judgesMissing() {
        return true;
    }
}
