package io.github.camelaiflow.validation.expectations;

/** Whether there are as many records as required. */
record RowCount(CountRange range, String requirement) implements BatchCheck {

    static RowCount of(CountRange range) {
        return new RowCount(range, range.describe("records"));
    }

    @Override
    public int share() {
        return 0;
    }

    @Override
    public BatchState newState(Memory memory) {
        return new State();
    }

    private final class State implements BatchState {

        private int count;

        @Override
        public void add(Object value, int index) {
            count++;
        }

        @Override
        public void merge(BatchState later, int offset) {
            count += ((State) later).count;
        }

        @Override
        public Finding finding(Counted counted) {
            return Finding.observed(range.holds(count), count);
        }
    }
}
