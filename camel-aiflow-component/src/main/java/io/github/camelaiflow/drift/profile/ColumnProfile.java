package io.github.camelaiflow.drift.profile;

/**
 * What the values of one column were. From outside immutable and thread-safe: only what collects or merges profiles changes it,
 * before anyone else sees it.
 */
public abstract sealed class ColumnProfile permits NumberProfile, CategoryProfile {

    private final FieldKind kind;
    private long wrongType;
    private long infinite;

    ColumnProfile(FieldKind kind) {
        this.kind = kind;
    }

    /** How its values are compared. */
    public final FieldKind kind() {
        return kind;
    }

    /** What the values of so many records were. */
    final Presence presence(long records) {
        long values = values();
        return new Presence(values, records - values - wrongType - infinite, wrongType, infinite);
    }

    /** How many values can be compared. */
    public abstract long values();

    /** Takes what a record has for this column; never throws. Missing is what is not taken: nothing is done. */
    abstract void add(Object value);

    /** What tests compare; all counts times the scale. */
    abstract FieldSample sample(Presence presence, double scale);

    /** One like this without values. */
    abstract ColumnProfile empty(int capacity);

    abstract void mergeValues(ColumnProfile other);

    /** Takes what another one of the same kind took; that one stays as it is. */
    final void merge(ColumnProfile other) {
        wrongType += other.wrongType;
        infinite += other.infinite;
        mergeValues(other);
    }

    /** @param capacity how many values of a numeric column are kept */
    final ColumnProfile copy(int capacity) {
        ColumnProfile copy = empty(capacity);
        copy.merge(this);
        return copy;
    }

    /** Takes the counts of values that cannot be compared. */
    final void addOthers(long moreOfWrongType, long moreInfinite) {
        wrongType += moreOfWrongType;
        infinite += moreInfinite;
    }

    final void addOthersOf(ColumnProfile other) {
        addOthers(other.wrongType, other.infinite);
    }

    final long others() {
        return wrongType + infinite;
    }

    final void addWrongType() {
        wrongType++;
    }

    final void addInfinite() {
        infinite++;
    }
}
