package io.github.camelaiflow.validation.expectations;

/** What one {@link BatchCheck} keeps while it looks at records. Not thread-safe. */
public interface BatchState {

    /**
     * Takes one record's value.
     *
     * @param value what the {@link Operand} reads; never missing, unless {@link BatchCheck#judgesMissing()}
     * @param index the record's place in the batch or window, from 0
     */
    void add(Object value, int index);

    /**
     * Takes what a later state of the same check has seen, whose indexes go on from {@code offset}. The later one stays as it is.
     */
    void merge(BatchState later, int offset);

    /** What became of the expectation over all that was added. Changes nothing; may be asked again. */
    Finding finding(Counted counted);

    /**
     * How many records there were.
     *
     * @param elements records that meet the row condition
     * @param missing those of them whose value is missing, or that {@code ignore_row_if} leaves out
     */
    record Counted(int elements, int missing) {

        /** How many values there were. */
        public int present() {
            return elements - missing;
        }
    }
}
