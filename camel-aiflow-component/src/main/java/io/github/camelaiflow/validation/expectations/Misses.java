package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.expectations.BatchState.Counted;
import io.github.camelaiflow.validation.expectations.Finding.Unexpected;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Values that don't meet a map expectation, in the order of their records. In bounded memory all are counted, the first kept. */
final class Misses {

    /** As many as GX lists in a partial list. */
    static final int KEPT = 20;

    private final boolean all;
    private final int kept;
    private final List<Object> values = new ArrayList<>();
    private final List<Integer> indexes = new ArrayList<>();
    private int count;

    Misses(Memory memory) {
        this.all = memory.exact();
        this.kept = memory.exact() ? Integer.MAX_VALUE : KEPT;
    }

    void add(Object value, int index) {
        count++;
        if (values.size() < kept) {
            values.add(all ? value : Shown.brief(value));
            indexes.add(index);
        }
    }

    /** Adds those of later records, whose indexes go on from {@code offset}; they stay as they are. */
    void addAll(Misses later, int offset) {
        for (int i = 0; i < later.values.size() && values.size() < kept; i++) {
            values.add(later.values.get(i));
            indexes.add(later.indexes.get(i) + offset);
        }
        count += later.count;
    }

    int count() {
        return count;
    }

    Unexpected unexpected() {
        return unexpected(count);
    }

    /** The values and indexes kept, with a count known from elsewhere. */
    Unexpected unexpected(int total) {
        return new Unexpected(
                total,
                Collections.unmodifiableList(new ArrayList<>(values)),
                Collections.unmodifiableList(new ArrayList<>(indexes)));
    }

    /** What GX makes of them. */
    Finding judged(double mostly, Counted counted) {
        return Finding.judged(met(mostly, counted.present(), count), unexpected());
    }

    /** Whether enough values meet a map expectation: at least a share of those present; where there are none, they do. */
    static boolean met(double mostly, int present, double unexpected) {
        return present == 0 || (present - unexpected) / present >= mostly;
    }
}
