package io.github.camelaiflow.validation.expectations;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Something about the columns of a table: the fields of all its records, in the order they first appear, whether their
 * values are missing or not.
 *
 * @param verdict what becomes of the expectation with these columns
 */
record TableColumns(Function<List<String>, Finding> verdict, String requirement) implements BatchCheck {

    /** Bytes of a name beside its text, about. */
    private static final int PER_NAME = 100;

    private static final String TOO_MANY =
            "the records' fields have too many different names to remember in a window; make them few, or expect this of a batch";

    @Override
    public int share() {
        return 0;
    }

    @Override
    public BatchState newState(Memory memory) {
        return new State(memory.exact() ? Long.MAX_VALUE : memory.bytes());
    }

    private final class State implements BatchState {

        private final Set<String> columns = new LinkedHashSet<>();
        private long room;
        private boolean full;

        State(long room) {
            this.room = room;
        }

        @Override
        public void add(Object value, int index) {
            Set<?> names = ((Map<?, ?>) value).keySet();
            if (columns.size() != names.size() || !columns.containsAll(names)) {
                names.forEach(name -> add(String.valueOf(name)));
            }
        }

        private void add(String name) {
            if (full || columns.contains(name)) {
                return;
            }
            room -= PER_NAME + 2L * name.length();
            full = room < 0;
            if (!full) {
                columns.add(name);
            }
        }

        @Override
        public void merge(BatchState state, int offset) {
            State later = (State) state;
            later.columns.forEach(this::add);
            full |= later.full;
        }

        @Override
        public Finding finding(Counted counted) {
            return full ? Finding.failed(TOO_MANY) : verdict.apply(new ArrayList<>(columns));
        }
    }
}
