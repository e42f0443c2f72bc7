package io.github.camelaiflow.validation.jakarta;

/** A bean with public fields {@code f0}, {@code f1} and so on, which Hibernate Validator can judge. */
public interface Row {

    /**
     * Sets field i to the value at {@code from + i}.
     *
     * @throws ClassCastException if a value is not of its field's type
     */
    void fill(Object[] values, int from);
}
