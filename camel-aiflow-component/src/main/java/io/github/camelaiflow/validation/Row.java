package io.github.camelaiflow.validation;

/** A bean with one public field per column, {@code f0}, {@code f1} and so on, which Hibernate Validator can judge. */
interface Row {

    /** Sets field i to the value at {@code from + i}. */
    void fill(Object[] values, int from);
}
