package io.github.camelaiflow.feedback.estimate;

/**
 * What the mix of one field's values has to do with a change of quality. Immutable.
 *
 * @param field its name
 * @param explained how much of the change of the mean loss comes from this field's mix, the other fields' mixes held; those of all fields and what
 *     is unexplained add up to the change
 * @param standardError of {@code explained}
 * @param share {@code explained} over the change; NaN where the change is within twice its own error
 * @param alone how much this field's mix would explain if it were the only field looked at; more where fields move together
 */
public record FieldEffect(String field, double explained, double standardError, double share, double alone) {}
