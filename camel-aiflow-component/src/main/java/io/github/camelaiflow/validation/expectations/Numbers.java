package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;

/** All numbers of a column, for what no smaller state can tell. */
final class Numbers implements Accumulator<Numbers> {

    private final String aggregate;
    private final NumberColumn column = new NumberColumn();

    /** @param aggregate what it is for, for the error about a value that is no number */
    Numbers(String aggregate) {
        this.aggregate = aggregate;
    }

    @Override
    public void add(Object value) throws Unjudgeable {
        column.add(Numeric.of(value, aggregate));
    }

    @Override
    public void merge(Numbers later) {
        column.addAll(later.column);
    }

    NumberColumn column() {
        return column;
    }
}
