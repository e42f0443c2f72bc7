package io.github.camelaiflow.statistics;

/**
 * How unique a stream's values are, from their 64-bit hashes ({@link Hash64}): {@link #repeats} records carry a value that came
 * before (pandas' {@code duplicated()}), {@link #members} carry a value that comes more than once
 * ({@code duplicated(keep=False)}).
 *
 * <p>Exact as long as the hashes fit the memory. Then three quarters of it become a Bloom filter, which never forgets a
 * value but at times takes a new one for known, and the rest a table of the known repeated values. So the counts
 * are too high, and estimates and bounds take off what false positives can explain, by a Chernoff bound over the rates that were in force. After
 * two filters were merged ({@link #merged}), how many values they have in common is only known from how full their
 * union is: then the repeats' bounds are normal ones around the union's linear count of distinct values, and the members'
 * are wide. "Exact" is up to equal hashes of different values, whose chance is below n²/2^64.
 *
 * <p>Memory: up to the given bytes; when the table becomes a filter, twice that for a moment. Not thread-safe.
 */
public final class RepeatCount {

    /** The smallest budget. */
    public static final int MIN_BYTES = 1 << 12;

    private static final int OVERHEAD = 300;

    private final int budget;
    private final long expected;
    private LongTable table;
    private SeenFilter filter;
    private boolean merged;
    private boolean spilled;
    private long count;
    /** Repeats as counted, and those of them that are sure. */
    private long repeats;

    private long sureRepeats;
    /** Members at least and at most, but for false positives. */
    private long fewestMembers;

    private long mostMembers;

    /**
     * @param bytes the memory it may hold: up to 3/32 of it in values is exact
     * @param records how many may come; the filter is laid out for them and takes more with more false positives. Only counts
     *     with the same bytes and records can be merged
     * @throws IllegalArgumentException if the bytes are below {@link #MIN_BYTES} or the records below 1
     */
    public RepeatCount(int bytes, long records) {
        if (bytes < MIN_BYTES || records < 1) {
            throw new IllegalArgumentException("a count of repeats must have at least " + MIN_BYTES
                    + " bytes and 1 record, had " + bytes + " and " + records);
        }
        budget = bytes;
        expected = records;
        table = new LongTable(bytes);
    }

    /** Takes a record by its value's hash. */
    public void add(long hash) {
        count++;
        take(LongTable.key(hash), false);
    }

    /** A value that came once, or more often and so was counted before as a member and its repeats. */
    private void take(long hash, boolean repeatedBefore) {
        int arriving = repeatedBefore ? 0 : 1;
        if (table.contains(hash)) {
            repeats++;
            sureRepeats++;
            boolean known = filter != null || table.marked(hash);
            if (!known) {
                table.mark(hash);
            }
            fewestMembers += arriving + (known ? 0 : 1);
            mostMembers += arriving + (known ? 0 : 1);
        } else if (filter == null) {
            if (!table.put(hash, repeatedBefore)) {
                approximate();
                filter(hash, repeatedBefore);
            }
        } else {
            filter(hash, repeatedBefore);
        }
    }

    private void filter(long hash, boolean repeatedBefore) {
        if (filter.add(hash)) {
            repeats++;
            // Of a value that did not fit the table, the first occurrence may have been counted as a member before.
            fewestMembers += (repeatedBefore ? 0 : 1) + (spilled ? 0 : 1);
            mostMembers += (repeatedBefore ? 0 : 1) + 1;
            know(hash);
        } else if (repeatedBefore) {
            know(hash);
        }
    }

    private void know(long hash) {
        if (!table.contains(hash) && !table.put(hash, true)) {
            spilled = true;
        }
    }

    private void approximate() {
        LongTable all = table;
        table = new LongTable(budget / 4);
        filter = new SeenFilter(budget - budget / 4, expected);
        all.forEach(hash -> {
            filter.put(hash);
            if (all.marked(hash)) {
                know(hash);
            }
        });
    }

    /**
     * Takes what another one took; the other one stays as it is. Exact if both are and what they have fits; with one filter
     * the bounds stay as tight as those of one pass; with two see {@link #merged}.
     *
     * @throws IllegalArgumentException if the other one has other bytes or records
     */
    public void merge(RepeatCount other) {
        if (other.budget != budget || other.expected != expected) {
            throw new IllegalArgumentException("only counts of repeats with equal bytes and records can be merged");
        }
        RepeatCount from = other == this ? other.copy() : other;
        if (from.filter != null && filter == null) {
            RepeatCount mine = copy();
            become(from);
            from = mine;
        }
        count += from.count;
        repeats += from.repeats;
        sureRepeats += from.sureRepeats;
        fewestMembers += from.fewestMembers;
        mostMembers += from.mostMembers;
        LongTable theirs = from.table.copy();
        if (from.filter == null) {
            theirs.forEach(hash -> take(hash, theirs.marked(hash)));
        } else {
            filter.union(from.filter);
            merged = true;
            spilled |= from.spilled;
            theirs.forEach(this::know);
        }
    }

    /** A count of its own with the same state. */
    public RepeatCount copy() {
        RepeatCount copy = new RepeatCount(budget, expected);
        copy.become(this);
        return copy;
    }

    private void become(RepeatCount other) {
        table = other.table.copy();
        filter = other.filter == null ? null : other.filter.copy();
        merged = other.merged;
        spilled = other.spilled;
        count = other.count;
        repeats = other.repeats;
        sureRepeats = other.sureRepeats;
        fewestMembers = other.fewestMembers;
        mostMembers = other.mostMembers;
    }

    /** How many records came. */
    public long count() {
        return count;
    }

    /** Whether all numbers are exact. */
    public boolean exact() {
        return filter == null;
    }

    /** Whether two filters were merged, so that the bounds are wider than those of one pass. */
    public boolean merged() {
        return merged;
    }

    /** How many records carry a value that came before: exact, or an estimate that lies within the bounds. */
    public long repeats() {
        if (exact()) {
            return repeats;
        }
        double likely = merged ? count - filter.distinct() : repeats - filter.expectedFalse();
        return Math.round(Math.max(repeatsAtLeast(0.5), Math.min(repeatsAtMost(0.5), likely)));
    }

    /**
     * A lower bound of the true {@link #repeats}; 0 is possible, and says that false positives may explain them all.
     *
     * @param confidence from 0.5 to less than 1, for this side alone
     */
    public long repeatsLowerBound(double confidence) {
        check(confidence);
        return exact() ? repeats : (long) Math.ceil(repeatsAtLeast(confidence));
    }

    /** An upper bound of the true {@link #repeats}, as {@link #repeatsLowerBound}. */
    public long repeatsUpperBound(double confidence) {
        check(confidence);
        return exact() ? repeats : (long) Math.floor(repeatsAtMost(confidence));
    }

    /**
     * How many records carry a value that comes more than once: exact, or an estimate that lies within the bounds,
     * rather too high if {@link #merged} or if there are many repeated values.
     */
    public long members() {
        double likely = mostMembers - (exact() ? 0 : 2 * filter.expectedFalse());
        return merged
                ? membersUpperBound(0.5)
                : Math.round(Math.max(membersLowerBound(0.5), Math.min(membersUpperBound(0.5), likely)));
    }

    /** A lower bound of the true {@link #members}, as {@link #repeatsLowerBound}. */
    public long membersLowerBound(double confidence) {
        check(confidence);
        if (exact()) {
            return fewestMembers;
        }
        double half = (1 + confidence) / 2;
        // A false positive that never came again was counted as two members.
        double sure = fewestMembers - 2 * filter.mostFalse(half);
        double fewest = repeatsAtLeast(half);
        return (long) Math.ceil(Math.max(sure, fewest > 0 ? fewest + 1 : 0));
    }

    /** An upper bound of the true {@link #members}, as {@link #repeatsLowerBound}. */
    public long membersUpperBound(double confidence) {
        check(confidence);
        if (exact()) {
            return mostMembers;
        }
        if (!merged) {
            double most = Math.min(mostMembers - filter.fewestFalse(confidence), 2 * repeatsAtMost(confidence));
            return (long) Math.floor(Math.min(count, most));
        }
        double half = (1 + confidence) / 2;
        // A value that both filters have adds two members at most.
        double common = repeatsAtMost(half) - Math.max(sureRepeats, repeats - filter.mostFalse(half));
        return (long) Math.floor(Math.min(count, Math.min(mostMembers + 2 * common, 2 * repeatsAtMost(half))));
    }

    private double repeatsAtLeast(double confidence) {
        double half = merged ? (1 + confidence) / 2 : confidence;
        double counted = Math.max(sureRepeats, repeats - filter.mostFalse(half));
        return merged ? Math.max(counted, count - filter.distinct() - filter.distinctError(half)) : counted;
    }

    private double repeatsAtMost(double confidence) {
        if (!merged) {
            return Math.max(sureRepeats, repeats - filter.fewestFalse(confidence));
        }
        double fewestDistinct = Math.max(1, filter.distinct() - filter.distinctError(confidence));
        // A full filter says nothing of how many values it has.
        return Math.max(sureRepeats, count - (Double.isFinite(fewestDistinct) ? fewestDistinct : 1));
    }

    private static void check(double confidence) {
        if (!(confidence >= 0.5 && confidence < 1)) {
            throw new IllegalArgumentException("a confidence must be from 0.5 to less than 1, was " + confidence);
        }
    }

    /** How much memory this holds now, in bytes. */
    public long bytes() {
        return OVERHEAD + table.bytes() + (filter == null ? 0 : filter.bytes());
    }
}
