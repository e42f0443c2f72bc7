package io.github.camelaiflow.validation;

import io.github.camelaiflow.validation.expectations.BatchCheck;
import io.github.camelaiflow.validation.expectations.BatchState;
import io.github.camelaiflow.validation.expectations.Finding;
import io.github.camelaiflow.validation.expectations.Memory;
import io.github.camelaiflow.validation.expectations.Operand;
import io.github.camelaiflow.validation.expectations.Shown;
import io.github.camelaiflow.validation.python.Unjudgeable;
import io.github.camelaiflow.validation.python.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts per operand and expectation while records are judged, the states of batch expectations among them. Tallies of
 * successive records merge into that of all of them. Not thread-safe.
 */
final class Tally {

    /** What one row expectation met. */
    private static final class Unexpected {
        private int count;
        private String error;
        private final List<Object> values = new ArrayList<>(2);
        private final List<Integer> indexes = new ArrayList<>(2);
    }

    private final Plan plan;
    private final int kept;
    private final Memory memory;
    private final int[] excluded;
    private final int[] missing;
    private final Unexpected[] unexpected;
    private final BatchState[] states;
    private final String[] unreadable;
    private final List<Set<String>> unseen;
    private int records;

    /**
     * @param kept how many unexpected values are kept per expectation
     * @param memory what batch expectations may keep; {@code null} if they are left out
     */
    Tally(Plan plan, int kept, Memory memory) {
        this.plan = plan;
        this.kept = kept;
        this.memory = memory;
        int operands = memory == null ? plan.rowOperands() : plan.operands().length;
        this.excluded = new int[operands];
        this.missing = new int[operands];
        this.unexpected = new Unexpected[plan.size()];
        this.states = new BatchState[memory == null ? 0 : plan.size()];
        this.unreadable = new String[operands];
        this.unseen = memory == null ? null : new ArrayList<>(operands);
        if (memory != null) {
            begin();
        }
    }

    private void begin() {
        int[] shares = new int[plan.operands().length];
        for (int position : plan.batchPositions()) {
            shares[plan.operandOf(position)] += batchCheck(position).share();
        }
        for (int position : plan.batchPositions()) {
            BatchCheck check = batchCheck(position);
            double part = check.share() / (double) Math.max(1, shares[plan.operandOf(position)]);
            states[position] = check.newState(
                    memory.exact() || part == 0 ? memory : new Memory(memory.records(), memory.panes(), part));
        }
        for (int i = 0; i < plan.operands().length; i++) {
            unseen.add(plan.declared(i) ? Set.of() : new HashSet<>(plan.operands()[i].columns()));
        }
    }

    private BatchCheck batchCheck(int position) {
        return (BatchCheck) plan.check(position);
    }

    /** The next record was read: what each operand found in it. */
    void record(Map<String, Object> record, Object[] values) {
        for (int i = 0; i < missing.length; i++) {
            if (values[i] == Operand.EXCLUDED) {
                excluded[i]++;
            } else if (Values.missing(values[i])) {
                missing[i]++;
            }
            if (unseen != null && !unseen.get(i).isEmpty()) {
                unseen.get(i).removeIf(record::containsKey);
            }
        }
        for (int position : memory == null ? NONE : plan.batchPositions()) {
            Object value = values[plan.operandOf(position)];
            boolean judged = value != Operand.EXCLUDED && (plan.judgesMissing(position) || !Values.missing(value));
            if (judged) {
                states[position].add(value, records);
            }
        }
        records++;
    }

    private static final int[] NONE = {};

    /** The record an operand was read of last cannot be told to meet its row condition or not. */
    void unreadable(int operand, Unjudgeable error) {
        if (unreadable[operand] == null) {
            unreadable[operand] = error.getMessage();
        }
    }

    /** The record's value did not meet the expectation, or could not be judged. */
    void unexpected(int position, int index, Object value, Unjudgeable error) {
        Unexpected found = at(position);
        found.count++;
        if (found.values.size() < kept) {
            found.values.add(memory == null || memory.exact() ? value : Shown.brief(value));
            found.indexes.add(index);
        }
        if (error != null && found.error == null) {
            found.error = error.getMessage();
        }
    }

    private Unexpected at(int position) {
        if (unexpected[position] == null) {
            unexpected[position] = new Unexpected();
        }
        return unexpected[position];
    }

    Plan plan() {
        return plan;
    }

    int records() {
        return records;
    }

    /** Takes what a tally of later records counted, which stays as it is. */
    void merge(Tally later) {
        for (int i = 0; i < missing.length; i++) {
            excluded[i] += later.excluded[i];
            missing[i] += later.missing[i];
            unreadable[i] = unreadable[i] == null ? later.unreadable[i] : unreadable[i];
            if (!unseen.get(i).isEmpty()) {
                unseen.get(i).retainAll(later.unseen.get(i));
            }
        }
        for (int position : plan.rowPositions()) {
            if (later.unexpected[position] != null) {
                merge(at(position), later.unexpected[position]);
            }
        }
        for (int position : plan.batchPositions()) {
            states[position].merge(later.states[position], records);
        }
        records += later.records;
    }

    private void merge(Unexpected into, Unexpected from) {
        into.count += from.count;
        into.error = into.error == null ? from.error : into.error;
        for (int i = 0; i < from.values.size() && into.values.size() < kept; i++) {
            into.values.add(from.values.get(i));
            into.indexes.add(records + from.indexes.get(i));
        }
    }

    /** How many values an expectation was to judge. */
    int judged(int position) {
        int operand = plan.operandOf(position);
        int elements = records - excluded[operand];
        return plan.judgesMissing(position) ? elements : elements - missing[operand];
    }

    /** What became of a row expectation. */
    ExpectationResult row(int position) {
        Unexpected found = unexpected[position];
        int operand = plan.operandOf(position);
        String error = error(operand, found == null ? null : found.error);
        return new ExpectationResult(
                plan.expectation(position),
                error == null && succeeds(position),
                records - excluded[operand],
                plan.judgesMissing(position) ? null : (Integer) missing[operand],
                found == null ? 0 : found.count,
                found == null ? List.of() : shown(operand, found.values),
                found == null ? List.of() : found.indexes,
                null,
                Map.of(),
                null,
                error);
    }

    /** Whether a row expectation was not met by all values, or could not be judged. */
    boolean unmet(int position) {
        return unexpected[position] != null || unreadable[plan.operandOf(position)] != null;
    }

    /** Whether a row expectation holds. */
    boolean succeeds(int position) {
        Unexpected found = unexpected[position];
        int judged = judged(position);
        if (error(plan.operandOf(position), found == null ? null : found.error) != null) {
            return false;
        }
        return found == null || judged == 0 || (judged - found.count) / (double) judged >= plan.mostly(position);
    }

    private String error(int operand, String own) {
        if (own != null || unreadable[operand] != null) {
            return own != null ? own : unreadable[operand];
        }
        return unseen == null || records == 0 || unseen.get(operand).isEmpty()
                ? null
                : "The column " + unseen.get(operand).stream().sorted().toList() + " does not exist: no record has it";
    }

    /** What became of a batch expectation, with all unexpected places its state kept. */
    Finding finding(int position) {
        int operand = plan.operandOf(position);
        String error = error(operand, null);
        if (error != null) {
            return Finding.failed(error);
        }
        int elements = records - excluded[operand];
        int absent = plan.judgesMissing(position) ? 0 : missing[operand];
        return states[position].finding(new BatchState.Counted(elements, absent));
    }

    /** The result of a finding. */
    ExpectationResult batch(int position, Finding finding) {
        int operand = plan.operandOf(position);
        Finding.Unexpected places = finding.unexpected();
        return new ExpectationResult(
                plan.expectation(position),
                finding.success() && finding.error() == null,
                records - excluded[operand],
                plan.judgesMissing(position) ? null : (Integer) missing[operand],
                places == null ? null : (Integer) places.count(),
                places == null ? List.of() : shown(operand, first(places.values())),
                places == null ? List.of() : first(places.indexes()),
                finding.observed(),
                finding.details(),
                finding.approximation(),
                finding.error());
    }

    private List<Object> shown(int operand, List<Object> values) {
        List<Object> shown = new ArrayList<>(values.size());
        values.forEach(value -> shown.add(plan.operands()[operand].shown(value)));
        return shown;
    }

    private <T> List<T> first(List<T> all) {
        return all.size() <= kept ? all : new ArrayList<>(all.subList(0, kept));
    }
}
